"""The deck's part of the ledger: every number says where it was written, also where two texts read alike."""

from dataclasses import replace
from pathlib import Path

import slides
from data.load import load
from tests import samples
from tests.slides.reading import blank, flat, read


def test_two_sources_of_one_title_are_told_apart(starter: Path) -> None:
    path = starter / "sources.yaml"
    text = path.read_text(encoding="utf-8")
    for title in ("Register of pumping stations", "Survey of pumps and pipes"):
        text = text.replace(title, "Report of 14 pumps")
    path.write_text(text, encoding="utf-8")
    briefing, _ = load(starter)
    assert briefing is not None
    deck = slides.build(briefing, blank, flat)
    listed = [(number, slide) for number, slide in enumerate(read(deck.pptx).slides, start=1)]
    sources = next(str(number) for number, slide in listed if slide.slide_layout.name == "Sources")
    rows = [one for one in deck.printed if one.mark.numeral == "14" and not one.mark.numbers]
    assert [one.source for one in rows if one.page == sources and one.where == "list"] == ["register", "survey"]
    assert {one.source for one in rows if one.where == "speaker notes"} == {"register", "survey"}
    assert all(one.place == briefing.sources[one.source].place for one in rows)


def test_two_exhibits_of_one_description_state_their_own_numbers() -> None:
    base = samples.briefing()
    numbers = [samples.number("iran-low"), samples.number("iran-high")]
    numbers[1] = replace(numbers[1], text=numbers[0].text)
    charts = [
        replace(samples.BARS, caption=replace(samples.BARS.caption, id=f"chart-{n}", alt=(*samples.text("All: "), one)))
        for n, one in enumerate(numbers)
    ]
    section = replace(base.sections[0], exhibits={one.caption.id: one for one in charts}, body=())
    deck = slides.build(replace(base, sections=(section,)), blank, flat)
    told = [number for one in deck.printed if one.where == "alt text" for number in one.mark.numbers]
    assert [number.quantity for number in told] == [number.quantity for number in numbers]
