"""Publishing: takes every output of a build as bytes, puts them all into the output folder, returns findings.

Everything is written beside the old outputs first and renamed into place last, so a build that fails while it
writes leaves the last good set as it was.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from data.findings import Finding, OutputBlocked
from data.model import Place


def publish(outputs: Mapping[str, bytes], folder: Path) -> list[Finding]:
    """Write `outputs` (relative name -> content) into `folder`, all or, as far as renaming can fail, none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".publish-", dir=folder))
    except OSError as error:
        return [OutputBlocked(Place(str(folder.absolute())), error.strerror or str(error))]
    name = ""
    try:
        for name, content in outputs.items():
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name in outputs:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).replace(folder / name)
    except OSError as error:
        return [OutputBlocked(Place(str((folder / name).absolute())), error.strerror or str(error))]
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return []
