"""What each role sees first: what changed and why, its schools, what is not settled, what was loaded."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from steward.access.permissions import Permission, Reach, Viewer, reach
from steward.categorisation import queries as categorisation
from steward.categorisation.queries import CategoryCount
from steward.evidence.queries import releases
from steward.pages.queries import area, area_measures, changes, rows, schools
from steward.pages.queries.area_measures import AreaMeasure
from steward.pages.queries.changes import Changes
from steward.pages.queries.rows import Listed, SchoolRow
from steward.register import queries as register
from steward.vocabulary.areas import Basis
from steward.vocabulary.phases import Phase, Standing

_MOST_CHANGES = 4
_MOST_MOVERS = 6
_PRESSING = 5
_UNSETTLED = 8
_NEWEST_RELEASES = 10
MEMBERS_THEMES = ("attainment", "progress", "attendance")
"""The themes of which a scrutiny member sees the published figures first."""


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """The three kinds of change; each is None where there is nothing before to compare with."""

    proposals: Changes | None
    inspections: Changes | None
    figures: Changes | None

    @property
    def nothing(self) -> bool:
        """Whether there is no change of any kind to tell of."""
        return not any(kind and kind.total for kind in (self.proposals, self.inspections, self.figures))


@dataclass(frozen=True, slots=True)
class AdviserHome:
    """An adviser's schools and what changed; the most pressing schools where none are assigned."""

    listed: Listed
    mine: tuple[SchoolRow, ...]
    pressing: tuple[SchoolRow, ...]
    changed: WhatChanged


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


@dataclass(frozen=True, slots=True)
class AreaHome:
    """The published figures of the authority that can be put beside England, and its schools by phase."""

    code: str
    name: str
    open_schools: int
    by_phase: tuple[tuple[Phase, int], ...]
    figures: tuple[AreaMeasure, ...]


def for_adviser(viewer: Viewer, *, person: int) -> AdviserHome:
    """Return an adviser's home. Raises NothingLoaded or NoAuthority."""
    listed = rows.schools_for(viewer)
    assigned = set(register.schools_looked_after_by(person))
    mine = tuple(row for row in listed.rows if row.urn in assigned)
    about = mine or _open(listed)
    within = Reach(urns=frozenset(assigned)) if mine else reach(viewer, Permission.VIEW_PROPOSALS)
    return AdviserHome(
        listed=listed,
        mine=mine,
        pressing=() if mine else most_pressing(listed),
        changed=_changed(listed, about=about, within=within),
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
        changed=_changed(listed, about=_open(listed), within=within),
    )


def for_data_officer() -> DataHome:
    """Return what was loaded, newest first."""
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


def own_school(urn: int | None) -> tuple[int, str] | None:
    """Return URN and name of a school user's school, None where it is in no register loaded."""
    found = register.school(urn) if urn else None
    return (found.urn, found.name) if found else None


def most_pressing(listed: Listed) -> tuple[SchoolRow, ...]:
    """Return the open schools of most concern, those with most rules against them first."""
    proposed = [row for row in _open(listed) if row.proposal is not None and (row.proposal.concern or 0) > 0]
    return tuple(schools.sorted_by(proposed, sort=f"-{schools.PROPOSAL}")[:_PRESSING])


def _open(listed: Listed) -> tuple[SchoolRow, ...]:
    return tuple(row for row in listed.rows if row.standing is Standing.OPEN)


def _changed(listed: Listed, *, about: Sequence[SchoolRow], within: Reach) -> WhatChanged:
    return WhatChanged(
        proposals=changes.proposals_moved(listed.authority_code, within=within, most=_MOST_MOVERS),
        inspections=changes.newly_inspected(about, most=_MOST_CHANGES),
        figures=changes.figures_moved(about, most=_MOST_CHANGES),
    )


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
