"""People and a site for the tests of access."""

import pytest
from django.core.cache import cache
from django.test import Client

from steward.access import operations
from steward.access.models import Person
from steward.access.roles import Role
from steward.audit.operations import Program

PASSWORD = "correct horse battery staple"
COMMAND_LINE = Program("Command line")
OWN_SCHOOL, OTHER_SCHOOL = 107833, 107834


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.ROOT_URLCONF = "integration.access.addresses"
    settings.STATIC_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def add_person(db):
    def add(role: Role = Role.ADVISER, *, name: str = "", must_change: bool = False) -> Person:
        name = name or f"{role.label} {Person.objects.count() + 1}"
        email = name.replace(" ", ".") + "@Example.gov.uk"
        urn = OWN_SCHOOL if role is Role.SCHOOL_USER else None
        newcomer = operations.Newcomer(name, email, role, urn)
        return operations.add_person(newcomer, actor=COMMAND_LINE, password=PASSWORD, must_change=must_change)

    return add


@pytest.fixture
def signed_in(add_person):
    def sign_in(role: Role) -> Client:
        client = Client()
        client.force_login(add_person(role))
        return client

    return sign_in
