"""Which letter about a decision is to be sent now."""

from dataclasses import dataclass
from datetime import date

from steward.categorisation.models import Decision, LetterKind, Override
from steward.categorisation.queries.decisions import override_in_force
from steward.categorisation.steps import OverrideState, State


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter that is to be sent, and the override it tells of."""

    kind: LetterKind
    override: Override | None = None


def letter_due(decision: Decision, *, on: date) -> DueLetter | None:
    """Return the letter a school is to be sent on a day; None where there is none now.

    While an override is in force the school is told of that, and of the decision by the same letter.
    """
    if decision.state == State.MODERATED:
        return DueLetter(LetterKind.ASKS)
    if decision.state != State.FINAL:
        return None
    override = override_in_force(decision, on=on)
    if override is not None:
        told = override.letters.filter(kind=LetterKind.OVERRIDDEN).exists()
        return None if told else DueLetter(LetterKind.OVERRIDDEN, override)
    over = _ended_untold(decision, on=on)
    if over is not None:
        return DueLetter(LetterKind.OVERRIDE_ENDED, over)
    told = decision.letters.filter(kind=LetterKind.TELLS).exists()
    return None if told else DueLetter(LetterKind.TELLS)


def _ended_untold(decision: Decision, *, on: date) -> Override | None:
    """Return the newest override the school was told of, when it has ended and that was not told."""
    began = [OverrideState.IN_FORCE, OverrideState.LAPSED]
    told = decision.overrides.filter(state__in=began, expires_on__lt=on, letters__kind=LetterKind.OVERRIDDEN)
    newest = told.first()
    if newest is None or newest.letters.filter(kind=LetterKind.OVERRIDE_ENDED).exists():
        return None
    return newest
