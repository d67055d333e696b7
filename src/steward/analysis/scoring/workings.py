"""The score of a school with its workings: pure, from evidence and a method to points and sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Finding
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.analysis.rules.school_evidence import Fact, SchoolEvidence
from steward.analysis.scoring.events import EventDefinition
from steward.analysis.scoring.groups import Group
from steward.analysis.scoring.method import Item, ScoreMethod, Test

NOT_ENOUGH_KNOWN = "Not enough is known"
"""What stands in the place of a band when too many parts could not be settled."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part, or the events of one kind, adds to the score, and why."""

    id: str
    title: str
    group: Group
    points: float
    maximum: float
    unknown: float
    """How many points more what is not known could add; they are not in the maximum available."""
    because: str
    reason: str = ""
    """Why something is not known, a `Reason` or a `Doubt` by name."""
    is_event: bool = False
    indicator: str = ""
    value: float | None = None
    period: int | None = None
    release: str = ""
    row: int | None = None
    until: date | None = None
    """The last day of the event that ends first."""

    @property
    def available(self) -> float:
        """The most points it could have given on what is known."""
        return self.maximum - self.unknown


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a school out of what was available; a conversation begins with it and no judgement."""

    urn: int
    points: float
    available: float
    maximum: float
    band: str
    """In words; NOT_ENOUGH_KNOWN where too little of the maximum is available."""
    contributions: tuple[Contribution, ...]
    would_change: tuple[str, ...]

    @property
    def share(self) -> float:
        """Percent of the points available, 0 to 100; 0 where none was."""
        return round(100 * self.points / self.available, 1) if self.available else 0.0

    @property
    def is_ranked(self) -> bool:
        """Whether enough is known to give a band."""
        return self.band != NOT_ENOUGH_KNOWN


@dataclass(frozen=True, slots=True)
class Scoring:
    """All that a score is worked out by, beside the evidence of the school."""

    method: ScoreMethod
    events: Mapping[str, EventDefinition]
    catalogue: Catalogue


def score_all(scoring: Scoring, *, schools: Iterable[SchoolEvidence], events_on: date) -> tuple[Score, ...]:
    """Return the score of each school the method covers, in the order given."""
    covered = (school for school in schools if scoring.method.covers(school))
    return tuple(score(scoring, school=school, events_on=events_on) for school in covered)


def score(scoring: Scoring, *, school: SchoolEvidence, events_on: date) -> Score:
    """Return the score of one school with every contribution; events count that are in force on a day."""
    method = scoring.method
    enquiry = Enquiry(school, scoring.catalogue, method.newest_years)
    asked = [item for item in method.items if item.asked_of.includes(school)]
    parts = [_contribution(item, enquiry=enquiry) for item in asked]
    events = list(_events(scoring, school=school, on=events_on))
    points = sum(one.points for one in parts) + sum(one.points for one in events)
    maximum = sum(one.maximum for one in parts) + method.events_at_most
    available = maximum - sum(one.unknown for one in parts)
    enough = available >= maximum * method.least_known / 100
    share = round(100 * points / available, 1) if available else 0.0
    return Score(
        urn=school.urn,
        points=points,
        available=available,
        maximum=maximum,
        band=method.band_of(share).label if enough else NOT_ENOUGH_KNOWN,
        contributions=(*parts, *events),
        would_change=tuple(_would_change([*parts, *events])),
    )


def _contribution(item: Item, *, enquiry: Enquiry) -> Contribution:
    found = [(test, test.when.answer(enquiry)) for test in item.tests]
    met = _most(found, answer=Answer.MET)
    settled = [one for one in found if one[1].answer is not Answer.UNKNOWN]
    open_ = None if item.alternatives and settled else _most(found, answer=Answer.UNKNOWN)
    points = met[0].points if met else 0.0
    unknown = max(0.0, open_[0].points - points) if open_ else 0.0
    told = met or (open_ if unknown else None) or (settled or found)[-1]
    said = told[1].because
    if met and open_ and unknown:
        said = f"{said} {open_[1].because}"
    leaf = _telling(told[1])
    reason = open_[1].reason.value if open_ and unknown and open_[1].reason else ""
    return Contribution(
        id=item.id,
        title=item.title,
        group=item.group,
        points=points,
        maximum=item.maximum,
        unknown=unknown,
        because=said,
        reason=reason,
        indicator=leaf.indicator,
        value=leaf.value,
        period=leaf.period,
        release=leaf.release,
        row=leaf.row,
    )


def _most(found: list[tuple[Test, Finding]], *, answer: Answer) -> tuple[Test, Finding] | None:
    """Return the test with this answer that gives most points."""
    alike = [one for one in found if one[1].answer is answer]
    return max(alike, key=lambda one: one[0].points, default=None)


def _telling(found: Finding) -> Finding:
    """Return the figure that decided the finding."""
    return next((leaf for leaf in found.leaves() if leaf.answer is found.answer), found)


def _events(scoring: Scoring, *, school: SchoolEvidence, on: date) -> Iterator[Contribution]:
    """Yield what the live events of each kind add, and what is over the most that all may add."""
    total = 0.0
    for definition in (scoring.events[name] for name in sorted(scoring.events)):
        live = [one for one in school.facts if one.kind is definition.fact and one.in_force_on(on)]
        if live and definition.is_sign:
            points = min(definition.points * len(live), definition.at_most)
            total += points
            yield _event(definition, live=live, points=points)
    over = total - scoring.method.events_at_most
    if over > 0:
        most = scoring.method.events_at_most
        said = f"All live events together add at most {most:g} points."
        title = "Events beyond what they may add together"
        yield Contribution("events", title, Group.CONTEXT, -over, 0.0, 0.0, said, is_event=True)


def _event(definition: EventDefinition, *, live: list[Fact], points: float) -> Contribution:
    dated = "; ".join(f"since {wording.day(one.since)} ({one.source})" for one in live)
    number = f"{wording.count(len(live)).capitalize()} on record: " if len(live) > 1 else "On record "
    ends = [one.until for one in live if one.until is not None]
    return Contribution(
        id=definition.id,
        title=definition.title,
        group=definition.group,
        points=points,
        maximum=definition.at_most,
        unknown=0.0,
        because=f"{number}{dated}.",
        is_event=True,
        until=min(ends, default=None),
    )


def _would_change(contributions: list[Contribution]) -> Iterator[str]:
    """Yield what would lower or raise the score, the largest first."""
    for one in sorted(contributions, key=lambda each: (-each.points, each.title)):
        if one.points > 0 and one.until is not None:
            ends = wording.day(one.until)
            yield f"{_points(one.points)} fewer after {ends}, when “{one.title}” ends unless it is renewed."
        elif one.points > 0:
            yield f"{_points(one.points)} fewer if this no longer held: {one.title}."
    for one in sorted(contributions, key=lambda each: (-each.unknown, each.title)):
        if one.unknown > 0:
            yield f"Up to {_points(one.unknown)} more once it is known: {one.title}."


def _points(number: float) -> str:
    return f"{number:g} point{'' if number == 1 else 's'}"
