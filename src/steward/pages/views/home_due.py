"""What is due, what is watched and what is decided, as homes print it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from steward.interface import words
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries.home import DecidedCounts, WatchedRow
from steward.pages.queries.rows import ProposalsShown
from steward.pages.views.school_table import inspection_cell, proposal_cell, school_cell
from steward.reminders.queries.lines import Line, line
from steward.vocabulary.due import DueItem, DueKind, Waiting

_MOST = 5
_NEXT = {
    DueKind.DECISION: "Take {count} of decisions",
    DueKind.CATEGORY_REVIEW: "Review {count}",
    DueKind.DISCUSSION: "Put {count} on the agenda of the next concern meeting",
    DueKind.SECOND_READING: "Give {count}",
    DueKind.ASSESSMENT_REVIEW: "Review {count}",
}
_COUNTED = {
    DueKind.DECISION: ("next step", "next steps"),
    DueKind.CATEGORY_REVIEW: ("support category", "support categories"),
    DueKind.DISCUSSION: ("school", "schools"),
    DueKind.SECOND_READING: ("second reading", "second readings"),
    DueKind.ASSESSMENT_REVIEW: ("assessment of equality", "assessments of equality"),
}


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Things that wait on the same side: the first of them, and how many there are."""

    title: str
    id: str
    lines: tuple[Line, ...]
    total: int
    more: str
    """Address of all of them; empty where all are shown."""
    none: str


@dataclass(frozen=True, slots=True)
class Today:
    """What is due, in one sentence and by on whom it waits."""

    sentence: str
    groups: tuple[DueGroup, ...]
    total: int


_NONE = {
    Waiting.YOU: "Nothing waits for you.",
    Waiting.OTHERS: "You await no answer.",
    Waiting.CLOCK: "No clock ends soon.",
}


def today(items: Sequence[DueItem], *, on: date) -> Today:
    """Return what is due on a day; sides on which nothing waits say so."""
    late = sum(item.is_overdue(on) for item in items)
    soon = sum(item.due == on for item in items)
    parts = [
        f"{words.number(late)} overdue" if late else "",
        f"{words.number(soon)} due today" if soon else "",
    ]
    said = " and ".join(part for part in parts if part)
    things = words.counted(len(items), one="thing")
    sentence = f"{things} on your list{f': {said}' if said else ', none of them overdue'}." if items else ""
    return Today(sentence, tuple(_group(side, items=items, on=on) for side in Waiting), len(items))


def next_steps(items: Iterable[DueItem]) -> Mapping[int, DueItem]:
    """Return the first thing that is due about each school."""
    found: dict[int, DueItem] = {}
    for item in items:
        if item.urn is not None:
            found.setdefault(item.urn, item)
    return found


def step_cell(item: DueItem | None, *, on: date) -> Cell:
    """Return the next step at a school, or that nothing is due."""
    if item is None:
        return Cell("Nothing is due")
    note = item.urgency(on) if item.due else ""
    return Cell(item.what, reverse(item.href_name, args=item.href_args), note)


def watch_list(
    found: Sequence[WatchedRow], *, shown: ProposalsShown | None, due: Iterable[DueItem], on: date
) -> Table | None:
    """Return the watch list with the reason first, None where nothing is watched."""
    if not found:
        return None
    steps = next_steps(due)
    proposal = [Column("Proposal")] if shown else []
    columns = (
        Column("School"),
        Column("Why I watch it"),
        *proposal,
        Column("Latest inspection"),
        Column("Next step"),
    )
    rows = tuple(_watched(each, shown=shown, step=steps.get(each.watched.urn), on=on) for each in found)
    return Table("My watch list", columns, rows, hide_caption=True)


def decided(found: DecidedCounts | None) -> Table | None:
    """Return support categories by decision and phase with the end of last term beside them."""
    if found is None or not found.now:
        return None
    columns = (
        Column("Support category (council)"),
        *(Column(phase.label, numeric=True) for phase in found.phases),
        Column("All", numeric=True),
        Column("End of last term", numeric=True),
        Column("Change", numeric=True),
    )
    rows = tuple(
        (
            each.label,
            *(words.number(each.by_phase.get(phase, 0)) for phase in found.phases),
            words.number(each.total),
            words.number(found.before.get(each.label, 0)),
            words.signed(each.total - found.before.get(each.label, 0)),
        )
        for each in found.now
    )
    return Table("Support categories by decision and phase", columns, rows, hide_caption=True)


def under_way(found: DecidedCounts | None) -> str:
    """Return how many decisions are under way by phase, in words; empty where none is."""
    if found is None or not found.under_way:
        return ""
    parts = [f"{words.number(count)} {phase.label.lower()}" for phase, count in found.under_way.items()]
    total = sum(found.under_way.values())
    are = "is" if total == 1 else "are"
    return f"{words.counted(total, one='decision')} {are} under way: {', '.join(parts)}."


def days_in_words(found: DecidedCounts | None) -> str:
    """Return the officer days final decisions promise against those there are; empty where none is final."""
    if found is None or not found.days.schools:
        return ""
    days = found.days
    start = (
        f"Final decisions promise {words.counted(days.schools, one='maintained school')} "
        f"{days.promised:g} officer days a year"
    )
    left = f"; for {days.without} of them the policy names no number" if days.without else ""
    if days.available is None:
        return f"{start}{left}. The days there are in {days.year} are not entered yet."
    return f"{start}, of {days.available:g} there are in {days.year}{left}."


def what_next(items: Sequence[DueItem]) -> list[Cell]:
    """Return what to do next, in sentences, most things first; each leads to the list of them."""
    counted = Counter(item.kind for item in items if item.kind in _NEXT)
    listed = reverse("reminders:reminders")
    return [
        Cell(
            _NEXT[kind].format(count=f"{count} {_COUNTED[kind][count > 1]}"),
            f"{listed}?{urlencode({'kind': kind.value})}",
        )
        for kind, count in counted.most_common()
    ]


def _watched(
    each: WatchedRow, *, shown: ProposalsShown | None, step: DueItem | None, on: date
) -> tuple[object, ...]:
    why = Cell(each.watched.reason, reverse("reminders:watch", args=[each.watched.urn]))
    if each.row is None:
        name = Cell(each.watched.name, reverse("pages:school", args=[each.watched.urn]))
        return (name, why, *(["Of another authority"] if shown else []), "Not shown", step_cell(step, on=on))
    proposal = [proposal_cell(each.row, shown=shown)] if shown else []
    return (school_cell(each.row), why, *proposal, inspection_cell(each.row), step_cell(step, on=on))


def _group(side: Waiting, *, items: Sequence[DueItem], on: date) -> DueGroup:
    found = [item for item in items if item.kind.waiting is side]
    name = side.name.lower()
    more = f"{reverse('reminders:reminders')}?{urlencode({'waiting': name})}" if len(found) > _MOST else ""
    return DueGroup(
        side.value, name, tuple(line(item, on=on) for item in found[:_MOST]), len(found), more, _NONE[side]
    )
