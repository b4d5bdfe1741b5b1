"""Test material: takes nothing, returns briefings made of model objects, as long and as varied as real ones."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from data import model
from data.model import (
    Annotation,
    BarChart,
    Block,
    BlockQuote,
    Briefing,
    Caption,
    Cite,
    Column,
    DataFile,
    DotChart,
    Event,
    Exhibit,
    Figures,
    Group,
    Heading,
    KeyFigure,
    Line,
    LineChart,
    ListBlock,
    Mention,
    Number,
    Paragraph,
    PartialDate,
    Place,
    Placement,
    Point,
    Quantity,
    Quote,
    Row,
    Section,
    Source,
    Span,
    Style,
    Table,
    Text,
    Timeline,
)
from data.theme import Theme
from data.words import Words

NBSP = "\u00a0"
PLACE = Place("sections/00-sample.yaml", 12, 3)


def when(text: str) -> PartialDate:
    return PartialDate(*(int(part) for part in text.split("-")))


def quantity(
    id: str,
    low: int | None,
    high: int | None = None,
    *,
    bound: model.Bound = "exact",
    unit: str = "people",
    by: str = "Gaza Ministry of Health",
    as_of: str = "2026-08-22",
    since: str = "2023-10-07",
    source: str = "tfp",
    line: int = 2,
    status: model.Status = "reported",
) -> Quantity:
    return Quantity(
        id=id,
        place=Place("casualties.csv", line, "killed"),
        bound=bound,
        low=None if low is None else Decimal(low),
        high=Decimal(high) if high is not None else Decimal(low) if low is not None and bound == "exact" else None,
        unit=unit,
        decimals=0,
        by=by,
        as_of=when(as_of),
        since=when(since) if since else None,
        source=source,
        status=status,
    )


VALUES = {
    item.id: item
    for item in (
        quantity("gaza-killed", 73419, line=50),
        quantity("gaza-12-oct", 1200, as_of="2023-10-12", source="afp-2023", line=7, status="revised"),
        quantity("gaza-12-oct-late", 1417, as_of="2023-10-12", source="tass", line=8),
        quantity("west-bank", 941, as_of="2025-06-16", by="UN OCHA", line=60),
        quantity(
            "israel-7-oct", 1200, as_of="2023-11-10", by="Israeli Foreign Ministry", source="reuters-2023", line=71
        ),
        quantity(
            "israel-first",
            1400,
            as_of="2023-10-15",
            by="Israeli Foreign Ministry",
            source="reuters-2023",
            line=70,
            status="revised",
        ),
        quantity(
            "ceiling",
            None,
            100_000_000,
            bound="at_most",
            unit="USD/year",
            by="US State Department",
            as_of="2018-11",
            since="",
            source="crs",
            line=14,
        ),
        quantity(
            "range",
            70_000_000,
            100_000_000,
            bound="between",
            unit="USD/year",
            by="Unnamed Israeli officials",
            as_of="2018-01",
            since="",
            source="reuters-2018",
            line=15,
        ),
        quantity(
            "iran-low",
            1060,
            as_of="2025-07",
            by="Iranian Martyrs Foundation",
            source="irna",
            line=80,
            status="disputed",
        ),
        quantity(
            "iran-high",
            1190,
            as_of="2025-07",
            by="HRANA, a US-based rights group",
            source="hrana",
            line=81,
            status="disputed",
        ),
        quantity("distance", 1735, unit="kilometer", by="Calculated from coordinates", since="", source="geo", line=90),
    )
}
PRINTED = {
    "gaza-killed": "73,419",
    "gaza-12-oct": "about 1,200",
    "gaza-12-oct-late": "1,417",
    "west-bank": "941",
    "israel-7-oct": "about 1,200",
    "israel-first": "1,400",
    "ceiling": f"up to USD{NBSP}100{NBSP}million a year",
    "range": f"USD{NBSP}70{NBSP}million to USD{NBSP}100{NBSP}million a year",
    "iran-low": "1,060",
    "iran-high": "1,190",
    "distance": f"1,735{NBSP}km",
}


def number(id: str, part: str = "value") -> Number:
    item = VALUES[id]
    texts = {"value": PRINTED[id], "by": item.by, "as_of": str(item.as_of)}
    return Number(texts[part], item, part)


_MARKS = re.compile(
    r"\{(?P<value>[\w-]+)(?:\.(?P<part>\w+))?\}|\[@(?P<cite>[^\]]+)\]|@(?P<mention>[\w-]+)"
    r"|\*(?P<italic>[^*]+)\*|<(?P<link>https?[^>]+)>"
)
LABELS = {
    "gaza-deaths": "Figure 1",
    "funding": "Figure 2",
    "june": "Figure 3",
    "history": "Figure 4",
    "strip": "Figure 5",
    "estimates": "Table 1",
    "long": "Table 2",
}


def text(source: str) -> Text:
    """ "Words {value} [@source; @other] @exhibit *stress*" as runs."""
    runs: list[model.Run] = []
    at = 0
    for match in _MARKS.finditer(source):
        if match.start() > at:
            runs.append(Span(source[at : match.start()]))
        at = match.end()
        if match["value"]:
            runs.append(number(match["value"], match["part"] or "value"))
        elif match["cite"]:
            runs.append(Cite(tuple(part.strip(" @") for part in match["cite"].split(";"))))
        elif match["mention"]:
            runs.append(Mention(match["mention"], LABELS[match["mention"]].replace(" ", NBSP)))
        elif match["italic"]:
            runs.append(Span(match["italic"], Style(italic=True)))
        else:
            runs.append(Span(match["link"], Style(link=match["link"])))
    if at < len(source):
        runs.append(Span(source[at:]))
    return tuple(runs)


def blocks(source: str) -> tuple[Block, ...]:
    """Paragraphs between empty lines; "## " heads, "- " and "1. " list, "> " quotes, "@id" alone places an exhibit."""
    made: list[Block] = []
    for part in source.strip().split("\n\n"):
        lines = [line.strip() for line in part.strip().splitlines()]
        joined = " ".join(lines)
        if re.fullmatch(r"@[\w-]+", joined):
            made.append(Placement(joined[1:], PLACE))
        elif joined.startswith("#"):
            level = len(joined) - len(joined.lstrip("#"))
            made.append(Heading(level, text(joined.lstrip("# ")), PLACE))
        elif lines[0].startswith(("- ", "1. ")):
            items = tuple((Paragraph(text(line.split(" ", 1)[1]), PLACE),) for line in lines)
            made.append(ListBlock(lines[0].startswith("1."), items, PLACE))
        elif lines[0].startswith("> "):
            made.append(BlockQuote((Paragraph(text(joined.replace("> ", "")), PLACE),), PLACE))
        else:
            made.append(Paragraph(text(joined), PLACE))
    return tuple(made)


def caption(
    id: str,
    title: str,
    *,
    unit: str = "",
    note: str = "",
    credit: str = "",
    alt: str = "",
    sources: tuple[str, ...] = ("tfp",),
) -> Caption:
    return Caption(
        id,
        PLACE,
        LABELS.get(id, ""),
        text(title),
        text(unit),
        text("The count passed {gaza-killed}."),
        text(note),
        text(credit),
        text(alt or title),
        sources,
    )


_GAZA = """2023-10-07 232, 2023-10-12 1417, 2023-10-31 8525, 2023-12-31 21822, 2024-02-29 30035, 2024-04-30 34535,
2024-06-30 37877, 2024-08-31 40691, 2024-10-31 43204, 2024-12-30 45541, 2025-01-19 46913, 2025-03-17 48577,
2025-03-18 49013, 2025-05-31 54381, 2025-07-31 60249, 2025-10-10 67211, 2025-12-31 71269, 2026-03-31 72285,
2026-08-22 73419"""


def points() -> tuple[Point, ...]:
    made = []
    for line, pair in enumerate(_GAZA.replace("\n", " ").split(", "), 2):
        day, count = pair.split()
        item = quantity(f"casualties.csv:{line}", int(count), as_of=day, line=line)
        made.append(Point(when(day), Number(f"{int(count):,}", item)))
    return tuple(made)


def row(label: str, detail: str, id: str, colour: int = 0) -> Row:
    return Row(label, detail, number(id), colour)


LINE = LineChart(
    caption(
        "gaza-deaths",
        "People reported killed in the Gaza Strip, cumulative, 7 October 2023 to 22 August 2026",
        unit="Number of people",
        credit="Source: Gaza Ministry of Health, compiled by Tech For Palestine. As of "
        "22 August 2026, counted since 7 October 2023.",
        note="The ministry does not separate combatants from civilians. Steps in the line are not all single-day "
        "deaths: about 499 deaths were added on 11 January 2025 after review by a committee [@tfp].",
        alt="The reported number of people killed in Gaza rose from 232 on 7 October 2023 to 73,419 on 22 August 2026.",
    ),
    (Line("Gaza", 0, points()),),
    (
        Annotation(when("2025-01-19"), text("Ceasefire of January 2025")),
        Annotation(when("2025-10-10"), text("Ceasefire of October 2025")),
    ),
)
DOTS = DotChart(
    caption(
        "funding",
        "Published estimates of Iranian money for Palestinian groups, 2016 to 2024",
        unit="US dollars a year; an open end means no lower limit was stated",
        credit="Sources: Congressional Research Service; Reuters. As of dates between 2018 and 2024.",
        sources=("crs", "reuters-2018"),
    ),
    (
        Group(
            "Estimates, per year",
            (
                row("Palestinian groups, combined", "US State Department, 2018", "ceiling", 1),
                row("Hamas and Islamic Jihad", "Israeli officials, 2018", "range", 1),
            ),
        ),
    ),
)
BARS = BarChart(
    caption(
        "june",
        "People reported killed in Iran, 13 to 24 June 2025, by two authorities",
        unit="Number of people",
        credit="Sources: IRNA; HRANA. As of July 2025.",
        sources=("irna", "hrana"),
    ),
    (
        Group(
            "Iran",
            (
                row("Iranian foundation", "as of July 2025", "iran-low", 2),
                row("US-based rights group", "as of July 2025", "iran-high", 2),
            ),
        ),
    ),
)
HISTORY = Timeline(
    caption(
        "history",
        "Turning points between Iran, Israel and the Palestinians, 1950 to 2026",
        credit="Sources: US Library of Congress; Tehran Times; Reuters.",
        sources=("loc", "tehran-times"),
    ),
    tuple(
        Event(when(day), day, text(short), text(long), "Iran and Palestine", 0, "US Library of Congress", "loc", PLACE)
        for day, short, long in (
            ("1950-03-05", "De facto recognition", "Iran recognised Israel de facto."),
            ("1979-02-19", "PLO office opens", "Arafat opened an office of the PLO in Tehran."),
            ("1988-11-15", "State proclaimed", "The PLO proclaimed the State of Palestine."),
            ("2023-10-07", "Attack and war", "Hamas led an attack on southern Israel; the war in Gaza began."),
            ("2024-04-13", "First direct attack", "Iran attacked Israel directly for the first time."),
            ("2025-06-13", "Twelve days", "Israel began air strikes on sites across Iran."),
        )
    ),
)
STRIP = Figures(
    caption(
        "strip",
        "Four counts that are never added together",
        credit="Sources: as named under each number.",
        sources=("tfp", "reuters-2023"),
    ),
    tuple(
        KeyFigure(number(id), text(label), text(context))
        for id, label, context in (
            ("gaza-killed", "people reported killed in Gaza", "Gaza Ministry of Health, 22 August 2026"),
            ("west-bank", "Palestinians reported killed in the West Bank", "UN OCHA, 16 June 2025"),
            ("israel-7-oct", "people killed in Israel on 7 October 2023", "Israeli Foreign Ministry, 10 November 2023"),
            ("iran-high", "people reported killed in Iran", "HRANA, July 2025"),
        )
    ),
)


def estimates(rows: int, id: str = "estimates", stretch: int = 1) -> Table:
    who = (
        "US State Department",
        "Unnamed Israeli officials, quoted by Reuters",
        "Ismail Haniyeh, to Al Jazeera",
        "Documents the Israeli military says it found in Gaza",
        "Congressional Research Service",
    )
    return Table(
        caption(
            id,
            "What was said about the money, by whom and when",
            unit="US dollars a year unless stated",
            credit="Sources: Congressional Research Service; Reuters. As of dates between 2016 and 2024.",
            note="Pledges, requests and estimates are different things and are not added together.",
            sources=("crs", "reuters-2018", "al-jazeera"),
        ),
        (
            Column(text("Said by"), False, 3),
            Column(text("Year"), False, 1),
            Column(text("Recipient"), False, 3),
            Column(text("Amount"), True, 2.4),
            Column(text("Basis"), False, 1.6),
        ),
        tuple(
            (
                text(who[n % 5]),
                text(str(2016 + n % 9)),
                text("Hamas and Palestinian Islamic Jihad " * stretch),
                text("{ceiling}" if n % 2 else "{range}"),
                text("estimate [@crs]" if n % 3 else "pledge"),
            )
            for n in range(rows)
        ),
    )


QUOTE = Quote(
    caption(
        "abed", "", credit="Source: The Age, carrying Reuters interviews. As of 18 June 2025.", sources=("the-age",)
    ),
    text(
        "We are maybe happy to see Israel suffer from Iranian rockets, but at the end of the day, one more day in this "
        "war costs the lives of tens of innocent people."
    ),
    "Shaban Abed",
    "father of five, northern Gaza",
    PartialDate(2025, 6, 18),
    "18 June 2025",
    "Completed from a copy; original page not seen",
)

SOURCES = {
    id: Source(id, Place("sources.yaml", line, 1), title, publisher, when(day) if day else None, day, url, note)
    for line, (id, title, publisher, day, url, note) in enumerate(
        (
            (
                "tfp",
                "Daily Casualties - Gaza",
                "Tech For Palestine",
                "2026-08-22",
                "https://github.com/TechForPalestine/palestine-datasets",
                "Public domain; reports of the ministry.",
            ),
            (
                "afp-2023",
                "Death toll in Gaza hits 1,200 people: Palestinian health ministry",
                "The Report (AFP)",
                "2023-10-12",
                "https://thereport.live/international/death-toll-in-gaza-hits-1200-people",
                "",
            ),
            ("tass", "Dispatch of 12 October 2023", "TASS", "2023-10-12", "https://tass.com/world/1689459", ""),
            (
                "crs",
                "Iran-Supported Groups in the Middle East and U.S. Policy (IF12587)",
                "Congressional Research Service, via EveryCRSReport",
                "2024-09-26",
                "https://www.everycrsreport.com/reports/IF12587.html",
                "",
            ),
            (
                "reuters-2023",
                "Israel revises death toll from Oct 7 Hamas attack to 'around 1,200'",
                "The Straits Times (Reuters)",
                "2023-11-11",
                "https://www.straitstimes.com/world/middle-east/israel-revises-death-toll-from-oct-7-hamas-attack-to-around-1200",
                "",
            ),
            (
                "reuters-2018",
                "Top Israeli General: Iran Spending More On Foreign Wars",
                "The Forward (Reuters)",
                "2018-01-02",
                "https://forward.com/fast-forward/391247/top-israeli-general-iran-spending-more",
                "",
            ),
            ("irna", "Foundation gives the number of dead", "IRNA", "2025-07", "https://en.irna.ir/news/85870000", ""),
            (
                "hrana",
                "Twelve days under fire",
                "HRANA",
                "2025-07",
                "https://www.en-hrana.org/twelve-days-under-fire/",
                "",
            ),
            (
                "al-jazeera",
                "Iran Funded Hamas Missiles With $70 Million, Haniyeh Says",
                "Iran International",
                "2022-01-03",
                "https://www.iranintl.com/en/202201038619",
                "Interview given to Al Jazeera.",
            ),
            (
                "loc",
                "Israel: Iran",
                "US Library of Congress, country study",
                "1988-12",
                "http://reference.allrefer.com/country-guide-study/israel/israel130.html",
                "Copy of the country study.",
            ),
            (
                "tehran-times",
                "The day Arafat visited Iran",
                "Tehran Times",
                "2025-02-16",
                "https://tehrantimes.com/news/509856/The-day-Arafat-visited-Iran-and-opened-the-Palestinian-embassy",
                "",
            ),
            (
                "the-age",
                "As bombs rain down on Israel and Iran, Gaza's carnage continues",
                "The Age",
                "2025-06-19",
                "",
                "",
            ),
            ("geo", "Great-circle distance between city centres", "Calculated", "", "", "WGS 84 ellipsoid."),
        ),
        2,
    )
}


def section(number: int, title: str, headline: str, points: tuple[str, ...], body: str, *exhibits: Exhibit) -> Section:
    return Section(
        id=re.sub(r"\W+", "-", title.lower())[:40] + f"-{number}",
        number=number,
        title=title,
        headline=text(headline),
        points=tuple(text(point) for point in points),
        body=blocks(body),
        exhibits={exhibit.caption.id: exhibit for exhibit in exhibits},
        place=PLACE,
    )


_ROOTS = """
Until 1979 the government of Iran under the Shah kept discreet but close relations with Israel. It had approved
recognition in March 1950, generally described as *de facto*, and the two never exchanged ambassadors [@loc].
Historians differ on how warm those relations were; one holds that later writers have overstated them.

