"""What was expected of the next inspection before it, against what it then found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from steward.analysis.comparison.intervals import Interval, share_interval
from steward.analysis.comparison.lineage import plainly_before
from steward.analysis.rules.answers import Answer
from steward.analysis.rules.columnar.evaluating import NO_CATEGORY, Proposed
from steward.analysis.rules.inspections import is_below_good
from steward.analysis.rules.school_evidence import Inspection, inspections_known
from steward.categorisation.models import Decision
from steward.categorisation.steps import State
from steward.evidence import catalogues
from steward.evidence.models import LocalFact
from steward.evidence.queries import tables
from steward.interface import words
from steward.register import queries as register
from steward.vocabulary.facts import FactKind

Expected = Mapping[int, bool]
"""By URN, whether less than good was expected; a school of which nothing was expected is absent."""


@dataclass(frozen=True, slots=True)
class NextInspection:
    """The first full inspection after a day with an outcome that says whether it is good."""

    on: date
    below_good: bool
    outcome: str
    framework: str


@dataclass(frozen=True, slots=True)
class Record:
    """How often an expectation was borne out."""

    who: str
    schools: int
    """Schools of which something was expected."""
    inspected: int
    agreed: int
    missed: int
    """Good or better was expected, and it was less than good."""
    over_called: int
    """Less than good was expected, and it was good or better."""
    found_below_good: int

    @property
    def interval(self) -> Interval | None:
        """The interval of the share that agreed; None where nothing was inspected."""
        return share_interval(self.agreed, pupils=self.inspected) if self.inspected else None

    @property
    def caught(self) -> int:
        """How many of those less than good were expected to be."""
        return self.found_below_good - self.missed

    @property
    def caught_interval(self) -> Interval | None:
        """The interval of the share of those less than good that were expected to be; None without any."""
        return share_interval(self.caught, pupils=self.found_below_good) if self.found_below_good else None


def next_inspections(urns: Iterable[int], *, after: date, until: date) -> dict[int, NextInspection]:
    """Return by URN what the next inspection found, also under the URN of a school that carried it on.

    Only inspections known by the last day are read. Raises NothingLoaded without tables.
    """
    asked = set(urns)
    later = _carried_on_by(asked)
    known = inspections_known(
        tables.inspections_of(asked | {each for line in later.values() for each in line}), as_at=until
    )
    found = {}
    for urn in asked:
        every = [one for each in (urn, *later.get(urn, ())) for one in known.get(each, ())]
        nearest = _first_told(every, after=after, until=until)
        if nearest is not None:
            found[urn] = nearest
    return found


def of_policy(proposed: Proposed, *, below_from: int) -> dict[int, bool]:
    """Return what the support categories of a policy expect: less than good from one of them on."""
    return {
        int(school.urn): int(proposed.concern[place]) >= below_from
        for place, school in enumerate(proposed.columns.schools)
        if proposed.covered[place] and int(proposed.concern[place]) != NO_CATEGORY
    }


def of_advisers(urns: Iterable[int], *, on: date) -> dict[int, bool]:
    """Return what advisers have on record about the next inspection, on a day."""
    kinds = {FactKind.EXPECTED_BELOW_GOOD.value: True, FactKind.EXPECTED_GOOD_OR_BETTER.value: False}
    facts = LocalFact.objects.filter(school_id__in=list(urns), kind__in=list(kinds), since__lte=on)
    found = facts.exclude(until__lt=on).order_by("since", "pk").values_list("school_id", "kind")
    return {urn: kinds[kind] for urn, kind in found}


def of_decisions(urns: Iterable[int], *, on: date) -> dict[int, bool]:
    """Return what final decisions in force on a day expect: less than good in the graver half."""
    decided = Decision.objects.filter(
        school_id__in=list(urns), final_on__lte=on, state__in=[State.FINAL, State.SUPERSEDED]
    ).order_by("final_on", "pk")
    return {each.school_id: 2 * each.concern >= len(each.categories) for each in decided}


def record(who: str, *, expected: Expected, found: Mapping[int, NextInspection]) -> Record:
    """Return how often what was expected was found."""
    pairs = [(below, found[urn].below_good) for urn, below in expected.items() if urn in found]
    return Record(
        who,
        schools=len(expected),
        inspected=len(pairs),
        agreed=sum(before == after for before, after in pairs),
        missed=sum(after and not before for before, after in pairs),
        over_called=sum(before and not after for before, after in pairs),
        found_below_good=sum(after for _, after in pairs),
    )


def share_in_words(found: Record) -> str:
    """Return the share that agreed with its interval; nothing where no school was inspected."""
    ends = found.interval
    if ends is None:
        return ""
    low, high = words.share(ends.low, whole=1), words.share(ends.high, whole=1)
    return f"{words.share(found.agreed, whole=found.inspected)} ({low} to {high})"


def below_from(categories: int) -> int:
    """Return the first of the graver half of so many support categories."""
    return (categories + 1) // 2


def _carried_on_by(urns: set[int]) -> dict[int, list[int]]:
    """Return by URN the URNs under which the same school was known later, in their order."""
    after: dict[int, int] = {}
    waiting = set(urns)
    while waiting:
        links = [(each.urn, each.predecessor_urn, each.relation) for each in register.links_of(waiting)]
        fresh = {before: urn for urn, before in plainly_before(links).items() if before not in after}
        after |= fresh
        waiting = set(fresh.values()) - urns
    found: dict[int, list[int]] = {}
    for urn in urns:
        at = urn
        while at in after and after[at] not in found.get(urn, ()):
            at = after[at]
            found.setdefault(urn, []).append(at)
    return found


def _first_told(every: Iterable[Inspection], *, after: date, until: date) -> NextInspection | None:
    for one in sorted(every, key=lambda each: each.inspected_on):
        framework = catalogues.frameworks().get(one.framework)
        answer = is_below_good(one, framework=framework)
        if after < one.inspected_on <= until and answer is not Answer.UNKNOWN:
            return NextInspection(one.inspected_on, answer is Answer.MET, one.outcome or "", one.framework)
    return None
