"""The whole table of who may do what, cell by cell; a change of it must be made here as well."""

import pytest
from django.contrib.auth.models import AnonymousUser

from steward.access.models import Person
from steward.access.permissions import GRANTS, Permission, may, reach, sentences
from steward.access.roles import CLEARANCE, Role, Scope

TABLE = """
                        administrator data_officer adviser senior_adviser head_of_service scrutiny_member school_user
view_published_figures  all           all          all     all            all             all             own
view_area_figures       all           all          all     all            all             all             all
view_school_lists       all           all          all     all            all             all             -
view_own_school         all           all          all     all            all             all             own
view_proposals          all           all          all     all            all             -               -
view_early_warning      all           all          all     all            all             -               -
record_concerns         all           all          all     all            all             -               -
view_releases           all           all          all     all            all             all             all
manage_releases         all           all          -       -              -               -               -
export_lists            all           all          all     all            all             -               -
manage_sets             all           all          all     all            all             -               -
view_policy             all           all          all     all            all             all             all
edit_policy             -             -            -       all            all             -               -
approve_policy          -             -            -       -              all             -               -
view_school_groups      all           all          all     all            all             -               own
view_group_crossings    -             all          -       all            all             -               -
view_assessments        all           all          all     all            all             all             -
write_assessments       all           all          all     all            all             -               -
decide_assessments      -             -            -       -              all             -               -
view_decisions          all           all          all     all            all             -               -
propose_decisions       -             -            all     all            all             -               -
moderate_decisions      -             -            -       all            all             -               -
share_decisions         -             -            -       all            all             -               -
look_again              -             -            -       all            all             -               -
finalise_decisions      -             -            -       -              all             -               -
override_decisions      -             -            -       all            all             -               -
disclose_decisions      -             -            -       all            all             -               -
answer_decision         -             -            -       -              -               -               own
view_support            all           all          all     all            all             -               -
broker_support          -             -            all     all            all             -               -
agree_support           -             -            -       all            all             -               -
take_part_in_support    -             -            -       -              -               -               own
view_audit              all           -            -       -              all             -               -
manage_people           all           -            -       -              -               -               -
"""  # noqa: E501 - a table is read best in one piece
SCOPES = {"all": Scope.ALL, "own": Scope.OWN_SCHOOL, "-": None}


def _cells():
    lines = TABLE.strip().splitlines()
    roles = lines[0].split()
    for line in lines[1:]:
        permission, *held = line.split()
        yield from (
            (Role(role), Permission(permission), SCOPES[scope])
            for role, scope in zip(roles, held, strict=True)
        )


@pytest.mark.parametrize(("role", "permission", "scope"), list(_cells()))
def test_each_role_holds_each_permission_as_written(role, permission, scope):
    assert GRANTS[role].get(permission) == scope


def test_the_table_names_every_role_and_permission():
    cells = list(_cells())
    assert {role for role, _, _ in cells} == set(Role) == set(GRANTS) == set(CLEARANCE)
    assert {permission for _, permission, _ in cells} == set(Permission)


@pytest.mark.parametrize("role", list(Role))
def test_no_permission_goes_beyond_what_the_role_is_cleared_for(role):
    assert {permission.marking for permission in GRANTS[role]} <= CLEARANCE[role]


def test_a_school_user_reaches_the_own_school_only():
    person = Person(role=Role.SCHOOL_USER, school_urn=107833)
    assert may(person, Permission.VIEW_OWN_SCHOOL, urn=107833)
    assert not may(person, Permission.VIEW_OWN_SCHOOL, urn=107834)
    assert not may(person, Permission.VIEW_OWN_SCHOOL)
    assert not may(person, Permission.VIEW_PROPOSALS, urn=107833)


def test_nobody_and_those_whose_access_ended_may_do_nothing():
    for permission in Permission:
        assert not may(AnonymousUser(), permission)
        assert not may(Person(role=Role.ADMINISTRATOR, is_active=False), permission)


def test_a_permission_over_assigned_schools_reaches_those_only(monkeypatch):
    monkeypatch.setitem(GRANTS[Role.ADVISER], Permission.MANAGE_RELEASES, Scope.ASSIGNED)
    found = reach(Person(role=Role.ADVISER), Permission.MANAGE_RELEASES, assigned=[1, 2])
    assert found.covers(1)
    assert not found.covers(3)
    assert not found.covers(None)


def test_the_table_reads_as_prose():
    assert sentences(Role.SCHOOL_USER) == [
        "School users may see published figures of a school, for their own school only.",
        "School users may see figures of areas and what each indicator means.",
        "School users may open the page of a school, for their own school only.",
        "School users may see which files were loaded and how they were checked.",
        "School users may read the policy by which schools are proposed.",
        "School users may see figures of groups of pupils of a school, for their own school only.",
        (
            "School users may read the letters about the support category of a school and answer them, "
            "for their own school only."
        ),
        "School users may ask for, offer, sign and review support, for their own school only.",
    ]
