"""What may be done with providers; each check raises a refusal a user can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from steward.register import queries as register
from steward.support import definitions
from steward.support.models import Provider
from steward.support.steps import PROVIDER_STEPS, ProviderAct, ProviderState, provider_after
from steward.vocabulary.phases import Phase

MOST_DAYS = Decimal(80)
"""A term has fewer school days than this."""


class NotPossible(Exception):
    """A change to support was refused; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What is said of a provider. `cost_per_day` in pounds; the grid in metres."""

    name: str
    kind: str
    cost_per_day: Decimal
    phases: tuple[str, ...]
    specialisms: tuple[str, ...] = ()
    urn: int | None = None
    trust: str = ""
    faith: str = ""
    easting: int | None = None
    northing: int | None = None
    references: str = ""


def faults_of(facts: ProviderFacts) -> tuple[str, ...]:
    """Return what is wrong with what is said of a provider, as sentences; empty when nothing is."""
    return tuple(_faults(facts))


def _faults(facts: ProviderFacts) -> Iterator[str]:
    kinds = {one.key: one for one in definitions.provider_kinds().kinds}
    kind = kinds.get(facts.kind)
    if not facts.name.strip():
        yield "The name is missing: say who or what the provider is."
    if kind is None:
        yield f"'{facts.kind}' is no kind of provider. Use one of: {', '.join(kinds)}."
    elif kind.school and facts.urn is None:
        yield f"A provider of the kind “{kind.label}” belongs to a school: give its URN."
    if facts.urn is not None and register.school(facts.urn) is None:
        yield f"There is no school with the URN {facts.urn} in the register. Check the number."
    if facts.cost_per_day < 0:
        yield "The cost of a day is below nothing: give pounds a day, 0 where it is free."
    if not facts.phases:
        yield "No phase is given: say in which phases the provider works."
    yield from _unknown("phase", facts.phases, known=[phase.value for phase in Phase])
    yield from _unknown("specialism", facts.specialisms, known=list(definitions.specialisms().labels()))
    if (facts.easting is None) != (facts.northing is None):
        yield "Easting and northing go together: give both or neither."


def _unknown(what: str, given: tuple[str, ...], *, known: list[str]) -> Iterator[str]:
    for one in given:
        if one not in known:
            yield f"'{one}' is no {what}. Use some of: {', '.join(known)}."


def check_facts(facts: ProviderFacts) -> None:
    """Raise NotPossible with the first thing that is wrong with what is said of a provider."""
    for fault in faults_of(facts):
        raise NotPossible(fault)


def check_reason(reason: str) -> None:
    """Raise NotPossible without a reason."""
    if not reason.strip():
        raise NotPossible("Say why: every change is kept with its reason.")


def check_unchanged(provider: Provider, *, seen: int) -> None:
    """Raise NotPossible when the provider was changed since a form was opened."""
    if provider.changes != seen:
        raise NotPossible(
            f"Somebody changed {provider.name} while you were writing. What you typed is kept below: open "
            "the provider in another window, see what changed, and save again."
        )


def after(act: ProviderAct, *, state: ProviderState | None) -> ProviderState:
    """Return the state of a provider after an act. Raises NotPossible where it cannot be done."""
    following = provider_after(act, state=state)
    if following is None:
        may_be = {
            one.label.lower() for step in PROVIDER_STEPS if step.act == act for one in step.before if one
        }
        raise NotPossible(
            f"The provider is {state.label.lower() if state else 'not there yet'}: “{act.label}” is possible "
            f"when it is {' or '.join(sorted(may_be))}."
        )
    return following


def check_name_is_free(facts: ProviderFacts, *, authority: str, but: int | None = None) -> None:
    """Raise NotPossible when a provider of the kind with the name is there and has not ended."""
    others = Provider.objects.filter(authority_id=authority, name=facts.name.strip(), kind=facts.kind)
    if but is not None:
        others = others.exclude(pk=but)
    if others.exclude(state=ProviderState.ENDED).exists():
        raise NotPossible(f"{facts.name.strip()} is a provider of this kind already. Open and change it.")


def check_days(days: Decimal) -> None:
    """Raise NotPossible for more days than a term has, or fewer than none."""
    if not 0 <= days <= MOST_DAYS:
        raise NotPossible(f"{days} days cannot be: a term has from 0 to {MOST_DAYS} days.")


def check_span(since: date, until: date | None) -> None:
    """Raise NotPossible when the last day is before the first."""
    if until is not None and until < since:
        raise NotPossible("The last day is before the first: give a later one.")
