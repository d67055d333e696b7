"""Invented events and concerns of the sample, and the scores before and after them."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from steward.access.models import Person
from steward.access.roles import Role
from steward.command.setup import ACTOR
from steward.early_warning import definitions
from steward.early_warning.models import LiveEvent
from steward.early_warning.models.concerns import Level, Origin, Topic
from steward.early_warning.operations import concerns, events, scoring
from steward.early_warning.queries import scores
from steward.early_warning.steps import Act
from steward.regimes.half_terms import half_term_of
from steward.register import queries as schools
from steward.register.models import School

_EVENTS = (
    (3, "head_leaving", 12, None, "Letter of the chair of governors"),
    (3, "staffing_concern", 6, None, "Four of fourteen class teachers are supply staff"),
    (3, "complaints", 3, 4, "Complaints service, about communication"),
    (8, "falling_roll", 40, 24, "Forecast of the admissions service"),
    (15, "governance_concern", 25, None, "Minutes: not quorate twice running"),
    (21, "financial_concern", 60, None, "Deficit without an agreed recovery plan, schools finance"),
    (
        27,
        "exclusions_spike",
        10,
        9,
        "Exclusions service: nine, two in this half term a year ago",
    ),
    (33, "safeguarding_concern", 8, None, "Case 1182 of the safeguarding service"),
    (39, "inspection_announced", 1, None, "The head telephoned"),
)
"""Which school in the list, what, how many days ago, how many, and the evidence."""
_ENDED = ((11, "no_head_in_post", 90, None, "Letter of the chair of governors"),)
"""What is on record when the first score is worked out, and ends before the second."""
_TALKED_ABOUT = 3
"""The school whose events all begin in this half term, so that it is talked about."""


def invent(authority: str) -> None:
    """Record events and concerns of a few schools once, with a score before and one after them."""
    person = Person.objects.filter(role=Role.SENIOR_ADVISER, is_active=True).order_by("pk").first()
    if person is None or scores.current_run(authority) is not None:
        return
    listed = schools.schools_of(authority)
    ended = [_recorded(one, listed=listed, person=person) for one in _ENDED]
    scoring.run(actor=ACTOR, authority=authority)
    yesterday = timezone.localdate() - timedelta(days=1)
    for event in ended:
        events.end(event.pk, last_day=yesterday, reason="A permanent head was appointed", actor=person)
    for one in _EVENTS:
        _recorded(one, listed=listed, person=person)
    _concerns([listed[place % len(listed)].urn for place in (3, 15, 21)], person=person)
    scoring.run(actor=ACTOR, authority=authority)


def _recorded(
    one: tuple[int, str, int, int | None, str], *, listed: Sequence[School], person: Person
) -> LiveEvent:
    place, kind, ago, number, evidence = one
    today = timezone.localdate()
    since = today - timedelta(days=ago)
    if place == _TALKED_ABOUT:
        since = max(since, half_term_of(today, terms=definitions.half_terms()).begins)
    urn = listed[place % len(listed)].urn
    return events.record(events.NewEvent(urn, kind, since, evidence, number=number), actor=person)


def _concerns(urns: list[int], *, person: Person) -> None:
    leading, governing, paying = urns
    new = (
        concerns.NewConcern(
            leading, Topic.LEADERSHIP, Origin.SERVICE, Level.SERIOUS, "The head leaves; staffing is thin."
        ),
        concerns.NewConcern(
            governing, Topic.GOVERNANCE, Origin.GOVERNOR, Level.CONCERN, "The board was not quorate twice."
        ),
        concerns.NewConcern(
            paying, Topic.FINANCE, Origin.SERVICE, Level.WATCH, "A deficit without an agreed plan."
        ),
    )
    first, second, third = (concerns.raise_concern(one, actor=person) for one in new)
    step = concerns.Step(Act.ASSESS, "Visit agreed with the chair")
    concerns.take(first.pk, step=step, seen=first.state, actor=person)
    taken = concerns.Step(Act.ASSESS, "Clerk asked for the plan of meetings")
    second = concerns.take(second.pk, step=taken, seen=second.state, actor=person)
    up = concerns.Step(Act.TAKE_UP, "A review of governance is offered and accepted")
    concerns.take(second.pk, step=up, seen=second.state, actor=person)
    passed = concerns.Step(Act.PASS_ON, "Schools finance leads", passed_to="Schools finance")
    concerns.take(third.pk, step=passed, seen=third.state, actor=person)
