"""Needs as they are printed."""

from collections.abc import Iterable

from django.urls import reverse

from steward.evidence import catalogues
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Happening, Table, Tag
from steward.support.models import Need, NeedEvent, Urgency
from steward.support.queries.needs import Suggested
from steward.support.steps import NeedAct, NeedState
from steward.support.terms import term_in_words
from steward.support.views.provider_parts import tags_in_words
from steward.vocabulary.phases import Phase

CSV_HEADER = (
    "urn",
    "school",
    "phase",
    "about",
    "objective",
    "urgency",
    "begins_in",
    "days",
    "funder",
    "known_from",
    "state",
    "groups",
)
_STATES = {
    NeedState.ASKED: Concern.UNSETTLED,
    NeedState.OPEN: Concern.MEDIUM,
    NeedState.PLACED: Concern.LOW,
    NeedState.MET: Concern.NONE,
}
_URGENCIES = {Urgency.URGENT: Concern.HIGH, Urgency.SOON: Concern.MEDIUM, Urgency.PLANNED: Concern.LOW}


def state_tag(need: Need) -> Tag:
    """Return where a need stands as a tag."""
    return Tag(need.get_state_display(), _STATES.get(NeedState(need.state), Concern.PLAIN))


def urgency_tag(need: Need) -> Tag:
    """Return how soon as a tag."""
    return Tag(need.get_urgency_display(), _URGENCIES[Urgency(need.urgency)])


def table(found: Iterable[Need], *, sorted_by: str) -> Table | None:
    """Return needs as a list; None where there are none."""
    columns = (
        Column("School", sort="school"),
        Column("About"),
        Column("Urgency", sort="urgency"),
        Column("Begins in", sort="term", minor=True),
        Column("Days", numeric=True, sort="days"),
        Column("State", sort="state"),
    )
    rows = tuple(
        (
            Cell(one.school.name, href=reverse("support:need", args=(one.pk,)), note=_short(one.objective)),
            tags_in_words(one.tags),
            urgency_tag(one),
            term_in_words(one.term),
            f"{float(one.days):g}",
            state_tag(one),
        )
        for one in found
    )
    return Table("Needs", columns, rows, sorted_by, hide_caption=True) if rows else None


def _short(text: str, *, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def csv_row(one: Need) -> tuple[object, ...]:
    """Return a need as a row of a file."""
    return (
        one.school_id,
        one.school.name,
        one.phase,
        tags_in_words(one.tags),
        one.objective,
        one.get_urgency_display(),
        term_in_words(one.term),
        one.days,
        one.funder,
        one.get_origin_display(),
        one.get_state_display(),
        "; ".join(one.target_groups),
    )


def facts_of(one: Need) -> list[Fact]:
    """Return what stands at the head of a need."""
    groups = catalogues.groups()
    meant = [groups[key].title if key in groups else key for key in one.target_groups]
    return [
        Fact("School", Cell(one.school.name, href=reverse("pages:school", args=(one.school_id,)))),
        Fact("State", state_tag(one)),
        Fact("About", tags_in_words(one.tags)),
        Fact("Phase", Phase(one.phase).label),
        Fact("Urgency", urgency_tag(one)),
        Fact("Begins in", term_in_words(one.term)),
        Fact("Days", f"{float(one.days):g}, of one supporter"),
        Fact("Who pays", one.funder),
        Fact("Groups of pupils", ", ".join(meant) or "All pupils"),
        Fact("Will not work with", ", ".join(one.vetoes) or "Nobody is ruled out"),
        Fact("Known from", _origin(one)),
        Fact("Recorded", f"{words.day(one.recorded_at)} by {one.recorded_by_name}"),
    ]


def _origin(one: Need) -> object:
    if one.decision_id:
        address = reverse("categorisation:decision", args=(one.school_id,))
        return Cell(one.get_origin_display(), href=address)
    if one.concern_id:
        return Cell(one.get_origin_display(), href=reverse("early_warning:concern", args=(one.concern_id,)))
    return one.get_origin_display()


def suggested(found: Iterable[Suggested], *, may_record: bool) -> Table | None:
    """Return what decisions and concerns suggest; None where they suggest nothing."""
    rows = []
    for one in found:
        name: object = one.school
        if may_record:
            name = Cell(name, href=f"{reverse('support:new-need')}?from={one.origin}-{one.key}")
        rows.append((name, one.why, words.day(one.since), _short(one.text) or "Nothing was written"))
    columns = (Column("School"), Column("Suggested by"), Column("Since"), Column("What was written there"))
    return Table("Suggested needs", columns, tuple(rows), hide_caption=True) if rows else None


def happenings(found: Iterable[NeedEvent]) -> list[Happening]:
    """Return what was done with a need, the newest first."""
    return [
        Happening(NeedAct(one.act).label, one.at, one.by_name, one.reason) for one in reversed(list(found))
    ]
