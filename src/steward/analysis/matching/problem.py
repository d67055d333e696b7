"""Schools in need, supporters, and what people have already settled: the question put to the solver."""

from dataclasses import dataclass, field
from enum import StrEnum

from steward.analysis.matching.weights import MatchingWeights, Urgency


@dataclass(frozen=True, slots=True)
class Need:
    """A school that needs support for a term.

    `weight` is how great the need is, from 0 to 1; `days` what one supporter would give; `group` the area
    or fifth of need within which fairness is judged; `must_cover` that the school is in the highest
    category of concern; `easting` and `northing` are metres of the national grid.
    """

    id: str
    phase: str
    urgency: Urgency
    weight: float
    days: float
    tags: frozenset[str] = frozenset()
    group: str = ""
    must_cover: bool = False
    trust: str = ""
    faith: str = ""
    easting: float | None = None
    northing: float | None = None
    vetoes: frozenset[str] = frozenset()
    """Supporters, trusts and faiths that this school will not work with."""
    target_groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Supporter:
    """Somebody who can support schools in a term.

    `strength` is the shrunken value added of the supporter by tag, in standard deviations of schools, with
    `spread` its standard deviation; `days` those still free.
    """

    id: str
    phases: frozenset[str]
    days: float
    cost_per_day: float
    strength: float
    spread: float
    tags: frozenset[str] = frozenset()
    trust: str = ""
    faith: str = ""
    easting: float | None = None
    northing: float | None = None
    conflicts: frozenset[str] = frozenset()
    """Needs and trusts that this supporter must not work with."""


class Bar(StrEnum):
    """Why a pair is not possible."""

    PHASE = "phase"
    DAYS = "days"
    VETO = "veto"
    CONFLICT = "conflict"
    DISTANCE = "distance"
    SAME_SCHOOL = "same_school"

    @property
    def words(self) -> str:
        """The reason as a clause."""
        return {
            Bar.PHASE: "does not work in this phase",
            Bar.DAYS: "has too few days free",
            Bar.VETO: "the school has ruled this supporter out",
            Bar.CONFLICT: "has a conflict of interest with the school",
            Bar.DISTANCE: "is too far away",
            Bar.SAME_SCHOOL: "is the school itself",
        }[self]


@dataclass(frozen=True, slots=True)
class Settled:
    """Pairs that people have fixed or forbidden, as (need, supporter)."""

    fixed: frozenset[tuple[str, str]] = frozenset()
    forbidden: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """The whole question. `likeness` is how alike two intakes are, from 0 to 1, where it is known.

    `budget` is in pounds; None is no limit.
    """

    needs: tuple[Need, ...]
    supporters: tuple[Supporter, ...]
    weights: MatchingWeights
    likeness: dict[tuple[str, str], float] = field(default_factory=dict)
    budget: float | None = None
    settled: Settled = Settled()


class ProblemFault(ValueError):
    """The question cannot be put; the message says what is wrong."""


def refuse_faults(problem: Problem) -> None:
    """Raise ProblemFault where ids repeat, a settled pair is unknown, or a number is impossible."""
    needs = [need.id for need in problem.needs]
    supporters = [supporter.id for supporter in problem.supporters]
    for known, what in ((needs, "need"), (supporters, "supporter")):
        twice = sorted({one for one in known if known.count(one) > 1}) if len(set(known)) < len(known) else []
        if twice:
            raise ProblemFault(f"The {what} '{twice[0]}' is there twice.")
    for need, supporter in problem.settled.fixed | problem.settled.forbidden:
        if need not in needs or supporter not in supporters:
            raise ProblemFault(f"'{need}' with '{supporter}' is settled, but one of them is not in the list.")
    both = problem.settled.fixed & problem.settled.forbidden
    if both:
        need, supporter = min(both)
        raise ProblemFault(f"'{need}' with '{supporter}' is both fixed and forbidden.")
    for one in problem.needs:
        if not (0 <= one.weight <= 1 and one.days > 0):
            raise ProblemFault(f"The need '{one.id}' must weigh between 0 and 1 and ask for days.")
