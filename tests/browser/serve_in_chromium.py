"""The page of `--serve` in a real browser. Needs a Chromium, so that it is named where it is wanted:

python -m pytest tests/browser/serve_in_chromium.py
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Page, chromium

ROOT = Path(__file__).resolve().parent.parent.parent
LOADED = "[...document.images].filter(image => image.complete && image.naturalWidth).length"
PLACES = "['report', 'slides'].map(name => document.getElementById(name).scrollTop)"


@pytest.fixture
def address(starter: Path, tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, "-u", str(ROOT / "make_all.py"), str(starter), "--out", str(tmp_path / "out")]
    process = subprocess.Popen([*command, "--serve", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    patience = threading.Timer(120, process.kill)
    patience.start()
    address = process.stdout.readline().split()[0]
    for line in process.stdout:
        if "Watching" in line:
            break
    yield address
    patience.cancel()
    process.kill()
    process.communicate()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with chromium() as page:
        page.visit(address)
        page.until("document.documentElement?.dataset.number === '1'")
        yield page


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_both_documents_are_shown_and_follow_an_edit(page: Page, starter: Path) -> None:
    page.until(f"{LOADED} >= 3")
    pages, slides = page.run("['report', 'slides'].map(name => document.getElementById(name).children.length)")
    assert pages >= 5 and slides >= 8

    page.run("document.getElementById('report').scrollTop = 1000")
    page.until("document.querySelectorAll('#report img')[1].naturalWidth")
    edit(starter / "sections" / "01-supply.yaml", "title: Supply", "title: Water")
    page.until("document.documentElement.dataset.number === '2'")
    page.until("document.querySelectorAll('#report mark').length && document.querySelectorAll('#slides mark').length")
    assert page.run("document.getElementById('report').scrollTop") == 1000, "the reader's place"
    assert page.run("document.getElementById('findings').children.length") == 0


def test_findings_are_shown_beside_the_last_good_pages(page: Page, starter: Path) -> None:
    before = page.run("[...document.images].map(image => image.src)")
    edit(starter / "sections" / "01-supply.yaml", "title: Supply", "title: '<img src=x onerror=alert(1)>'\nkey: 1")
    page.until("document.documentElement.dataset.number === '2'")
    found = page.run("[...document.getElementById('findings').children].map(item => item.textContent)")
    assert any("01-supply.yaml:" in line and ": error [unknown-key]" in line for line in found)
    assert page.run("document.querySelector('#findings .error') !== null")
    assert page.run("[...document.images].map(image => image.src)") == before


def test_the_place_survives_a_reload(page: Page) -> None:
    page.run("document.getElementById('report').scrollTop = 900; document.getElementById('slides').scrollTop = 700")
    page.until(f"{PLACES}.join() === '900,700'")
    page.until("sessionStorage.getItem('slides') === '700'")
    page.run("document.documentElement.dataset.old = 1; location.reload()")
    page.until("!document.documentElement?.dataset.old && document.documentElement?.dataset.number === '1'")
    page.until(f"{PLACES}.join() === '900,700'")
