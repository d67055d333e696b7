"""What each role sees first: what changed and why, its schools, what is not settled, what was loaded."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from steward.access.models import Person
from steward.access.permissions import Permission, Reach, Viewer, reach
from steward.categorisation import queries as categorisation
from steward.categorisation.queries import CategoryCount, decisions, steps_taken
from steward.categorisation.queries.steps_taken import Days, DecidedCount
from steward.evidence.queries import releases
from steward.pages.queries import area, area_measures, changes, changes_made, rows, schools
from steward.pages.queries.area_measures import AreaMeasure
from steward.pages.queries.changes import Changes
from steward.pages.queries.rows import Listed, SchoolRow
from steward.register import queries as register
from steward.reminders.queries import items, people
from steward.reminders.queries.people import WatchedSchool
from steward.vocabulary.areas import Basis
from steward.vocabulary.due import DueItem
from steward.vocabulary.phases import Phase, Standing

_MOST_CHANGES = 4
_MOST_MOVERS = 6
_PRESSING = 5
_UNSETTLED = 8
_NEWEST_RELEASES = 10
_TERMS_BEGIN = (1, 5, 9)
"""Months in which terms begin, as decisions count them."""
MEMBERS_THEMES = ("attainment", "progress", "attendance")
"""The themes of which a scrutiny member sees the published figures first."""


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """The kinds of change; each is None where there is nothing before to compare with."""

    proposals: Changes | None
    inspections: Changes | None
    figures: Changes | None
    people: Changes | None = None
    """Steps of decisions and concerns, and events."""
    scores: Changes | None = None
    looked_at: datetime.datetime | None = None
    """The moment up to which the viewer has read what changed, None where they never said so."""

    @property
    def nothing(self) -> bool:
        """Whether there is no change of any kind to tell of."""
        kinds = (self.proposals, self.inspections, self.figures, self.people, self.scores)
        return not any(kind and kind.total for kind in kinds)


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """A school on the watch list, as the list of schools shows it, and why it is watched."""

    watched: WatchedSchool
    row: SchoolRow | None
    """None where the school is not one of the authority served."""


@dataclass(frozen=True, slots=True)
class DecidedCounts:
    """Support categories in force by decision today, at the end of the last term, and under way."""

    phases: tuple[Phase, ...]
    now: tuple[DecidedCount, ...]
    before: Mapping[str, int]
    """Totals by label at the end of the last term."""
    before_on: datetime.date
    under_way: Mapping[Phase, int]
    days: Days


@dataclass(frozen=True, slots=True)
class AdviserHome:
    """An adviser's schools and what changed; the most pressing schools where none are assigned."""

    listed: Listed
    mine: tuple[SchoolRow, ...]
    pressing: tuple[SchoolRow, ...]
    changed: WhatChanged
    due: tuple[DueItem, ...] = ()
    watched: tuple[WatchedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseCounts:
    """The proposals counted by phase, and the counts of the run before."""

    phases: tuple[Phase, ...]
    now: tuple[CategoryCount, ...]
    before: Mapping[str, int] | None
    """Totals by key in the run before; None where there is none, or it was of another policy."""
    before_as_at: datetime.date | None = None

    @property
    def total(self) -> int:
        """How many schools the policy was asked about."""
        return sum(each.total for each in self.now)


@dataclass(frozen=True, slots=True)
class HeadHome:
    """The authority in one sentence, proposals by phase, what moved, and what is not settled."""

    listed: Listed
    open_schools: int
    counts: PhaseCounts | None
    pressing: tuple[SchoolRow, ...]
    unsettled: tuple[SchoolRow, ...]
    unsettled_total: int
    changed: WhatChanged
    due: tuple[DueItem, ...] = ()
    watched: tuple[WatchedRow, ...] = ()
    decided: DecidedCounts | None = None


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A release as the data officer looks at it."""

    id: str
    title: str
    status: str
    loaded_at: datetime.datetime
    loaded_by: str
    rows: int
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DataHome:
    """What was loaded last, what failed and what passed with warnings."""

    newest: tuple[LoadedFile, ...]
    failed: tuple[LoadedFile, ...]
    warned: tuple[LoadedFile, ...]
    """Live files that passed with warnings, the newest of them."""
    warned_total: int
    live: int
    due: tuple[DueItem, ...] = ()
    proposals_behind: tuple[datetime.datetime, datetime.datetime] | None = None
    """When the proposals were worked out and when newer tables were made; None where they are not behind."""


@dataclass(frozen=True, slots=True)
class AreaHome:
    """The published figures of the authority that can be put beside England, and its schools by phase."""

    code: str
    name: str
    open_schools: int
    by_phase: tuple[tuple[Phase, int], ...]
    figures: tuple[AreaMeasure, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A letter that the council shared with a school."""

    sent_on: datetime.date
    answer_by: datetime.date | None
    received: bool


@dataclass(frozen=True, slots=True)
class SchoolHome:
    """The school of a school user, what is published of it, what was shared and what is asked."""

    school: tuple[int, str] | None
    """URN and name; None where it is in no register loaded."""
    row: SchoolRow | None
    shared: tuple[Shared, ...]
    due: tuple[DueItem, ...]


def for_adviser(person: Person) -> AdviserHome:
    """Return an adviser's home. Raises NothingLoaded or NoAuthority."""
    listed = rows.schools_for(person)
    assigned = frozenset(register.schools_looked_after_by(person.pk))
    mine = tuple(row for row in listed.rows if row.urn in assigned)
    about = mine or _open(listed)
    within = Reach(urns=assigned) if mine else reach(person, Permission.VIEW_PROPOSALS)
    return AdviserHome(
        listed=listed,
        mine=mine,
        pressing=() if mine else most_pressing(listed),
        changed=_changed(person, listed=listed, about=about, within=within, own=assigned if mine else None),
        due=items.open_items(person),
        watched=_watched(person, listed=listed),
    )


def for_head(viewer: Viewer) -> HeadHome:
    """Return the home of the head of service. Raises NothingLoaded or NoAuthority."""
    listed = rows.schools_for(viewer)
    within = reach(viewer, Permission.VIEW_PROPOSALS)
    unsettled = [row for row in listed.rows if row.proposal is not None and not row.proposal.settled]
    return HeadHome(
        listed=listed,
        open_schools=len(_open(listed)),
        counts=_counts(listed.authority_code, within=within),
        pressing=most_pressing(listed),
        unsettled=tuple(unsettled[:_UNSETTLED]),
        unsettled_total=len(unsettled),
        changed=_changed(viewer, listed=listed, about=_open(listed), within=within, own=None),
        due=items.open_items(viewer),
        watched=_watched(viewer, listed=listed),
        decided=_decided(viewer, authority=listed.authority_code, today=timezone.localdate()),
    )


def end_of_last_term(day: datetime.date) -> datetime.date:
    """Return the last day of the term before that of a day: terms begin in September, January and May."""
    begins = max(month for month in _TERMS_BEGIN if month <= day.month)
    return datetime.date(day.year, begins, 1) - datetime.timedelta(days=1)


def for_data_officer(person: Person) -> DataHome:
    """Return what is due, and what was loaded, newest first."""
    found = sorted(releases.every(), key=lambda release: release.loaded_at, reverse=True)
    files = [
        LoadedFile(
            id=each.id,
            title=each.title,
            status=each.get_status_display(),
            loaded_at=each.loaded_at,
            loaded_by=each.loaded_by.name if each.loaded_by else "the command line",
            rows=each.rows,
            verdict=str(each.screening.get("verdict", "")).upper(),
            sentence=str(each.screening.get("sentence", "")),
        )
        for each in found
    ]
    live = [each for each in files if each.status == "Live"]
    warned = [each for each in live if each.verdict == "WARNING"]
    return DataHome(
        newest=tuple(files[:_NEWEST_RELEASES]),
        failed=tuple(each for each in files if each.verdict == "FAIL"),
        warned=tuple(warned[:_NEWEST_RELEASES]),
        warned_total=len(warned),
        live=len(live),
        due=items.open_items(person),
        proposals_behind=_proposals_behind(),
    )


def for_scrutiny(viewer: Viewer, *, today: datetime.date) -> AreaHome:
    """Return the published figures of the authority. Raises NothingLoaded or NoAuthority."""
    listed = rows.schools_for(viewer)
    found = _open(listed)
    books = area.books_of(area.authority_named(listed.authority_code))
    measures = area_measures.measures_of(books, as_at=today)
    counted = {phase: sum(row.phase is phase for row in found) for phase in Phase}
    return AreaHome(
        code=listed.authority_code,
        name=listed.authority_name,
        open_schools=len(found),
        by_phase=tuple((phase, count) for phase, count in counted.items() if count),
        figures=tuple(one for one in measures.current if _is_for_members(one)),
    )


def for_school(person: Person) -> SchoolHome:
    """Return what a school user sees: the school, what was shared with it, what is asked, its figures."""
    school = register.school(person.school_urn) if person.school_urn else None
    if school is None:
        return SchoolHome(None, None, (), ())
    try:
        published = rows.published_in(school.authority_id)
    except releases.NothingLoaded:
        published = ()
    row = next((each for each in published if each.urn == school.urn), None)
    letters = decisions.letters_to(person, urn=school.urn)
    shared = tuple(
        Shared(
            each.sent_on,
            each.answer_by if decisions.awaits_answer(each) else None,
            each.received_at is not None,
        )
        for each in letters
    )
    return SchoolHome((school.urn, school.name), row, shared, items.open_items(person))


def most_pressing(listed: Listed) -> tuple[SchoolRow, ...]:
    """Return the open schools of most concern, those with most rules against them first."""
    proposed = [row for row in _open(listed) if row.proposal is not None and (row.proposal.concern or 0) > 0]
    return tuple(schools.sorted_by(proposed, sort=f"-{schools.PROPOSAL}")[:_PRESSING])


def _open(listed: Listed) -> tuple[SchoolRow, ...]:
    return tuple(row for row in listed.rows if row.standing is Standing.OPEN)


def _changed(
    viewer: Viewer,
    *,
    listed: Listed,
    about: Sequence[SchoolRow],
    within: Reach,
    own: frozenset[int] | None,
) -> WhatChanged:
    seen = people.last_look(viewer)
    code = listed.authority_code
    return WhatChanged(
        proposals=changes.proposals_moved(code, within=within, most=_MOST_MOVERS, looked_at=seen),
        inspections=changes.newly_inspected(about, most=_MOST_CHANGES, looked_at=seen),
        figures=changes.figures_moved(about, most=_MOST_CHANGES, looked_at=seen),
        people=changes_made.made_by_people(viewer, about=own, most=_MOST_CHANGES, looked_at=seen),
        scores=changes_made.scores_moved(
            viewer, authority=code, about=own, most=_MOST_CHANGES, looked_at=seen
        ),
        looked_at=seen,
    )


def _watched(viewer: Viewer, *, listed: Listed) -> tuple[WatchedRow, ...]:
    by_urn = {row.urn: row for row in listed.rows}
    return tuple(WatchedRow(each, by_urn.get(each.urn)) for each in people.watched_by(viewer))


def _decided(viewer: Viewer, *, authority: str, today: datetime.date) -> DecidedCounts | None:
    """Return the support categories in force; None where none was ever decided and none is under way."""
    before_on = end_of_last_term(today)
    now, before = (steps_taken.decided_on(day, viewer=viewer) for day in (today, before_on))
    under_way = steps_taken.being_decided(viewer)
    if not (now or before or under_way):
        return None
    phases = tuple(
        phase for phase in Phase if under_way.get(phase) or any(phase in each.by_phase for each in now)
    )
    return DecidedCounts(
        phases=phases,
        now=tuple(now),
        before={each.label: each.total for each in before},
        before_on=before_on,
        under_way=under_way,
        days=steps_taken.days_promised(authority, viewer=viewer, on=today),
    )


def _proposals_behind() -> tuple[datetime.datetime, datetime.datetime] | None:
    served = register.served_authority()
    run = categorisation.current_run(served.code) if served else None
    try:
        tables = releases.current()
    except releases.NothingLoaded:
        return None
    return (run.run_at, tables.made_at) if run and run.generation_id != tables.pk else None


def _counts(authority: str, *, within: Reach) -> PhaseCounts | None:
    run = categorisation.current_run(authority)
    if run is None:
        return None
    now = tuple(categorisation.counts(run, within=within))
    phases = tuple(phase for phase in Phase if any(each.by_phase.get(phase) for each in now))
    earlier = categorisation.previous_run(run)
    if earlier is None or earlier.ruleset != run.ruleset:
        return PhaseCounts(phases, now, None)
    before = {each.key: each.total for each in categorisation.counts(earlier, within=within)}
    return PhaseCounts(phases, now, before, earlier.as_at)


def _is_for_members(measure: AreaMeasure) -> bool:
    """Return whether it is a published figure of results or attendance of all phases, beside England's."""
    figure = measure.newest.figure
    return (
        measure.indicator.theme in MEMBERS_THEMES
        and not measure.phase_label
        and measure.gap is not None
        and figure is not None
        and figure.basis is Basis.PUBLISHED
    )
