"""Invented events and concerns of the sample, and the scores before and after them."""

from datetime import timedelta

from django.utils import timezone

from steward.access.models import Person
from steward.access.roles import Role
from steward.command.setup import ACTOR
from steward.early_warning.models.concerns import Level, Origin, Topic
from steward.early_warning.operations import concerns, events, scoring
from steward.early_warning.queries import scores
from steward.early_warning.steps import Act
from steward.register import queries as schools

_EVENTS = (
    (3, "head_leaving", 12, None, "Letter of the chair of governors"),
    (3, "staffing_concern", 6, None, "Four of fourteen class teachers are supply staff"),
    (3, "complaints", 3, 4, "Complaints service, about communication"),
    (8, "falling_roll", 40, 24, "Forecast of the admissions service"),
    (15, "governance_concern", 25, None, "Minutes: not quorate twice running"),
    (21, "financial_concern", 60, None, "Deficit without an agreed recovery plan, schools finance"),
)
"""Which school in the list, what, how many days ago, how many, and the evidence."""


def invent(authority: str) -> None:
    """Record events and concerns of a few schools once, with a score before and one after them."""
    person = Person.objects.filter(role=Role.SENIOR_ADVISER, is_active=True).order_by("pk").first()
    if person is None or scores.current_run(authority) is not None:
        return
    scoring.run(actor=ACTOR, authority=authority)
    listed = schools.schools_of(authority)
    for place, kind, ago, number, evidence in _EVENTS:
        since = timezone.localdate() - timedelta(days=ago)
        urn = listed[place % len(listed)].urn
        events.record(events.NewEvent(urn, kind, since, evidence, number=number), actor=person)
    _concerns([listed[place % len(listed)].urn for place in (3, 15, 21)], person=person)
    scoring.run(actor=ACTOR, authority=authority)


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
