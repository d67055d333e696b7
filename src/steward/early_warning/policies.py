"""What may be done with events and concerns; each check raises a refusal a user can read."""

from datetime import date, timedelta

from steward.analysis.scoring.events import EventDefinition
from steward.early_warning.models.concerns import State
from steward.early_warning.steps import STEPS, Act
from steward.register import queries as register
from steward.register.models import School
from steward.vocabulary.phases import Standing

_LONGEST_AGO, _LONGEST_AHEAD = timedelta(days=1096), timedelta(days=366)
MOST_COUNTED = 999
"""No event of a school is about more pupils, complaints or exclusions."""


class NotPossible(Exception):
    """A change to an event or a concern was refused; the message says why and what to do."""


def check_may_record(definition: EventDefinition, *, role: str) -> None:
    """Raise NotPossible unless people with the role record events of this kind."""
    if role not in definition.recorded_by:
        raise NotPossible(
            f"“{definition.title}” is recorded by other roles. Raise a concern, or ask a senior adviser."
        )


def check_open(school: School) -> None:
    """Raise NotPossible where a school has closed; names the school that followed it."""
    if school.standing == Standing.CLOSED:
        raise NotPossible(
            f"{school.name} has closed: record it of a school that is open.{register.followed_by(school.urn)}"
        )


def check_since(since: date, *, today: date) -> None:
    """Raise NotPossible for a day that is too far from today to be of use."""
    if not today - _LONGEST_AGO <= since <= today + _LONGEST_AHEAD:
        raise NotPossible("An event began at most three years ago, or begins within a year: correct the day.")


def check_event(definition: EventDefinition, *, days: tuple[date, date], number: int | None) -> None:
    """Raise NotPossible for days in the wrong order or too far apart, or a count that is missing."""
    since, expires = days
    if expires < since:
        raise NotPossible("The event ends before it begins: give a later last day.")
    if expires - since > timedelta(days=2 * definition.lasts_days):
        raise NotPossible(
            f"An event of this kind lasts {definition.lasts_days} days unless it is recorded again; "
            f"at most {2 * definition.lasts_days} days may be given."
        )
    if definition.counted and not number:
        raise NotPossible("Say how many: only a number is recorded for an event of this kind.")
    if number is not None and not 1 <= number <= MOST_COUNTED:
        raise NotPossible(f"Say how many as a whole number from 1 to {MOST_COUNTED}.")


def after(state: State, *, act: Act, reason: str, passed_to: str) -> State:
    """Return the state after an act. Raises NotPossible for a step there is none, or one without a reason."""
    following = STEPS[state].get(act)
    if following is None:
        allowed = ", ".join(one.label.lower() for one in STEPS[state])
        raise NotPossible(f"A concern that is {state.label.lower()} can only go on by: {allowed}.")
    if not reason.strip():
        raise NotPossible("Say why: every step of a concern has its reason.")
    if act is Act.PASS_ON and not passed_to.strip():
        raise NotPossible("Say to whom the concern is passed on.")
    return following
