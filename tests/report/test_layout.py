"""The report's pages as a reader finds them: parts and their order, what stands with what, heads, links."""

import re
from dataclasses import replace
from unittest.mock import Mock

import pikepdf
import pypdfium2 as pdfium
import pytest
from reportlab.lib.styles import ParagraphStyle

from data.model import Cite, Group, ListBlock, Number, Paragraph, Placement, Source, Span, plain
from report.annex import PageNumbers
from tests import samples
from tests.report.reading import Read, flat, sample, typeset
from tests.report.tagged import failures, read

SAMPLES = ("briefing", "one", "sixty", "harsh", "varied")
TOP, FOOT = 765, 72
HEAD = "Said by Year Recipient Amount Basis"
ROW = re.compile("pledge|estimate1")


@pytest.fixture(params=SAMPLES)
def report(request: pytest.FixtureRequest) -> Read:
    return sample(request.param)


# -- the file


@pytest.mark.parametrize(("name", "page"), [*((name, "a4") for name in SAMPLES[:4]), ("briefing", "letter")])
def test_conforms_to_pdf_ua_1_and_pdf_a_3a(name: str, page: str) -> None:
    assert failures(sample(name, page).report.pdf) == []


def test_the_same_briefing_gives_the_same_bytes() -> None:
    assert typeset(samples.briefing()).pdf == typeset(samples.briefing()).pdf


