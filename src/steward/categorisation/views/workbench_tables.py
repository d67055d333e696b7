"""The tables of the workbench."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from steward.analysis.rules.changes import Change
from steward.categorisation.workbench import foresight
from steward.categorisation.workbench.foresight import Record
from steward.categorisation.workbench.moving import Count, Look, Mover, Towards, counts
from steward.categorisation.workbench.workload import PhaseLoad, Workload
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.vocabulary.phases import Phase

CSV_HEADER = (
    "URN",
    "School",
    "Phase",
    "Now",
    "Under the draft",
    "Towards",
    "Why now",
    "Why under the draft",
)
_TOWARDS = {Towards.MORE: Concern.HIGH, Towards.LESS: Concern.NONE, Towards.OTHER: Concern.UNSETTLED}
_NOTHING = "\N{EN DASH}"


def counts_table(found: Look) -> Table:
    """Return how many schools each policy proposes for each support category, in all and by phase."""
    told = counts(found)
    phases = [phase for phase in Phase if any(phase in each.by_phase for each in told)]
    columns = (
        Column("Support category (council)"),
        Column("Now", numeric=True),
        Column("Draft", numeric=True),
        Column("Change", numeric=True),
        *(Column(f"{phase.label}, now and draft", numeric=True, minor=True) for phase in phases),
    )
    rows = tuple(
        (
            each.label,
            _whole(each.before),
            _whole(each.after),
            _change(each),
            *(_pair(each, phase=phase) for phase in phases),
        )
        for each in told
    )
    return Table("Schools in each support category", columns, rows)


def movers_table(movers: Iterable[Mover], *, sorted_by: str = "") -> Table:
    """Return schools that move, with the reason under each policy."""
    columns = (
        Column("School", sort="name" if sorted_by else ""),
        Column("Now"),
        Column("Under the draft"),
        Column("Towards", sort="towards" if sorted_by else ""),
        Column("Why"),
    )
    rows = tuple(
        (
            Cell(each.name, reverse("categorisation:decision", args=(each.urn,)), note=each.phase.label),
            each.before,
            each.after,
            Tag(each.towards.value.capitalize(), _TOWARDS[each.towards]),
            Cell(each.why or each.why_before, note=f"Now: {each.why_before}" if each.why_before else ""),
        )
        for each in movers
    )
    return Table("Schools that would move", columns, rows, sorted_by=sorted_by, hide_caption=True)


def movers_rows(movers: Iterable[Mover]) -> Iterable[Sequence[object]]:
    """Return the rows of the file of schools that move."""
    for each in movers:
        yield (
            each.urn,
            each.name,
            each.phase.label,
            each.before,
            each.after,
            each.towards.value,
            each.why_before,
            each.why,
        )


def changes_table(changes: Sequence[Change]) -> Table | None:
    """Return what differs between two policies, or None where nothing does."""
    if not changes:
        return None
    columns = (Column("What"), Column("Change"), Column("Before"), Column("After"))
    rows = tuple(
        (each.what, each.kind.capitalize(), each.before or _NOTHING, each.after or _NOTHING)
        for each in changes
    )
    return Table("What differs, in words", columns, rows, hide_caption=True)


def workload_table(now: Workload, draft: Workload) -> Table:
    """Return the days both policies promise by phase, against the days there are."""
    before = {each.phase: each for each in now.phases}
    columns = (
        Column("Phase"),
        Column("Maintained schools", numeric=True),
        Column("Days promised now", numeric=True),
        Column("Days under the draft", numeric=True),
        Column("Officer days there are", numeric=True),
        Column("Left under the draft", numeric=True),
        Column("Not settled", numeric=True, minor=True),
        Column("No days promised", numeric=True, minor=True),
    )
    loads = [*draft.phases, *([draft.together] if draft.together else [])]
    rows = tuple(
        _load(each, now=now.together if each.phase is None else before.get(each.phase)) for each in loads
    )
    return Table(f"Officer days in {draft.year}", columns, rows)


def records_table(records: Sequence[Record]) -> Table:
    """Return how often each view was borne out by the next inspection."""
    columns = (
        Column("Whose view"),
        Column("Schools with a view", numeric=True),
        Column("Inspected since", numeric=True),
        Column("Agreed", numeric=True),
        Column("Share agreed (95% interval)", numeric=True),
        Column("Missed", numeric=True),
        Column("Over-called", numeric=True),
        Column("Of those less than good, expected to be", numeric=True),
    )
    return Table("The council's view against the next inspection", columns, tuple(map(_record, records)))


def _record(each: Record) -> tuple[object, ...]:
    caught = f"{each.caught} of {each.found_below_good}" if each.found_below_good else _NOTHING
    return (
        each.who,
        each.schools,
        each.inspected,
        each.agreed,
        share_in_words(each),
        each.missed,
        each.over_called,
        caught,
    )


def share_in_words(each: Record) -> str:
    """Return the share that agreed with its interval."""
    return foresight.share_in_words(each) or _NOTHING


def _load(each: PhaseLoad, *, now: PhaseLoad | None) -> tuple[object, ...]:
    return (
        "All" if each.phase is None else each.phase.label,
        each.schools,
        _NOTHING if now is None else words.number(now.days),
        words.number(each.days),
        "Not entered" if each.available is None else words.number(each.available),
        _NOTHING if each.left is None else words.signed(each.left),
        each.not_settled,
        each.without_days,
    )


def _whole(number: int | None) -> str:
    return _NOTHING if number is None else words.number(number)


def _change(each: Count) -> str:
    return (
        _NOTHING
        if None in (each.before, each.after)
        else words.signed((each.after or 0) - (each.before or 0))
    )


def _pair(each: Count, *, phase: Phase) -> str:
    was, is_ = each.by_phase.get(phase, (0, 0))
    return f"{_NOTHING if each.before is None else was} → {_NOTHING if each.after is None else is_}"
