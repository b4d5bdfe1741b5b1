"""Story stage of the report: keeps, in a process that builds again and again, the parts of the last story.

A part (a section, its table in the annex) that says the same, at the same place in the count of notes and numbers, is
not set again: its flowables come back with their lines broken, and know how they were painted (report/painted.py).
Whatever is kept, the file is the one that a first build would write.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.platypus.flowables import Flowable

from data.findings import Finding
from data.model import Place
from report.inline import Counted
from report.structure import Tag
from report.visitor import Visitor


@dataclass(frozen=True)
class _Account:
    """What a part has told the rest of the report."""

    section: int
    headings: int
    cited: list[str]
    counted: list[Counted]
    used: set[str]
    missing: dict[str, Place]
    shown: dict[str, list[Tag]]
    findings: list[Finding]


@dataclass(frozen=True)
class _Part:
    """`said`: what it was made from; `begun`: the count where it begins."""

    said: object
    begun: object
    tag: Tag
    flowables: list[Flowable]
    account: _Account


@dataclass
class Memory:
    """Of one report; what a build does not ask for is forgotten at the next. lasting: whether there is a next."""

    lasting: bool = True
    settings: object = None
    last: dict[object, _Part] = field(default_factory=dict)
    now: dict[object, _Part] = field(default_factory=dict)

    def begin(self, settings: object) -> None:
        """A build in `settings`, on which every part depends."""
        self.last = self.now if settings == self.settings else {}
        self.settings, self.now = settings, {}

    def part(
        self, key: object, said: object, visitor: Visitor, parent: Tag, make: Callable[[Tag], list[Flowable]]
    ) -> list[Flowable]:
        """What `make` makes under a Sect of `parent` for `said`, or made in the last build."""
        inline = visitor.inline
        begun = len(inline.counted), inline.notes.digest, visitor.headings
        part = self.last.get(key)
        if part and part.begun == begun and part.said == said:
            parent.adopt(part.tag)
            _add(part.account, visitor)
            for flowable in part.flowables:
                for name in ("_postponed", "waiting"):  # what became of it on a page of the last build
                    flowable.__dict__.pop(name, None)
        else:
            tag = parent.child("Sect")
            flowables, account = _accounted(visitor, lambda: make(tag))
            for flowable in flowables:
                flowable.lasting = self.lasting
            part = _Part(said, begun, tag, flowables, account)
        self.now[key] = part
        return part.flowables


LAST = Memory()
"""Of the last report that this process has set, where it will set another."""


def _accounted(visitor: Visitor, make: Callable[[], list[Flowable]]) -> tuple[list[Flowable], _Account]:
    inline, headings = visitor.inline, visitor.headings
    counted, cited = len(inline.counted), len(inline.notes.cited)
    before = inline.used, inline.missing, visitor.shown, visitor.findings
    inline.used, inline.missing, visitor.shown, visitor.findings = set(), {}, {}, []
    flowables = make()
    account = _Account(
        inline.section,
        visitor.headings - headings,
        inline.notes.cited[cited:],
        inline.counted[counted:],
        inline.used,
        inline.missing,
        visitor.shown,
        visitor.findings,
    )
    inline.used, inline.missing, visitor.shown, visitor.findings = before
    _merge(account, visitor)
    return flowables, account


def _add(account: _Account, visitor: Visitor) -> None:
    """Tell the rest of the report what the part told it in the last build."""
    inline = visitor.inline
    inline.section = account.section
    visitor.headings += account.headings
    inline.counted += account.counted
    for source in account.cited:
        inline.notes.mention(source)
    _merge(account, visitor)


def _merge(account: _Account, visitor: Visitor) -> None:
    visitor.inline.used |= account.used
    visitor.findings += account.findings
    for character, place in account.missing.items():
        visitor.inline.missing.setdefault(character, place)
    for name, tags in account.shown.items():
        visitor.shown.setdefault(name, []).extend(tags)
