"""Briefings that are unlike the shipped one, written as folders and built by the command: every one comes out whole."""

import re
from collections.abc import Callable
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation

import make_all

Write = Callable[[Path], None]

HEAD = "title: {title}\nedition: 2026-01-15\nissuer: Somebody\nlanguage: en\n"
SOURCES = "book:\n  title: A book\n  publisher: A house\n  date: 2025\n"
SERIES = """list.csv:
  title: A list
  measures:
    count: {unit: people}
  by: by
  as_of: date
  source: source
  population: place
"""
SECTION = """title: {title}
headline: {headline}
points:
  - First of two points
  - Second of two points
body: |
{body}
"""
PROSE = "  A sentence that says something of no weight and is followed by another one like it [@book].\n"
TABLE = """exhibits:
  all-rows:
    table: list.csv
    title: All rows
    columns:
      - {column: name, title: Name, width: 2}
      - {column: place, title: Place}
      - {column: count, title: Count}
      - {column: by, title: Who says so, width: 2}
"""
DOTS = """  all-dots:
    chart: dots
    title: All rows as dots
    data: list.csv
    value: count
    label: [name]
    group: place
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rows(names: list[str]) -> str:
    lines = [
        f'"{name}",Place {n % 3},{n * n},Somebody of {name},2025-{n % 12 + 1:02d}-01,book'
        for n, name in enumerate(names)
    ]
    return "name,place,count,by,date,source\n" + "\n".join(lines) + "\n"


def one_section(folder: Path) -> None:
    section = SECTION.format(title="Only", headline="There is one section", body=PROSE)
    write(folder, {"briefing.yaml": HEAD.format(title="One"), "sources.yaml": SOURCES, "sections/only.yaml": section})


def sixty_sections(folder: Path) -> None:
    files = {"briefing.yaml": HEAD.format(title="Sixty"), "sources.yaml": SOURCES}
    for n in range(60):
        body = PROSE * (1 + n % 40) + "\n  ## A heading\n\n" + PROSE * (n % 7) + "  Last words.\n"
        files[f"sections/{n:02d}-s{n}.yaml"] = SECTION.format(
            title=f"Section of nr {'abcdefghij'[n % 10]}", headline=f"Finding {'i' * (n + 1)}", body=body
        )
    write(folder, files)


def long_words(folder: Path) -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    section = SECTION.format(
        title=" ".join([word] * 3),
        headline=word * 4,
        body=f"  {word * 8}\n\n  - {word}\n\n  > {word * 3}\n\n  @all-rows\n\n  @all-dots\n",
    )
    write(
        folder,
        {
            "briefing.yaml": HEAD.format(title=word * 2) + f"subtitle: {word * 2}\n",
            "sources.yaml": SOURCES.replace("A house", word * 2),
            "series.yaml": SERIES,
            "list.csv": rows([word, word * 2, "x"]),
            "sections/only.yaml": section + TABLE + DOTS,
        },
    )


def four_hundred_rows(folder: Path) -> None:
    section = SECTION.format(
        title="Rows", headline="There are many rows", body=PROSE + "\n  @all-rows\n\n  @all-dots\n"
    )
    names = [f"Row {'of a certain length ' * (n % 4)}{n}" for n in range(400)]
    write(
        folder,
        {
            "briefing.yaml": HEAD.format(title="Many rows"),
            "sources.yaml": SOURCES,
            "series.yaml": SERIES,
            "list.csv": rows(names),
            "sections/only.yaml": section + TABLE + DOTS,
        },
    )


def other_scripts(folder: Path) -> None:
    names = ["محمد إسماعيل درويش", "خلیل الحیه", "ژاله قائم‌مقامی", "שלום עליכם", "Ömer Çelik", "Łódź", "Ελλάδα"]
    body = "".join(f"  The name {name} inside a sentence, (and {name}) again.\n" for name in names)
    section = SECTION.format(
        title=f"Names such as {names[0]}",
        headline=f"{names[1]} is a name",
        body=body + "\n  @all-rows\n\n  @all-dots\n",
    )
    write(
        folder,
        {
            "briefing.yaml": HEAD.format(title="Names"),
            "sources.yaml": SOURCES,
            "series.yaml": SERIES,
            "list.csv": rows(names),
            "sections/only.yaml": section + TABLE + DOTS,
        },
    )


KINDS: list[Write] = [one_section, sixty_sections, long_words, four_hundred_rows, other_scripts]


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.__name__)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param.__name__)
    request.param(folder / "in")
    assert make_all.main([str(folder / "in"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def test_the_report_conforms(built: Path) -> None:
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        result = page.validate_pdf(str(built / "briefing.pdf"), profile=profile)
        assert result.is_compliant, str(result)


def test_no_text_leaves_its_page(built: Path) -> None:
    for number, sheet in enumerate(pypdfium2.PdfDocument(built / "briefing.pdf"), start=1):
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert left >= 20 and bottom >= 15 and right <= width - 20 and top <= height - 15, (
                number,
                text.get_text_bounded(left, bottom, right, top)[:60],
            )


def test_every_font_is_embedded(built: Path) -> None:
    with pikepdf.open(built / "briefing.pdf") as pdf:
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_deck_is_sound(built: Path) -> None:
    result = OpenXmlValidator().validate(built / "briefing.pptx")
    assert result.is_valid, [str(error) for error in result.errors][:5]
    slides = list(Presentation(str(built / "briefing.pptx")).slides)
    titles = [re.sub(r"\s+", " ", slide.shapes.title.text_frame.text) for slide in slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert all(slide.has_notes_slide for slide in slides)


def test_a_date_stands_whole_behind_a_name_from_right_to_left(starter: Path, tmp_path: Path) -> None:
    series = starter / "supply.csv"
    text = series.read_text(encoding="utf-8").replace("Pumping stations", "هيئة محطات الضخ")
    series.write_text(text, encoding="utf-8")
    assert make_all.main([str(starter), "--out", str(tmp_path / "out")]) == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "briefing.pdf") as report:
        glance = report[1].get_textpage()
        words = glance.get_text_range()
        start = words.index("February", words.index("Key figures"))
        start = words.rindex("\n", 0, start) + 1
        line = words[start : words.index("\r", start)]
        at = [line.index(part) for part in ("الضخ", "28", "February", "2026")]
        edges = [glance.get_charbox(start + place)[0] for place in at]
        assert edges == sorted(edges) and edges[1] - edges[0] > 4, "the name, then its date, from left to right"


PARAGRAPH = "قالت إدارة المياه إن المضخات تعمل"
ITEM = "المضخات في الجنوب قديمة"
HEADING = "ما قالته الإدارة"
WORDS = "سنصلح كل المضخات"
PUBLISHER = "רשות המים של המחוז הצפוני ושל המחוז הדרומי"


def test_a_paragraph_from_right_to_left_stands_at_the_right_of_its_column(starter: Path, tmp_path: Path) -> None:
    section = starter / "sections" / "02-repairs.yaml"
    text = section.read_text(encoding="utf-8")
    quote = f"{{quote: {WORDS}, speaker: A director, date: 2026-02-20, source: survey, mark: complete}}"
    for old, new in (
        ("points:\n", f"points:\n  - {ITEM}\n"),
        (
            "  @latest\n",
            f"  ## {HEADING}\n\n  {PARAGRAPH} {{{{ pumps }}}}.\n\n  - {ITEM}\n\n"
            "  @words\n\n  Over. @latest\n\n  @latest\n",
        ),
        ("exhibits:\n", f"exhibits:\n  words: {quote}\n"),
    ):
        text = text.replace(old, new, 1)
    section.write_text(text, encoding="utf-8")
    sources = starter / "sources.yaml"
    named = sources.read_text(encoding="utf-8").replace("District Water Office", PUBLISHER)
    sources.write_text(named, encoding="utf-8")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out)]) == 0
    with pypdfium2.PdfDocument(out / "briefing.pdf") as report:
        page = next(page for page in report if "Over." in page.get_textpage().get_text_range())
        letters = page.get_textpage()
        words = letters.get_text_range()
        boxes = [(character, letters.get_charbox(at, loose=True)) for at, character in enumerate(words)]
        across = report[0].get_width()
        arabic = {}
        for character, (left, bottom, right, _) in boxes:
            if "\u0620" <= character <= "\u064a":
                low, high = arabic.get(round(bottom / 12), (across, 0.0))
                arabic[round(bottom / 12)] = (min(low, left), max(high, right))
        dashes = [left for character, (left, *_) in boxes if character == "–"]
        start = min(left for character, (left, *_) in boxes if character == "O")
    ends = [high for _, high in arabic.values()]
    assert len(arabic) >= 5 and start < min(low for low, _ in arabic.values())
    assert max(ends) - min(ends) < 16, "heading, paragraph, item, point and quotation end at the right of the column"
    assert sum(left > min(ends) for left in dashes) == 2, "the labels of point and item stand to their right"
    turned = [
        paragraph.text
        for slide in Presentation(str(out / "briefing.pptx")).slides
        for frame in [
            *(shape.text_frame for shape in slide.placeholders if shape.has_text_frame),
            slide.notes_slide.notes_text_frame,
        ]
        for paragraph in frame.paragraphs
        if paragraph._p.pPr is not None and paragraph._p.pPr.get("rtl") == "1"
    ]
    for said in (PARAGRAPH, ITEM, WORDS):
        assert any(said in text for text in turned), said
    assert not any("water office" in text for text in turned)
    assert not any("Source" in text for text in turned), "a line of ours that names somebody stays where it is"


def test_a_cell_from_right_to_left_stands_at_the_right_of_its_column(starter: Path, tmp_path: Path) -> None:
    """An English name in it stands where it is read, and so does a head that is repeated."""
    sentence = "قالت وكالة Reuters إن المضخات تعمل " + "في الجنوب والشمال " * 8
    rows = "".join(f"      - [Pump {letter * 3}, {sentence}, Works]\n" for letter in "abcdefghijklmnopqrst")
    section = starter / "sections" / "02-repairs.yaml"
    text = section.read_text(encoding="utf-8").replace("  @latest\n", "  @latest\n\n  @said\n", 1)
    table = f"  said:\n    title: What was said\n    table:\n      - [Pump, ما قالته الوكالة, State]\n{rows}"
    section.write_text(f"{text}{table}", encoding="utf-8")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out)]) == 0
    pages = 0
    with pypdfium2.PdfDocument(out / "briefing.pdf") as report:
        for page in report:
            letters = page.get_textpage()
            lines: dict[int, list[tuple[float, float, str]]] = {}
            for at, character in enumerate(letters.get_text_range()):
                left, bottom, right, _ = letters.get_charbox(at, loose=True)
                if "\u0620" <= character <= "\u064a" or character == "R":
                    lines.setdefault(round(bottom / 3), []).append((left, right, character))
            arabic = [sorted(line) for line in lines.values() if len(line) > 4]
            if not arabic:
                continue
            pages += 1
            ends = [line[-1][1] for line in arabic]
            assert max(ends) - min(ends) < 4, "head and lines end at the right of the column"
            for line in (line for line in arabic if any(character == "R" for *_, character in line)):
                name = next(left for left, _, character in line if character == "R")
                assert sum(left > name for left, *_ in line) == len("قالتوكالة"), "the name follows the second word"
    assert pages > 1, "the table goes on"
    tables = [
        shape.table
        for slide in Presentation(str(out / "briefing.pptx")).slides
        for shape in slide.shapes
        if shape.has_table and len(shape.table.columns) == 3 and shape.table.cell(0, 2).text == "State"
    ]
    for table in tables:
        for row in table.rows:
            pump, said, _ = (cell.text_frame.paragraphs[0]._p.pPr for cell in row.cells)
            assert (said.get("rtl"), said.get("algn")) == ("1", "r")
            assert pump is None or pump.get("rtl") in (None, "0")
    assert tables


LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def test_a_word_longer_than_its_line_is_broken_at_a_hyphen(starter: Path, tmp_path: Path) -> None:
    for file, title in (("briefing.yaml", "Water in the northern district"), ("sections/01-supply.yaml", "Supply")):
        text = (starter / file).read_text(encoding="utf-8")
        (starter / file).write_text(text.replace(f"title: {title}", f"title: {LONG}", 1), encoding="utf-8")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out), "--only", "report"]) == 0
    with pypdfium2.PdfDocument(out / "briefing.pdf") as report:
        texts = [page.get_textpage().get_text_range() for page in report]
    for text in (texts[0], texts[2]):
        broken = re.search(r"Rind[\w\ufffe\s]+?setz\b", text)
        assert broken, text[:300]
        assert re.sub(r"[\ufffe\s]", "", broken.group()) == LONG
        assert re.search(r"\w\ufffe\s*\w", broken.group()), "a line ends with a hyphen"
        assert not re.search(r"\w\s+\w", broken.group()), "and none without"


@pytest.mark.parametrize("native", ["false", "true"])
def test_each_part_of_a_chart_has_the_text_alternative_of_its_own_rows(
    starter: Path, tmp_path: Path, native: str
) -> None:
    with (starter / "supply.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"2026-01-31,Village {n},{1000 + n},,Pumping stations,register\n" for n in range(100, 180))
    bars = (
        "{chart: bars, title: Villages, data: supply.csv, value: litres, label: [district], "
        f"where: {{date: 2026-01-31}}, alt: They pump alike., native: {native}}}"
    )
    section = starter / "sections" / "02-repairs.yaml"
    text = section.read_text(encoding="utf-8").replace("exhibits:\n", f"exhibits:\n  villages: {bars}\n", 1)
    section.write_text(text.replace("  @latest\n", "  @villages\n\n  @latest\n", 1), encoding="utf-8")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out)]) == 0
    with pikepdf.open(out / "briefing.pdf") as report:
        figures = [one for one in report.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        on_paper = [str(figure.Alt) for figure in figures if "Villages" in str(figure.Alt)]
    deck = Presentation(str(out / "briefing.pptx"))
    told = [shape._element._nvXxPr.cNvPr.get("descr", "") for slide in deck.slides for shape in slide.shapes]
    for alternatives in (on_paper, [alt for alt in told if "Villages" in alt]):
        first = [re.findall(r"Village (\d+)", alt)[0] for alt in alternatives]
        assert len(alternatives) > 1 and first[0] == "100" and first == sorted(set(first)), first
        for alt in alternatives:
            assert alt.startswith("They pump alike. Bar chart: Villages."), "the author's sentence"
            assert all(f"1,{n}" in alt for n in re.findall(r"Village (\d+)", alt))


def test_long_addresses_stay_in_their_column_and_break_behind_their_punctuation(starter: Path, tmp_path: Path) -> None:
    address = "https://www.example.org/emergencies/surveillance/case-definition-2019?" + "region=east&" * 12 + "x" * 70
    cell = "https://www.example.org/emergencies/surveillance/case-definition-2019/" + "revision-b/" * 4 + "end"
    section = starter / "sections" / "02-repairs.yaml"
    text = section.read_text(encoding="utf-8")
    text = text.replace("  @latest\n", f"  See <{address}>.\n\n  - {address}\n\n  @latest\n\n  @links\n", 1)
    rows = "".join(f"      - [{', '.join(['Some words that wrap'] * 6)}, {cell}]\n" for _ in range(2))
    text += f"  links:\n    title: Links\n    table:\n      - [A, B, C, D, E, F, Address]\n{rows}"
    section.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out), "--only", "report"]) == 0
    whole = 0
    with pypdfium2.PdfDocument(out / "briefing.pdf") as report:
        for page in list(report)[1:]:
            letters = page.get_textpage()
            words = letters.get_text_range()
            rights = [letters.get_charbox(at, loose=True)[2] for at, character in enumerate(words) if character.strip()]
            assert max(rights) < page.get_width() - 50, "nothing stands in the margin"
            joined = re.sub(r"\s", "", words)
            whole += joined.count(address) + joined.count(cell)
            assert not re.search(r"(?:emerg|surv|defin|revis|-)\r\n", words)
    assert whole == 4


def test_the_annex_begins_below_its_heading(starter: Path, tmp_path: Path) -> None:
    """However much of the page the sources leave: a first table of a few tall rows, which does not break, went to the
    next page without it."""
    by = "Office for the Coordination of the Counting of Pumps and Wells in the Northern District and Beyond It " * 3
    values = "".join(
        f"v-{letter}: {{amount: {n}, unit: pumps, by: {by}, as_of: 2026-02-20, source: survey}}\n"
        for n, letter in enumerate("abc", start=21)
    )
    path, head = starter / "values.yaml", starter / "briefing.yaml"
    path.write_text(path.read_text(encoding="utf-8") + values, encoding="utf-8")
    names = [f"book-{n}" for n in range(15)]
    books = "".join(f"{name}:\n  title: A book of some length\n  publisher: A house\n  date: 2025\n" for name in names)
    path = starter / "sources.yaml"
    sources = path.read_text(encoding="utf-8") + books
    cited = "; ".join(f"@{name}" for name in names)
    said = f"Of {{{{ v-a }}}}, {{{{ v-b }}}} and {{{{ v-c }}}} pumps much was said [{cited}]."
    summary = head.read_text(encoding="utf-8")
    head.write_text(summary.replace("summary: |\n", f"summary: |\n  {said}\n"), encoding="utf-8")
    for words in (0, 32):
        path.write_text(f"{sources}  note: {'word ' * words}\n", encoding="utf-8")
        out = tmp_path / f"out-{words}"
        assert make_all.main([str(starter), "--out", str(out), "--only", "report"]) == 0
        with pypdfium2.PdfDocument(out / "briefing.pdf") as report:
            texts = [page.get_textpage().get_text_range() for page in report]
        begins = next(text for text in texts if "Data annex\r\n" in text and "Contents" not in text)
        assert "Number as printed" in begins


def test_a_number_of_the_annex_stands_clear_of_its_unit(starter: Path, tmp_path: Path) -> None:
    values = starter / "values.yaml"
    area = "area: {amount: 1234567.7, decimals: 1, unit: square-kilometer, by: Office, as_of: 2026, source: survey}\n"
    values.write_text(values.read_text(encoding="utf-8") + area, encoding="utf-8")
    head = starter / "briefing.yaml"
    text = head.read_text(encoding="utf-8").replace("summary: |\n", "summary: |\n  All of {{ area }}.\n")
    head.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out), "--only", "report"]) == 0
    with pypdfium2.PdfDocument(out / "briefing.pdf") as report:
        letters = next(
            letters for page in report if "Data annex\r\n" in (letters := page.get_textpage()).get_text_range()[-4000:]
        )
        words = letters.get_text_range()
        number, unit = words.rindex("1,234,567.7"), words.rindex("square-kilometer")
        end = letters.get_charbox(words.index("kilometres", number) + len("kilometres") - 1, loose=True)[2]
        assert letters.get_charbox(unit, loose=True)[0] - end > 5


def test_a_unit_of_two_words_stands_on_one_line_of_the_annex(starter: Path, tmp_path: Path) -> None:
    series = starter / "series.yaml"
    text = series.read_text(encoding="utf-8")
    assert "unit: litres" in text
    series.write_text(text.replace("unit: litres", "unit: million litres"), encoding="utf-8")
    out = tmp_path / "out"
    assert make_all.main([str(starter), "--out", str(out), "--only", "report"]) == 0
    with pypdfium2.PdfDocument(out / "briefing.pdf") as report:
        annex = "".join(page.get_textpage().get_text_range() for page in report).rpartition("Data annex\r\n")[2]
    assert annex.count("million litres") > 5 and "million\r\nlitres" not in annex
