"""The question of a plan, from needs and providers to the solver's words and back from its text."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from steward.analysis.matching.problem import Need, Problem, Settled, Supporter
from steward.analysis.matching.weights import MatchingWeights

_SETS = ("tags", "vetoes", "target_groups", "phases", "conflicts")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question with the names of who is in it, by id."""

    problem: Problem
    names: dict[str, str]


def need_id(key: int) -> str:
    """Return the id of a need in a question."""
    return f"need-{key}"


def provider_id(key: int) -> str:
    """Return the id of a provider in a question."""
    return f"provider-{key}"


def key_of(identity: str) -> int:
    """Return the key in an id."""
    return int(identity.partition("-")[2])


def text_of(asked: Asked) -> str:
    """Return the question as text, the same for the same question."""
    problem = asked.problem
    plain = {
        "needs": [_plain(asdict(one)) for one in problem.needs],
        "supporters": [_plain(asdict(one)) for one in problem.supporters],
        "weights": problem.weights.model_dump(mode="json"),
        "likeness": [[*pair, share] for pair, share in sorted(problem.likeness.items())],
        "budget": problem.budget,
        "fixed": sorted(map(list, problem.settled.fixed)),
        "forbidden": sorted(map(list, problem.settled.forbidden)),
        "names": asked.names,
    }
    return json.dumps(plain, sort_keys=True)


def question_from(text: str) -> Asked:
    """Return the question that a text holds."""
    plain = json.loads(text)
    problem = Problem(
        needs=tuple(Need(**_sets(one)) for one in plain["needs"]),
        supporters=tuple(Supporter(**_sets(one)) for one in plain["supporters"]),
        weights=MatchingWeights.model_validate(plain["weights"]),
        likeness={(need, supporter): share for need, supporter, share in plain["likeness"]},
        budget=plain["budget"],
        settled=Settled(
            fixed=frozenset((need, supporter) for need, supporter in plain["fixed"]),
            forbidden=frozenset((need, supporter) for need, supporter in plain["forbidden"]),
        ),
    )
    return Asked(problem, plain["names"])


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(one) if isinstance(one, frozenset) else one for name, one in values.items()}


def _sets(values: dict[str, Any]) -> dict[str, Any]:
    return {name: frozenset(one) if name in _SETS else one for name, one in values.items()}
