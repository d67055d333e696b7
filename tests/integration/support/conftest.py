"""A school, officers, a provider and a need, as tests of support use them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.register import queries as register
from steward.support.models import Origin, Urgency
from steward.support.need_policies import NeedFacts
from steward.support.operations import needs, providers, supply
from steward.support.policies import ProviderFacts
from steward.support.terms import term_on

TERM = term_on(timezone.localdate())


@pytest.fixture
def schools(sample_home):
    return [one for one in register.schools_of(sample_home.authority) if one.phase == "primary"]


@pytest.fixture
def school(schools):
    return schools[0]


@pytest.fixture
def adviser(person_with):
    return person_with(Role.ADVISER)


@pytest.fixture
def make_provider(schools, adviser):
    """Return a function that adds a provider of the second school, with days in the present term."""

    def make(name="Ada Partner", *, home=None, days="10", **changed):
        given = {"name": name, "kind": "partner_headteacher", "cost_per_day": Decimal(350)}
        given |= {"phases": ("primary",), "specialisms": ("phonics", "leadership")}
        facts = ProviderFacts(**(given | {"urn": (home or schools[1]).urn} | changed))
        made = providers.add(facts, authority=schools[0].authority_id, reason="Offered", actor=adviser)
        supply.offer_days(made.pk, days={TERM: Decimal(days)}, reason="Agreed", actor=adviser)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def make_need(school, adviser):
    """Return a function that records a need, of the first school unless another is given."""

    def make(*, at=None, actor=None, **changed):
        facts = NeedFacts(
            urn=(at or school).urn,
            origin=Origin.OFFICER,
            objective="Phonics check from 60 to 75 percent by July",
            tags=("phonics",),
            urgency=Urgency.SOON,
            term=TERM.key,
            days=Decimal(4),
            funder="The council",
        )
        return needs.record(replace(facts, **changed), actor=actor or adviser)

    return make