def test_all_fonts_are_embedded_subsets(report: Read) -> None:
    fonts = {str(font.BaseFont) for page in report.document.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+IBMPlex", font) for font in fonts)


def test_nothing_is_a_picture(report: Read) -> None:
    kinds = [item.get("/Subtype") for item in report.document.objects if isinstance(item, pikepdf.Stream)]
    assert pikepdf.Name.Image not in kinds


def test_carries_the_data_files() -> None:
    attached = sample("briefing").document.attachments
    assert attached["casualties.csv"].get_file().read_bytes() == samples.briefing().files[0].content


@pytest.mark.parametrize(("page", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_page_size(page: str, size: tuple[int, int]) -> None:
    for sheet in sample("briefing", page).document.pages:
        assert tuple(round(float(side)) for side in [*sheet.mediabox][2:]) == size


def test_lines_break_alike_on_a4_and_letter() -> None:
    """The columns are the same on both, so the first section's lines are, too."""
    a4, letter = (
        [line.text for line in sample("briefing", page).pages[3] if FOOT < line.base < 700] for page in ("a4", "letter")
    )
    assert len(set(a4) & set(letter)) > 0.8 * len(letter)


# -- parts


def test_parts_stand_in_their_order() -> None:
    words = samples.briefing().words
    titles = [title for level, title, *_ in sample("briefing").outline if level == 0]
    assert titles == [
        words.at_a_glance,
        words.contents,
        *(section.title for section in samples.briefing().sections),
        words.how_to_read,
        words.notes,
        words.sources,
        words.data_annex,
    ]


def test_parts_that_hold_nothing_are_left_out() -> None:
    words = samples.one().words
    report = sample("one")
    assert [title for _, title, *_ in report.outline][-2:] == [words.notes, words.sources]
    assert words.data_annex not in " ".join(report.texts)
    assert words.how_to_read not in " ".join(report.texts)


def test_cover_says_what_it_is() -> None:
    briefing = samples.briefing()
    for text in (briefing.issuer, briefing.title, briefing.subtitle, briefing.edition_text, briefing.contact):
        assert text in sample("briefing").texts[0]


def test_at_a_glance_gives_key_figures_and_findings() -> None:
    briefing = samples.briefing()
    glance = sample("briefing").texts[1]
    for figure in briefing.highlights:
        assert flat(figure.value.text) in glance
        assert plain(figure.label) in glance
        assert plain(figure.context) in glance
    for section in briefing.sections:
        assert flat(plain(section.headline)).replace(" .", ".") in glance
        assert any(page == 1 and target == f"#section-{section.id}" for page, target, _ in sample("briefing").links)


def test_contents_give_the_pages_that_the_outline_leads_to(report: Read) -> None:
    first = next(n for n, label in enumerate(report.labels) if label == "1")
    contents = "".join(report.texts[1:first]).replace(" ", "")
    for _, title, page, _ in (entry for entry in report.outline if entry[0] == 0 and entry[2] >= first):
        assert flat(title).replace(" ", "") + report.labels[page] in contents


def test_labels_count_cover_front_and_body(report: Read) -> None:
    assert report.labels[0] == "Cover"
    assert report.labels[1] == "i"
    body = report.labels[report.labels.index("1") :]
    assert body == [str(n) for n in range(1, len(body) + 1)]


def test_heads_and_feet(report: Read) -> None:
    briefing = samples.briefing()
    last = report.labels[-1]
    for label, text in zip(report.labels, report.texts, strict=True):
        if label.isdigit():
            assert f"Page {label} of {last}" in text
            assert f"{briefing.issuer} \u00b7 Edition of {briefing.edition_text}" in text


def test_a_long_name_of_the_issuer_leaves_the_edition_in_the_foot() -> None:
    issuer = "Bundesministerium der Finanzen, Referat für Haushaltsgrundsatzfragen und der Öffentlichen Schulden"
    report = Read(typeset(replace(samples.one(), issuer=issuer), lambda *_: ()))
    for label, text in zip(report.labels, report.texts, strict=True):
        if label.isdigit():
            assert re.search(rf"Bundesministerium der .*\u2026 \u00b7 Edition of 22 November 2026 Page {label}", text)


def test_the_running_head_names_the_section_that_the_page_begins_in() -> None:
    report = sample("sixty")
    starts = [(page, -top, title) for level, title, page, top in report.outline if level == 0]
    for n, lines in enumerate(report.pages):
        if report.labels[n].isdigit():
            begun = max(start for start in starts if start < (n, -(TOP - 40)))
            head = next(line.text for line in lines if line.base > TOP + 20 and line.left > 300)
            assert flat(begun[2]).startswith(head.rstrip("\u2026").strip())


def test_a_section_that_follows_a_full_page_has_its_own_running_head() -> None:
    base = samples.briefing()
    filler = Paragraph((Span("Filler."),), base.sections[0].place)
    begun = 0
    for count in range(20, 32):
        first, second = (
            replace(base.sections[n], title=title, body=(filler,) * lines, exhibits={})
            for n, (title, lines) in enumerate((("First", count), ("Second", 1)))
        )
        pdf = typeset(replace(base, sections=(first, second)), lambda *_: ()).pdf
        with pdfium.PdfDocument(pdf) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        heads = [page.splitlines()[-2] for page in pages if page.startswith("2 Second")]
        assert all(head.endswith("Second") for head in heads), (count, heads)
        begun += len(heads)
    assert begun > 3, "some of these pages begin with the second section"


# -- what stands with what


def test_no_page_begins_or_ends_with_one_item_of_a_list() -> None:
    base = samples.briefing()
    place = base.sections[0].place
    filler, *items = (Paragraph((Span(text),), place) for text in ("Filler.", "Item one", "Item two", "Item three"))
    parted = 0
    for count in range(14, 30):
        body = (*(filler,) * count, ListBlock(False, tuple((item,) for item in items), place))
        section = replace(base.sections[0], body=body, exhibits={})
        with pdfium.PdfDocument(typeset(replace(base, sections=(section,)), lambda *_: ()).pdf) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        shared = [text.count("– Item ") for text in texts if "– Item " in text]
        assert 1 not in shared or len(shared) == 1, (count, shared)
        parted += any(text.startswith("– Item ") for text in texts)
    assert parted, "some of these lists begin a page"


def test_no_heading_stands_alone_at_a_pages_foot(report: Read) -> None:
    """Below every heading stand two more lines of something."""
    for _, title, page, top in report.outline:
        height = len(title) / 20 * 27 if len(title) > 30 else 27
        below = {round(line.base) for line in report.pages[page] if FOOT < line.base < top - height}
        assert len(below) >= 2 or title == "Data annex", title


def test_an_exhibit_is_not_parted_from_its_title_and_credit() -> None:
    report, briefing = sample("briefing"), samples.briefing()
    for section in briefing.sections:
        for exhibit in section.exhibits.values():
            caption = exhibit.caption
            page = report.texts[report.destinations[f"exhibit-{caption.id}"][0]]
            assert flat(plain(caption.title)) in page
            assert flat(plain(caption.credit)) in page


def test_text_fills_the_page_before_an_exhibit_that_does_not_fit() -> None:
    """While a section goes on, its pages are filled, but for a few after which exhibits alone are left to come."""
    report = sample("varied")
    starts = [page for level, _, page, _ in report.outline if level == 0]
    inner = [n for n in range(report.labels.index("1"), starts[-4]) if n + 1 not in starts]
    loose = [n for n in inner if min(line.base for line in report.pages[n] if line.base > FOOT) > FOOT + 80]
    assert len(inner) > 50
    assert len(loose) <= 4


def test_a_long_table_repeats_its_head_and_says_that_it_goes_on() -> None:
    report = sample("harsh")
    pages = [n for n, text in enumerate(report.texts) if HEAD in text]
    assert pages == list(range(pages[0], pages[-1] + 1))
    assert len(pages) > 20
    for n in pages[1:]:
        assert "Table 2 (continued)" in report.texts[n]
    assert sum(len(ROW.findall(report.texts[n])) for n in pages) == 400
    document = read(report.report.pdf)
    table = next(node for node in document.find("Table") if len(node.find("TR")) > 100)
    assert len(table.find("TR")) == 401


def test_a_table_leaves_three_rows_at_least_on_every_page() -> None:
    report = sample("varied")
    broken = 0
    for text in report.texts:
        for part in text.split(HEAD)[1:]:
            assert len(ROW.findall(part)) >= 3
        broken += "(continued)" in text
    assert broken > 5


def test_nothing_leaves_the_measure(report: Read) -> None:
    for lines in report.pages[1:]:
        for line in lines:
            assert 55 < line.left < 540


@pytest.mark.parametrize("notes", [9, 11, 13])
def test_a_paragraph_goes_on_behind_an_exhibit_that_leaves_no_line_for_it_on_its_page(notes: int) -> None:
    """The paragraph went ahead of the exhibit, which waited for the next page and fills it."""
    rows = tuple(samples.row(f"District {n}", "as reported", "iran-low") for n in range(22))
    note = (Span("The ministry does not separate combatants from civilians. " * notes),)
    chart = replace(samples.DOTS, caption=replace(samples.DOTS.caption, note=note), groups=(Group("", rows),))
    before, after = (Paragraph((Span("Water reached most districts. " * n),), samples.PLACE) for n in (48, 120))
    body = (before, Placement(chart.caption.id, samples.PLACE), after)
    section = replace(samples.section(1, "Supply", "Supply", (), "Supply.", chart), body=body)
    report = Read(typeset(replace(samples.one(), sections=(section,))))
    said = [text.count("Water reached") for text in report.texts]
    shown = next(n for n, text in enumerate(report.texts) if "District 21" in text)
    assert sum(said) == 168
    assert said[shown - 1] > 0 == said[shown] and said[shown + 1] > 0


# -- notes, links, numbers


def test_notes_are_numbered_by_first_mention_and_linked_both_ways() -> None:
    report, briefing = sample("briefing"), samples.briefing()
    mentions = [target for _, target, _ in report.links if re.fullmatch(r"#note-\d+", target)]
    first = list(dict.fromkeys(mentions))
    assert first == [f"#note-{n}" for n in range(1, len(first) + 1)]
    backs = [target for _, target, _ in report.links if target.startswith("#mention-")]
    assert len(backs) == len(mentions) == len(set(backs))
    notes = report.destinations["notes"][0]
    for n, source in enumerate(("crs", "loc", "tehran-times"), 1):
        assert report.destinations[f"note-{n}"][0] == notes
        assert f"{n} {briefing.sources[source].publisher}" in report.texts[notes]


def test_every_link_inside_leads_somewhere(report: Read) -> None:
    inside = [target for _, target, _ in report.links if target.startswith("#")]
    assert inside
    assert {target[1:] for target in inside} <= report.destinations.keys()


def test_a_mention_of_an_exhibit_leads_to_it() -> None:
    report = sample("briefing")
    assert {"#exhibit-history", "#exhibit-estimates", "#exhibit-gaza-deaths"} <= {
        target for _, target, _ in report.links
    }
    page, top = report.destinations["exhibit-gaza-deaths"]
    assert any(line.text == "Figure 1" and abs(line.base - top) < 20 for line in report.pages[page])


def test_sources_list_what_text_and_exhibits_rest_on_by_publisher() -> None:
    report, briefing = sample("briefing"), samples.briefing()
    behind = " ".join(report.texts[report.destinations["sources"][0] : report.destinations["data-annex"][0]])
    behind = behind[behind.index("Sources ") :]
    listed = sorted(briefing.sources.values(), key=lambda source: source.publisher.casefold())
    places = [behind.index(f"{source.publisher}. {source.title}") for source in listed]
    assert places == sorted(places)
    addresses = {target for _, target, _ in report.links if target.startswith("http")}
    assert addresses >= {source.url for source in listed if source.url}


def test_every_number_stands_on_the_page_that_the_report_names(report: Read) -> None:
    for printed in report.report.printed:
        if printed.where not in ("chart", "alt text"):
            pages = [text for text, own in zip(report.texts, report.labels, strict=True) if own == printed.page]
            assert any(flat(printed.mark.numeral) in text for text in pages), (printed.mark, printed.page)


def test_the_annex_gives_every_number_its_authority_date_and_place() -> None:
    report = sample("briefing")
    annex = " ".join(report.texts[report.destinations["data-annex"][0] :])
    numbers: list[Number] = [number for printed in report.report.printed for number in printed.mark.numbers]
    assert numbers
    for number in numbers:
        for text in (flat(number.text), number.quantity.by, str(number.quantity.as_of), str(number.quantity.place)):
            assert text in annex
        if number.quantity.status == "disputed":
            assert f"{number.quantity.by}, disputed" in annex


def test_the_annex_breaks_no_unit_and_no_place_and_its_pages_are_links() -> None:
    report = sample("briefing")
    first = report.destinations["data-annex"][0]
    lines = {line.text for lines in report.pages[first:] for line in lines}
    quantities = [number.quantity for printed in report.report.printed for number in printed.mark.numbers]
    assert {quantity.unit for quantity in quantities} <= lines
    assert {str(quantity.place) for quantity in quantities} <= lines
    linked = {target[1:] for page, target, _ in report.links if page >= first and target.startswith("#number-")}
    assert len(linked) >= 20
    for target in linked:
        assert report.labels[report.destinations[target][0]] in lines


def test_a_page_of_the_annex_that_begins_within_a_section_says_which() -> None:
    report, briefing = sample("briefing"), samples.briefing()
    titles = [flat(section.title) for section in briefing.sections]
    opened = report.texts[report.destinations["data-annex"][0] + 1 :]
    head = briefing.words.annex_number
    assert any(text.startswith(f"{title} (continued) {head}") for text in opened for title in titles)
    for text in opened:
        assert any(re.match(rf"(?:\d+ )?{re.escape(title)}", text) for title in titles)


def test_the_annex_follows_the_sources_on_their_page_if_enough_is_left() -> None:
    report = sample("sixty")
    assert report.destinations["data-annex"][0] == report.destinations["sources"][0]


def test_the_pages_of_the_annex_stand_on_the_first_line_of_their_rows() -> None:
    report = sample("briefing")
    for lines in report.pages[report.destinations["data-annex"][0] :]:
        rows = [line for line in lines if FOOT < line.base < TOP]
        left, right = min(line.left for line in rows), max(line.right for line in rows)
        numbers = [line.base for line in rows if line.left < left + 2]
        pages = [line.base for line in rows if line.right > right - 2]
        assert pages
        assert max(min(abs(page - number) for number in numbers) for page in pages) < 2, "a comma reaches lower"


def test_a_key_figure_whose_unit_stands_below_reads_as_words() -> None:
    document = read(sample("briefing").report.pdf)
    texts = [flat(node.text) for node in document.find("P")]
    figures = [flat(figure.value.text) for figure in samples.briefing().highlights]
    assert any(figure.endswith("million a year") for figure in figures)
    assert [figure for figure in figures if figure not in texts] == []


def test_notes_and_sources_end_in_columns_of_about_one_length() -> None:
    report = sample("briefing")
    for key, end in (("notes", "sources"), ("sources", "data-annex")):
        start, top = report.destinations[key]
        page, below = report.destinations[end]
        page, below = (page, below) if page == start else (page - 1, FOOT)
        lines = [line for line in report.pages[page] if below < line.base < (top - 27 if page == start else TOP)]
        feet = [min(line.base for line in lines if (line.left < 300) is left) for left in (True, False)]
        assert abs(feet[0] - feet[1]) < 60


def test_every_placement_is_printed_once() -> None:
    report, briefing = sample("briefing"), samples.briefing()
    placed = [block.exhibit for section in briefing.sections for block in section.body if isinstance(block, Placement)]
    labels = {id: report.labels[report.destinations[f"exhibit-{id}"][0]] for id in placed}
    assert report.report.pages == labels
    document = read(report.report.pdf)
    figures = document.find("Figure")
    assert len(figures) == 4
    assert all(str(figure.element.Alt) for figure in figures)


# -- texts of every kind


def test_markup_in_a_text_is_text() -> None:
    assert any("<b>no markup</b> & nothing else counts" in text for text in sample("harsh").texts)


def test_names_in_arabic_script_read_in_order() -> None:
    document = read(sample("harsh").report.pdf)
    read_back = " ".join(node.text for node in document.find("P"))
    assert "إسماعيل هنية" in read_back
    assert "ابراهیم رئیسی" in read_back


# -- notes and sources


def code(n: int) -> str:
    """A number in letters, lest it be taken for a number."""
    return "Q" + "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{n:03d}")


def sourced(entries: int, long: int = 0) -> Read:
    """A report that cites `entries` sources; the note on each tenth is `long` words longer."""
    base = samples.one()
    place = samples.PLACE
    sources = {
        f"s{n}": Source(
            f"s{n}",
            place,
            "On one matter and on another " * (1 + n % 3),
            f"House {code(n)}",
            None,
            "",
            f"https://example.org/{'and-so-on/' * (n % 9)}{code(n)}",
            "word " * long * (n % 10 == 7),
        )
        for n in range(entries)
    }
    body = (Paragraph(tuple(run for id in sources for run in (Span("said "), Cite((id,)))), place),)
    section = replace(base.sections[0], headline=(Span("So many"),), body=body, exhibits={})
    return Read(typeset(replace(base, sections=(section,), sources=sources), lambda *_: ()))


@pytest.fixture(scope="module")
def many() -> Read:
    return sourced(150)


def test_the_last_page_of_notes_and_of_sources_names_them_in_its_running_head(many: Read) -> None:
    words = samples.one().words
    start = many.destinations["notes"][0]
    heads = [[line.text for line in lines if line.base > TOP + 20][-1] for lines in many.pages[start:]]
    assert set(heads) <= {words.notes, words.sources}
    assert heads.count(words.notes) > 1 and heads[-2:] == [words.sources] * 2


def test_an_entry_stands_whole_in_its_column(many: Read) -> None:
    starts, ends = (
        {
            found[1]: (n, line.left > 300)
            for n, lines in enumerate(many.pages[many.destinations["sources"][0] :])
            for line in lines
            if (found := re.search(pattern, line.text))
        }
        for pattern in (r"House (Q[A-J]{3})\.", r"(?:/|^)(Q[A-J]{3})$")
    )
    assert starts == ends
    assert len(starts) == 150 and len(set(starts.values())) > 6


def test_both_columns_begin_on_one_line(many: Read) -> None:
    """Even where an entry that no column holds, and so its address, goes on in the next."""
    for report in (many, sourced(54, long=330)):
        pages = 0
        for lines in report.pages[report.destinations["sources"][0] + 1 :]:
            rows = [line for line in lines if FOOT < line.base < TOP]
            tops = [[line.base for line in rows if (line.left > 300) == right] for right in (False, True)]
            if all(tops):
                pages += 1
                assert abs(max(tops[0]) - max(tops[1])) < 3
        assert pages > 1


def test_the_pages_of_a_number_stand_in_their_order() -> None:
    """A chart that waits for room prints its numbers behind the text that follows it."""
    pages, drawn = {"chart": 12, "text": 11, "more": 11, "summary": 3}, Mock(current_tag=None)
    drawn.page_of, drawn.label_at = pages.get, lambda key: {3: "i", 11: "8", 12: "9"}[pages[key]]
    for keys, told in ((("chart", "text", "more"), "8, 9"), (("chart", "text", "summary"), "i, 8, …")):
        cell = PageNumbers(keys, ParagraphStyle("cell"), "to it")
        cell.canv = drawn
        drawn.drawString.reset_mock()
        cell.wrap(40, 10)
        cell.draw()
        assert "".join(call.args[2] for call in drawn.drawString.call_args_list) == told