The revolution ended them. On 18 February 1979 Yasser Arafat, chairman of the PLO, became the first foreign leader
to visit the new authorities, and the next day his organisation opened an office in the building that the Israeli
mission had used until then [@tehran-times; @loc]. @history gives the dates that matter for what follows.

@history

## A cause of the state

Support for the Palestinians became part of the constitution's language and of the foreign ministry's practice.
What that support consisted of changed with the years: offices and recognition first, money and arms later, and
for some years after 2011 very little, because the two sides stood on opposite ends of the war in Syria.

> The Islamic Republic of Iran officially recognises Palestine as a state, in the words of a reference work that
> is quoted often and seldom dated [@loc].

Iran's proposal for a settlement, sent to the United Nations in November 2019, is a referendum among Muslims,
Christians and Jews descended from the inhabitants of about a century ago. It does not recognise Israel. Most
members of the United Nations recognise both.

- recognition of Israel, *de facto*, from March 1950;
- relations broken off after the revolution of February 1979;
- recognition of the State of Palestine after 15 November 1988 [@loc].
"""
_MONEY = """
The number that is quoted most is a ceiling. The US State Department put Iran's combined support for Palestinian
groups at {ceiling} [@crs], and the words before the amount are part of it. An Israeli chief of staff spoke of
{range} in January 2018 [@reuters-2018]; a leader of Hamas named a single sum for missiles, without saying over
how many years [@al-jazeera].

