"""What every test may ask for."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A copy of the starter briefing, free to be spoilt."""
    return Path(shutil.copytree(ROOT / "data" / "starter", tmp_path / "starter"))
