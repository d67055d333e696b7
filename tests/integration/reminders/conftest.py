"""A school with things that are due, and people who are told of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.early_warning.models import Concern
from steward.register.models import Authority, School

NAME = "Ash Grove School"


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def school(db) -> School:
    authority = Authority.objects.create(code="399", name="Aldermere")
    return School.objects.create(
        urn=100001,
        authority=authority,
        name=NAME,
        phase="primary",
        governance="maintained",
        standing="open",
        as_at=timezone.localdate(),
        release="register",
    )


@pytest.fixture
def head(person_with):
    return person_with(Role.HEAD_OF_SERVICE)


@pytest.fixture
def concern_due(school, head):
    """Return a function that raises a concern whose next step is due in some days."""

    def raise_concern(days, **changed) -> Concern:
        given = {
            "school": school,
            "topic": "safeguarding",
            "origin": "visit",
            "level": "serious",
            "facts": "Said by the governors.",
            "next_step_by": in_days(days),
            "raised_on": in_days(-5),
            "raised_at": timezone.now(),
            "raised_by": head,
            "raised_by_name": head.name,
        }
        return Concern.objects.create(**given | changed)

    return raise_concern
