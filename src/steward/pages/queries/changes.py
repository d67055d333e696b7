"""What changed: proposals since the last run, inspections since the last list, figures on last year."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from steward.access.permissions import Reach
from steward.analysis.comparison.year_chance import is_beyond_chance
from steward.analysis.indicators.change import Change, Direction
from steward.analysis.sources.definition import Holds
from steward.categorisation import queries as categorisation
from steward.categorisation.queries import ChangedAnswer, Mover
from steward.evidence import catalogues
from steward.evidence.queries import releases
from steward.evidence.queries.inspections import Inspection
from steward.interface import words
from steward.pages.queries import outcomes
from steward.pages.queries.measures import Measure
from steward.pages.queries.rows import SchoolRow
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Standing
from steward.vocabulary.values import Known


class Towards(StrEnum):
    """Which way a change went."""

    WORSE = "worse"
    BETTER = "better"
    SAME = "same"
    UNCLEAR = "unclear"


class Kind(StrEnum):
    """What changed."""

    PROPOSAL = "proposal"
    INSPECTION = "inspection"
    FIGURE = "figure"
    DECISION = "decision"
    CONCERN = "concern"
    EVENT = "event"
    SCORE = "score"


_WORDS = {
    (Kind.PROPOSAL, Towards.WORSE): "More concern",
    (Kind.PROPOSAL, Towards.BETTER): "Less concern",
    (Kind.INSPECTION, Towards.WORSE): "Lower outcome",
    (Kind.INSPECTION, Towards.BETTER): "Better outcome",
    (Kind.INSPECTION, Towards.SAME): "Same outcome",
    (Kind.FIGURE, Towards.WORSE): Direction.DECLINING.value,
    (Kind.FIGURE, Towards.BETTER): Direction.IMPROVING.value,
    (Kind.SCORE, Towards.WORSE): "More points",
    (Kind.SCORE, Towards.BETTER): "Fewer points",
}


_ORDER = {towards: order for order, towards in enumerate(Towards)}


@dataclass(frozen=True, slots=True)
class Changed:
    """One change at one school: what, which way, and the reason.

    `code` and `period` name a figure, `key` a concern; `said` is the word where the kind has none of its own.
    """

    kind: Kind
    urn: int
    name: str
    what: str
    towards: Towards
    reason: str
    code: str = ""
    period: int = 0
    key: int = 0
    said: str = ""
    on: datetime.date | None = None
    """The day of it, where it has one."""

    @property
    def word(self) -> str:
        """Which way it went, in the word a reader sees."""
        return self.said or _WORDS.get((self.kind, self.towards), "Not compared")


@dataclass(frozen=True, slots=True)
class Changes:
    """A kind of change: since when, the changes of most weight, and how many there were in all."""

    since: str
    shown: tuple[Changed, ...]
    total: int


def proposals_moved(
    authority: str, *, within: Reach, most: int, looked_at: datetime.datetime | None = None
) -> Changes | None:
    """Return the schools whose proposal moved since the run before; None where there is none before.

    With `looked_at` none moved where the run in force is older than that.
    """
    run = categorisation.current_run(authority)
    earlier = categorisation.previous_run(run) if run else None
    if run is None or earlier is None:
        return None
    if looked_at is not None and run.run_at <= looked_at:
        return Changes(since_look(looked_at), (), 0)
    found = _movers(authority, run.pk, run.run_at, within)
    since = f"since the run of {words.day(earlier.run_at)}, as at {words.day(earlier.as_at)}"
    return Changes(since, both_ways(found, most=most), len(found))


def newly_inspected(
    rows: Iterable[SchoolRow], *, most: int, looked_at: datetime.datetime | None = None
) -> Changes | None:
    """Return the schools inspected since the list of outcomes before the newest; None with one list only.

    All are counted; shown are those whose outcome changed or cannot be compared. With `looked_at` none was
    where no list has been loaded since.
    """
    dates = _lists_of_outcomes()
    if len(dates) < 2:
        return None
    if looked_at is not None and _newest_list(releases.current().folder) <= looked_at:
        return Changes(since_look(looked_at), (), 0)
    since = dates[-2]
    fresh = [row for row in rows if row.inspection.on is not None and row.inspection.on > since]
    fresh.sort(key=lambda row: row.inspection.on or since, reverse=True)
    found = [_inspected(row) for row in fresh]
    told = [each for each in found if each.towards is not Towards.SAME]
    return Changes(f"since the list as at {words.day(since)}", both_ways(told, most=most), len(found))


def figures_moved(
    rows: Iterable[SchoolRow], *, most: int, looked_at: datetime.datetime | None = None
) -> Changes | None:
    """Return the schools whose headline measure moved most on the year before, both ways.

    Only changes that neither chance nor rounding explains are told; with `looked_at` only those of files
    loaded since.
    """
    loaded = _loaded(releases.current().folder)
    moved = [
        (row, measure, measure.change)
        for row in rows
        if row.standing is Standing.OPEN and (measure := row.headline_measure) and measure.change
        if looked_at is None or loaded.get(measure.release, looked_at) > looked_at
        if is_beyond_chance(*measure.trend[-2:], indicator=measure.indicator)
    ]
    told = (Direction.IMPROVING, Direction.DECLINING)
    found = [_figure(*each) for each in _by_turns(each for each in moved if each[2].direction in told)]
    if not found:
        return None if looked_at is None else Changes(since_look(looked_at), (), 0)
    years = sorted({item.period for item in found})
    since = f"newest year beside the year before, into {words_of_years(years)}"
    return Changes(since, both_ways(found, most=most), len(found))


def since_look(moment: datetime.datetime) -> str:
    """Return since when, as it ends a sentence, of a viewer who said what they have read."""
    return f"since you last looked on {words.day_and_time(moment)}"


def words_of_years(years: Sequence[int]) -> str:
    """Return academic years in words: 2017 to 2018 and 2018 to 2019."""
    return " and ".join(str(AcademicYear(year)) for year in years)


@lru_cache(maxsize=4)
def _movers(authority: str, run: int, run_at: datetime.datetime, within: Reach) -> tuple[Changed, ...]:
    """Return what moved in the current run, which never changes once it was made; `run` names it."""
    found = categorisation.current_run(authority)
    earlier = categorisation.previous_run(found) if found else None
    if found is None or earlier is None:
        return ()
    now, before = (
        {each.school_id: each.reason for each in categorisation.proposals_in(one, within=within)}
        for one in (found, earlier)
    )
    return tuple(
        _moved(mover, now=now[mover.urn], before=before[mover.urn])
        for mover in categorisation.movers(found, within=within)
    )


@lru_cache(maxsize=4)
def _loaded(generation: str) -> dict[str, datetime.datetime]:
    """Return when each live file was loaded, by its id."""
    return {release.pk: release.loaded_at for release in releases.live()}


@lru_cache(maxsize=4)
def _newest_list(generation: str) -> datetime.datetime:
    """Return when the last list of outcomes was loaded; there is one."""
    sources = catalogues.sources()
    return max(
        release.loaded_at
        for release in releases.live()
        if sources[release.source].holds is Holds.INSPECTIONS and release.as_at is not None
    )


@lru_cache(maxsize=4)
def _dates_in(generation: str) -> tuple[datetime.date, ...]:
    sources = catalogues.sources()
    dated = (
        release.as_at
        for release in releases.live()
        if sources[release.source].holds is Holds.INSPECTIONS and releases.definition_of(release)[1].snapshot
    )
    return tuple(sorted({day for day in dated if day is not None}))


def _lists_of_outcomes() -> tuple[datetime.date, ...]:
    return _dates_in(releases.current().folder)


def _moved(mover: Mover, *, now: str, before: str) -> Changed:
    """Say what moved; `now` and `before` are the first reasons of the two proposals."""
    towards = {"more concern": Towards.WORSE, "less concern": Towards.BETTER}.get(
        mover.towards, Towards.UNCLEAR
    )
    what = f"From {mover.before} to {mover.after}"
    because = _why_moved(mover.reasons, now=now, before=before)
    return Changed(Kind.PROPOSAL, mover.urn, mover.name, what, towards, because)


def _why_moved(changed: Sequence[ChangedAnswer], *, now: str, before: str) -> str:
    """Return the changed answer that decides: of the rule that now gives the proposal, else that gave it."""
    by_title = {answer.title: answer for answer in changed}
    deciding = by_title.get(now.partition(": ")[0]) or by_title.get(before.partition(": ")[0])
    told = deciding or next(iter(changed), None)
    if told is None:
        return "No rule changed its answer; the policy did."
    return f"{told.title}: {told.before.lower()} before, now {told.after.lower()}. {told.because}"


def _inspected(row: SchoolRow) -> Changed:
    stands, earlier = row.inspection, row.inspection.before
    what = f"{stands.words}, inspected on {words.day(stands.on)}"
    if earlier is None:
        return Changed(
            Kind.INSPECTION,
            row.urn,
            row.name,
            what,
            Towards.UNCLEAR,
            "No earlier inspection is on record.",
            on=stands.on,
        )
    said = f"Before that {outcomes.words_of(earlier)} on {words.day(earlier.inspected_on)}"
    towards = _compared(row, earlier)
    if towards is Towards.UNCLEAR:
        said += ", under another framework or without an overall outcome, so the two are not compared"
    return Changed(Kind.INSPECTION, row.urn, row.name, what, towards, f"{said}.", on=stands.on)


def _compared(row: SchoolRow, earlier: Inspection) -> Towards:
    """Compare two outcomes only on the scale of one framework."""
    framework = catalogues.frameworks().get(earlier.framework or "")
    if framework is None or framework.title != row.inspection.framework:
        return Towards.UNCLEAR
    ranks = {point.label: point.rank for point in framework.scale}
    now, then = ranks.get(row.inspection.words), ranks.get(earlier.label)
    if now is None or then is None:
        return Towards.UNCLEAR
    if now == then:
        return Towards.SAME
    return Towards.BETTER if now < then else Towards.WORSE


def _figure(row: SchoolRow, measure: Measure, change: Change) -> Changed:
    indicator = measure.indicator
    before, after = (words.value_in_words(point.value, measured=indicator) for point in measure.trend[-2:])
    value = measure.value
    cohort = value.cohort if isinstance(value, Known) else None
    pupils = f", {words.counted(round(cohort), one='pupil')} in the newest year" if cohort else ""
    better = change.direction is Direction.IMPROVING
    years = words_of_years((change.since, change.until))
    return Changed(
        kind=Kind.FIGURE,
        urn=row.urn,
        name=row.name,
        what=f"{indicator.title}: {before} to {after}",
        towards=Towards.BETTER if better else Towards.WORSE,
        reason=f"The years {years}{pupils}.",
        code=measure.code,
        period=measure.period,
    )


def _by_turns(moved: Iterable[tuple[SchoolRow, Measure, Change]]) -> list[tuple[SchoolRow, Measure, Change]]:
    """Order changes by size within each measure, measures by turns: unlike units are never compared."""
    by_code: dict[str, list[tuple[SchoolRow, Measure, Change]]] = defaultdict(list)
    for each in moved:
        by_code[each[1].code].append(each)
    for found in by_code.values():
        found.sort(key=lambda item: abs(item[2].amount), reverse=True)
    return [item for turn in zip_longest(*by_code.values()) for item in turn if item is not None]


def both_ways(found: Sequence[Changed], *, most: int) -> tuple[Changed, ...]:
    """Return up to `most` changes, leaving room for improvements beside those of more concern."""
    better = [each for each in found if each.towards is Towards.BETTER]
    others = sorted(
        (each for each in found if each.towards is not Towards.BETTER), key=lambda each: _ORDER[each.towards]
    )
    room = max(most - len(others), most // 2)
    kept = [*others[: most - min(len(better), room)], *better[:room]]
    return tuple(sorted(kept, key=lambda each: _ORDER[each.towards]))
