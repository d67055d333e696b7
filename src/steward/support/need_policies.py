"""What may be done with needs; each check raises a refusal a user can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from steward.evidence import catalogues
from steward.register import queries as register
from steward.support import definitions
from steward.support.models import Origin, Urgency
from steward.support.policies import MOST_DAYS, NotPossible
from steward.support.steps import NEED_STEPS, NeedAct, NeedState, need_after
from steward.support.terms import term_of
from steward.vocabulary.phases import Phase


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What is said of a need; `days` of one supporter."""

    urn: int
    origin: Origin
    objective: str
    tags: tuple[str, ...]
    urgency: Urgency
    term: str
    days: Decimal
    funder: str
    phase: str = ""
    """The phase; empty for that of the school."""
    target_groups: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    decision_id: int | None = None
    concern_id: int | None = None


def check_facts(facts: NeedFacts) -> None:
    """Raise NotPossible with the first thing that is wrong with what is said of a need."""
    for fault in _faults(facts):
        raise NotPossible(fault)


def _faults(facts: NeedFacts) -> Iterator[str]:
    if register.school(facts.urn) is None:
        yield f"There is no school with the URN {facts.urn} in the register. Check the number."
    if not facts.objective.strip():
        yield "Say what is to be reached, and how one will see it."
    if term_of(facts.term) is None:
        yield "Say in which term the support is to begin."
    if not 0 < facts.days <= MOST_DAYS:
        yield f"{facts.days} days cannot be: give more than 0 and at most {MOST_DAYS}."
    if not facts.funder.strip():
        yield "Say who pays: the council, a fund, or the school."
    yield from _unlisted(facts)


def _unlisted(facts: NeedFacts) -> Iterator[str]:
    """Yield what is named but in no definition."""
    tags, groups = definitions.specialisms().labels(), catalogues.groups()
    if not facts.tags:
        yield "Say what the support is about: at least one specialism."
    unknown = [tag for tag in facts.tags if tag not in tags]
    unknown += [group for group in facts.target_groups if group not in groups]
    if unknown:
        yield f"'{unknown[0]}' is neither a specialism nor a group of pupils."
    if facts.phase and facts.phase not in [phase.value for phase in Phase]:
        yield f"'{facts.phase}' is no phase."


def after(act: NeedAct, *, state: NeedState | None) -> NeedState:
    """Return the state of a need after an act. Raises NotPossible where it cannot be done."""
    following = need_after(act, state=state)
    if following is None:
        may_be = {one.label.lower() for step in NEED_STEPS if step.act == act for one in step.before if one}
        raise NotPossible(
            f"The need is “{state.label if state else 'not there yet'}”: “{act.label}” is possible when "
            f"it is {' or '.join(sorted(may_be))}."
        )
    return following