@funding

None of these is a payment that an outsider has documented. A pledge is a promise made in public; an estimate is
somebody's view of what was paid; a request is what the recipient asked for. @estimates lists them in the order of
the year that they speak of and does not add them together, because they overlap and because some of them
contradict each other [@crs; @reuters-2018].

### What the recipients say

Leaders of Hamas have called Iran the largest giver of money and arms [@al-jazeera]. The same leaders said in 2013
that most of that money had stopped, and in 2017 that it had come back. Statements of either kind were made to
particular audiences at particular times and are given here with their dates.

@estimates

The amounts are of different kinds and are not charted on one axis unless their basis is the same. Readers who
need one number should take none of them without the name of the person who said it, and should write the bound
words with it.
"""
_GAZA_BODY = """
The ministry's count stood at {gaza-12-oct} on the morning of 12 October 2023 [@afp-2023] and at
{gaza-12-oct-late} the same evening [@tass]. Both were right when they were printed. On {gaza-killed.as_of} it had
reached {gaza-killed} [@tfp], as @gaza-deaths shows; the ministry's daily count does not separate combatants from
civilians.

@gaza-deaths

In Israel the number of people killed in the attack of 7 October 2023 was first given as {israel-first} and
revised to {israel-7-oct} on 10 November 2023 [@reuters-2023]. The two counts of 1,200 belong to two populations
on two dates, and this briefing never adds, subtracts or compares them as if they were one.

