"""Which schools another policy would move, and why; and how many are in each support category."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.rules.columnar.evaluating import NO_CATEGORY, Proposed, propose_all
from steward.analysis.rules.proposals import Rulebook, evaluate
from steward.categorisation.workbench.evidence import Ground
from steward.categorisation.working_out import NOT_SETTLED, first_reason
from steward.vocabulary.phases import Governance, Phase

NOT_MEANT = "Policy not meant for it"


class Towards(StrEnum):
    """Whether a school moves towards more concern."""

    MORE = "more concern"
    LESS = "less concern"
    OTHER = "not comparable"


@dataclass(frozen=True, slots=True)
class Look:
    """Two policies asked about the same schools on the same day."""

    ground: Ground
    before: Rulebook
    after: Rulebook
    was: Proposed
    is_: Proposed


@dataclass(frozen=True, slots=True)
class Mover:
    """A school that would be in another support category, with the reason under each policy."""

    urn: int
    name: str
    phase: Phase
    before: str
    after: str
    towards: Towards
    why_before: str
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many schools each policy proposes for a support category, in all and by phase."""

    label: str
    concern: int | None
    before: int | None
    """None where the policy has no such category."""
    after: int | None
    by_phase: dict[Phase, tuple[int, int]]


def look(before: Rulebook, after: Rulebook, *, on: Ground) -> Look:
    """Return both policies asked about the schools."""
    was = propose_all(before, columns=on.columns)
    return Look(on, before, after, was, propose_all(after, columns=on.columns))


def places_moved(found: Look) -> list[int]:
    """Return the places of the schools that would move, more concern first and then by name."""
    moved = [
        place
        for place in range(len(found.ground.columns))
        if _label(found.before, found.was, place=place) != _label(found.after, found.is_, place=place)
    ]
    order = list(Towards)
    return sorted(
        moved,
        key=lambda place: (order.index(towards_of(found, place=place)), name_of(found, place=place)),
    )


def name_of(found: Look, *, place: int) -> str:
    """Return the name of the school at a place."""
    return found.ground.schools[int(found.ground.columns.schools[place].urn)].name


def mover(found: Look, *, place: int) -> Mover:
    """Return one school that moves, with reasons: each policy is asked about it alone."""
    evidence = found.ground.columns.schools[place]
    school = found.ground.schools[int(evidence.urn)]
    return Mover(
        urn=school.urn,
        name=school.name,
        phase=evidence.phase,
        before=_label(found.before, found.was, place=place),
        after=_label(found.after, found.is_, place=place),
        towards=towards_of(found, place=place),
        why_before=_why(found.before, found.was, place=place),
        why=_why(found.after, found.is_, place=place),
    )


def counts(found: Look) -> list[Count]:
    """Return the counts by support category, most concern first, then what is not settled."""
    before, after = _by_label(found.was, found.before), _by_label(found.is_, found.after)
    named = _labels(found)
    return [_count(label, concern, before=before, after=after) for label, concern in named]


def by_towards(found: Look, *, places: list[int]) -> dict[Towards, int]:
    """Return how many move which way."""
    told = Counter(towards_of(found, place=place) for place in places)
    return {each: told[each] for each in Towards if told[each]}


def same_scheme(found: Look) -> bool:
    """Return whether both policies have the same support categories in the same order."""
    keys = [[each.key for each in book.ruleset.categories] for book in (found.before, found.after)]
    return keys[0] == keys[1]


def _labels(found: Look) -> Iterator[tuple[str, int | None]]:
    seen: set[str] = set()
    for book in (found.after, found.before):
        for concern, category in reversed(list(enumerate(book.ruleset.categories))):
            if category.label not in seen:
                seen.add(category.label)
                yield category.label, concern
    yield NOT_SETTLED, None


def _count(
    label: str,
    concern: int | None,
    *,
    before: dict[str, Counter[Phase]],
    after: dict[str, Counter[Phase]],
) -> Count:
    was, is_ = before.get(label), after.get(label)
    nobody: Counter[Phase] = Counter()
    pairs = {phase: ((was or nobody)[phase], (is_ or nobody)[phase]) for phase in Phase}
    return Count(
        label,
        concern,
        None if was is None else was.total(),
        None if is_ is None else is_.total(),
        {phase: pair for phase, pair in pairs.items() if any(pair)},
    )


def _by_label(proposed: Proposed, book: Rulebook) -> dict[str, Counter[Phase]]:
    labels = [each.label for each in book.ruleset.categories]
    found: dict[str, Counter[Phase]] = {label: Counter() for label in (*labels, NOT_SETTLED)}
    for place, school in enumerate(proposed.columns.schools):
        if proposed.covered[place]:
            concern = int(proposed.concern[place])
            found[NOT_SETTLED if concern == NO_CATEGORY else labels[concern]][school.phase] += 1
    return found


def _label(book: Rulebook, proposed: Proposed, *, place: int) -> str:
    if not proposed.covered[place]:
        return NOT_MEANT
    key = proposed.category(place)
    governance = Governance(proposed.columns.schools[place].governance)
    return NOT_SETTLED if key is None else book.ruleset.label_for(key, governance=governance)


def towards_of(found: Look, *, place: int) -> Towards:
    """Return which way a school moves; not comparable between two schemes, or where one is not settled."""
    was, is_ = int(found.was.concern[place]), int(found.is_.concern[place])
    both = found.was.covered[place] and found.is_.covered[place]
    if not both or NO_CATEGORY in (was, is_) or not same_scheme(found) or was == is_:
        return Towards.OTHER
    return Towards.MORE if is_ > was else Towards.LESS


def _why(book: Rulebook, proposed: Proposed, *, place: int) -> str:
    if not proposed.covered[place]:
        return ""
    found = evaluate(book, school=proposed.columns.schools[place])
    return first_reason(found, best=book.ruleset.best.key)
