"""Officers' own sets of schools: made, changed by their owner, copied, retired, never deleted."""

from datetime import date

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.audit import queries as audit
from steward.register import operations, queries
from steward.register.models import School, SchoolSet, SetMember
from steward.register.operations import Written
from steward.register.policies import MOST_SCHOOLS, CannotKeepSet
from steward.register.views import sets

DAY, LATER = date(2026, 3, 2), date(2026, 4, 1)


@pytest.fixture
def urns(sample_home):
    return list(School.objects.order_by("urn").values_list("urn", flat=True)[:40])


@pytest.fixture
def officer(person_with):
    return person_with(Role.ADVISER)


def written(urns, *, name="Large primaries", shared=False):
    return Written(name, "Where many languages are spoken", shared, tuple(urns))


def present(school_set):
    return [school.urn for school in queries.members_of(school_set)]


def test_a_set_is_kept_and_recorded(urns, officer):
    made = operations.make_set(written(urns[:3]), on=DAY, actor=officer)
    assert sorted(present(made)) == urns[:3]
    event = audit.events_about("school set", subject_id=made.pk).first()
    assert (event.verb, event.details["schools"]) == ("register.school_set.made", urns[:3])


def test_a_set_names_its_closed_schools(sample_home):
    closed = School.objects.filter(standing="closed").order_by("urn").first()
    assert closed is not None
    still_open = list(School.objects.filter(standing="open").order_by("urn")[:2])
    assert sets.closed_sentence(still_open) == ""
    assert f"{closed.name} ({closed.urn}) is closed" in sets.closed_sentence([*still_open, closed])


def test_a_school_that_leaves_a_set_is_kept_with_its_dates(urns, officer):
    made = operations.make_set(written(urns[:3]), on=DAY, actor=officer)
    operations.change_set(made.pk, written=written(urns[1:4]), on=LATER, actor=officer)
    assert sorted(present(made)) == urns[1:4]
    left = SetMember.objects.get(school_set=made, school_id=urns[0])
    assert (left.since, left.until) == (DAY, LATER)


def test_only_the_owner_changes_a_set(urns, officer, person_with):
    made = operations.make_set(written(urns[:3], shared=True), on=DAY, actor=officer)
    other = person_with(Role.SENIOR_ADVISER)
    with pytest.raises(CannotKeepSet, match="Make a copy"):
        operations.change_set(made.pk, written=written(urns[:2]), on=LATER, actor=other)
    with pytest.raises(CannotKeepSet, match="Make a copy"):
        operations.retire_set(made.pk, on=LATER, actor=other)


@pytest.mark.parametrize(
    ("count", "extra", "sentence"),
    [(0, (), "at least one"), (MOST_SCHOOLS + 1, (), "up to 30"), (1, (999999,), "999999")],
)
def test_a_set_of_none_too_many_or_unknown_schools_is_refused(urns, officer, count, extra, sentence):
    with pytest.raises(CannotKeepSet, match=sentence):
        operations.make_set(written([*urns[:count], *extra]), on=DAY, actor=officer)
    assert not SchoolSet.objects.exists()


def test_a_second_set_of_the_same_name_is_refused_until_the_first_is_retired(urns, officer):
    made = operations.make_set(written(urns[:3]), on=DAY, actor=officer)
    with pytest.raises(CannotKeepSet, match="already have a set"):
        operations.make_set(written(urns[:2]), on=DAY, actor=officer)
    operations.retire_set(made.pk, on=LATER, actor=officer)
    assert operations.make_set(written(urns[:2]), on=LATER, actor=officer).pk != made.pk
    assert SchoolSet.objects.get(pk=made.pk).retired_on == LATER


def test_others_see_only_shared_sets(urns, officer, person_with):
    mine = operations.make_set(written(urns[:3]), on=DAY, actor=officer)
    shared = operations.make_set(written(urns[:3], name="Shared", shared=True), on=DAY, actor=officer)
    other = person_with(Role.SENIOR_ADVISER)
    assert set(queries.sets_visible_to(officer)) == {mine, shared}
    assert set(queries.sets_visible_to(other)) == {shared}
    assert not queries.sets_visible_to(person_with(Role.SCRUTINY_MEMBER)).exists()


def test_an_officer_makes_changes_copies_and_retires_a_set(urns, client_of):
    client = client_of(Role.ADVISER)
    assert "There is no set yet" in client.get(reverse("register:sets")).content.decode()
    given = {"name": "Ours", "purpose": "To try", "shared": "everybody", "urns": " ".join(map(str, urns[:3]))}
    answer = client.post(reverse("register:add-set"), given, follow=True)
    assert "Ours is kept" in answer.content.decode()
    key = SchoolSet.objects.get().pk
    answer = client.post(reverse("register:change-set", args=[key]), {**given, "urns": "abc"})
    assert "abc" in answer.content.decode()
    client.post(reverse("register:change-set", args=[key]), {**given, "urns": str(urns[5])})
    assert present(SchoolSet.objects.get()) == [urns[5]]
    assert "Copy of Ours" in client.get(reverse("register:copy-set", args=[key])).content.decode()
    as_csv = client.get(reverse("register:set-csv", args=[key])).content.decode("utf-8-sig")
    assert as_csv.splitlines()[1].startswith(str(urns[5]))
    client.post(reverse("register:retire-set", args=[key]))
    assert client.get(reverse("register:set", args=[key])).status_code == 404


@pytest.mark.parametrize("role", [Role.SCRUTINY_MEMBER, Role.SCHOOL_USER])
def test_who_may_not_make_sets_is_refused(urns, client_of, role):
    client = client_of(role, urn=urns[0] if role is Role.SCHOOL_USER else None)
    assert client.get(reverse("register:sets")).status_code == 403


def test_a_private_set_of_somebody_else_is_not_found(urns, officer, client_of):
    made = operations.make_set(written(urns[:3]), on=DAY, actor=officer)
    assert client_of(Role.SENIOR_ADVISER).get(reverse("register:set", args=[made.pk])).status_code == 404