@strip

In the West Bank, including East Jerusalem, the United Nations had recorded {west-bank} Palestinians killed by 16
June 2025 [@tfp]. That office's first reports are flash updates: they are published before verification is
complete, and corrected in later ones without a mark.

@abed

The interviews that news agencies carried in June 2025 are about the cost of each further day. They come from
people who did not choose to be asked, and they are quoted whole or with a mark that says what is missing.
"""
_JUNE = """
Israel began air strikes on sites across Iran on 13 June 2025; Iran answered with missiles and drones, and a
ceasefire took effect on 24 June. Two authorities have published counts of the people killed in Iran, and they
disagree: {iran-low} by an Iranian foundation [@irna] and {iran-high} by a rights group based in the United States
[@hrana].

@june

The straight line between Tehran and Jerusalem is {distance} long [@geo]. What that distance means depends on what
has to cross it: a message, a payment, a drone or a missile. More about the calculation stands at
<https://www.example.org/methods/great-circle-distance>.
"""
_PLAIN = """
The governments that spoke in these days did not speak with one voice. Some asked both sides for restraint on the
first day and named neither; some called what one side did a right and what the other did a breach; others changed
their words within the week, as the reports of deaths came in and as their own ministers were asked about them
[@crs].

This section has no exhibit, because no count was found that would carry one. Where a statement could not be
traced to a page that was read, it has been left out, and the last pages of this briefing say so. A gap is better
than a guess [@reuters-2023].
"""


_SUMMARY = """
This briefing follows the relations between Iran, Palestinian groups and Israel from 1950 to 2026. It prints no number
without its authority, its date and its source, and it shows two counts where two authorities disagree [@crs].

The first direct exchanges of fire between Iran and Israel fell in 2024; those of June 2025 lasted twelve days.
"""
_ABOUT = """
Every number in this briefing belongs to an authority and to a date. *Up to* and *at least* are part of the number: they
say that the authority gave a limit and not an amount.

A count that its own authority has since replaced is called revised. Where another authority's count of the same
population stands beside it, both are called disputed.

- Populations are never added together.
- Pledges, estimates and payments are never charted together.
"""


def briefing(page: str = "a4") -> Briefing:
    sections = (
        section(
            1,
            "Historical roots of the relationship",
            "Iran's break with Israel in 1979 has outlasted every change since",
            (
                "Relations with Israel ended with the revolution.",
                "Recognition of Palestine followed after 1988.",
                "The two sides drew apart for some years after 2011.",
            ),
            _ROOTS,
            HISTORY,
        ),
        section(
            2,
            "Financial and military support",
            "The most quoted sum, {ceiling}, is a ceiling and not a payment [@crs]",
            (
                "No outside party has documented the payments.",
                "Estimates run from {range} to several times that.",
                "Pledges, requests and payments are different things.",
            ),
            _MONEY,
            DOTS,
            estimates(14),
        ),
        section(
            3,
            "The Gaza conflict and the humanitarian crisis",
            "Gaza's reported dead passed {gaza-killed} by August 2026",
            (
                "The ministry's count has never fallen.",
                "It does not separate combatants from civilians.",
                "Two counts of 1,200 belong to two populations.",
            ),
            _GAZA_BODY,
            LINE,
            STRIP,
            QUOTE,
        ),
        section(
            4,
            "Israel's perspective",
            "For Israel's government the June strikes answered a threat that it had long named",
            (),
            _PLAIN,
        ),
        section(
            5,
            "Twelve days in June 2025 and what was counted in them",
            "Two authorities disagree about Iran's dead",
            ("Both counts are printed, with who says so.", "Neither has been withdrawn."),
            _JUNE,
            BARS,
        ),
        section(
            6,
            "Diplomacy of the United States, the United Kingdom and the European Union",
            "Ministers met in Geneva on 20 June 2025 without a breakthrough",
            (),
            _PLAIN,
        ),
    )
    return Briefing(
        title="Iran, the Palestinians and Israel",
        subtitle="What is known, who says so, and as of when",
        edition=date(2026, 11, 22),
        edition_text="22 November 2026",
        issuer="Diptych Research Desk",
        contact="desk@example.org",
        language="en-GB",
        page=page,
        summary=blocks(_SUMMARY),
        about=blocks(_ABOUT),
        highlights=(
            *STRIP.figures,
            KeyFigure(
                number("ceiling"),
                text("Iranian support for Palestinian groups, a ceiling"),
                text("US State Department, November 2018"),
            ),
            KeyFigure(number("distance"), text("between Tehran and Jerusalem"), text("great circle, WGS 84")),
        ),
        sections=sections,
        sources=SOURCES,
        values=VALUES,
        files=(DataFile("casualties.csv", "Dated counts of people killed", b"id,date,killed\nG01,2023-10-07,232\n"),),
        theme=Theme(),
        words=Words(),
    )


def sixty() -> Briefing:
    """Sixty sections, every tenth with a long title."""
    base = briefing()
    return replace(
        base,
        sections=tuple(
            replace(
                base.sections[3 if n % 2 else 5],
                id=f"s-{n}",
                number=n,
                title=f"Section about matter {n}" + " and everything that was said about it" * (n % 10 == 0) * 3,
            )
            for n in range(1, 61)
        ),
    )


def varied() -> Briefing:
    """Twenty-four sections in which headings, lists and tables of every length fall on every part of a page."""
    base = briefing()
    filler = _PLAIN.strip().split("\n\n")[0]
    made = []
    for n in range(1, 25):
        tables = [estimates(3 + (n * 7 + k * 11) % 38, f"table-{n}-{k}") for k in range(2)]
        body = []
        for k, table in enumerate(tables):
            body += [f"## Heading {n}.{k}", *[filler[: 120 + 90 * ((n + m) % 5)] + "." for m in range((n + k) % 4)]]
            body += [f"@{table.caption.id}"] if (n + k) % 2 else [f"### Lower heading {n}.{k}", filler]
            body += ["- one\n- two\n- three", filler] if (n + k) % 2 else [f"@{table.caption.id}", filler, filler]
        made.append(section(n, f"Section {n}", "What it finds", ("A point.",) * (n % 4), "\n\n".join(body), *tables))
    return replace(base, sections=tuple(made))


def one() -> Briefing:
    """One section without points, exhibits, summary or highlights."""
    base = briefing()
    return replace(base, sections=(replace(base.sections[3], number=1),), summary=(), about=(), highlights=(), files=())


def harsh() -> Briefing:
    """A table of 400 rows, words that no line can hold, titles of many lines, Arabic and Persian names in English."""
    base = briefing()
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    names = (
        "The leader of Hamas, إسماعيل هنية, met the president of Iran, ابراهیم رئیسی (in Persian), in Tehran; "
        f"the word {word} stands in this line, and [1] <b>no markup</b> & nothing else counts [@crs]."
    )
    long_table = section(
        1,
        f"A title that does not end soon because it names everything at once, {word} included " * 2,
        names,
        (names, word),
        f"{names}\n\n@long\n\nAfter the table.",
        estimates(400, "long", 3),
    )
    return replace(base, title=base.title + " " + word, sections=(long_table, replace(base.sections[4], number=2)))
