"""Similar schools, officers' sets and neighbours on the pages, in the sample."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.evidence.queries import similar
from steward.pages.queries import similar_schools
from steward.register import operations
from steward.register.models import School
from steward.register.operations import Written
from steward.vocabulary.phases import Phase


def urns_of(phase, *, number=4):
    found = School.objects.filter(phase=phase, standing="open").order_by("urn")
    return [school.urn for school in found[:200] if similar.set_of(school.urn)][:number]


@pytest.fixture
def primary(sample_home):
    found = urns_of(Phase.PRIMARY)
    if not found:
        pytest.skip("The sample has too few primary schools for a set.")
    return found[0]


def test_a_set_has_each_school_once_and_never_itself(primary):
    found = similar.set_of(primary)
    assert len(set(found.urns)) == len(found.urns)
    assert primary not in found.urns
    assert [one.rank for one in found.schools] == list(range(1, len(found.urns) + 1))
    distances = [one.distance for one in found.schools]
    assert distances == sorted(distances)
    phases = set(School.objects.filter(urn__in=found.urns).values_list("phase", "standing"))
    assert phases == {("primary", "open")}


def test_the_page_says_why_and_the_file_has_the_same_schools(primary, client_of):
    client = client_of(Role.ADVISER)
    page = client.get(reverse("pages:school-similar", args=[primary])).content.decode()
    assert "Why these schools?" in page
    assert "What is left out, and why" in page
    answer = client.get(reverse("pages:school-similar-csv", args=[primary]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [int(row["urn"]) for row in rows] == [primary, *similar.set_of(primary).urns]
    assert rows[1]["closeness"] in page


def test_a_column_can_be_sorted_by(primary, client_of):
    client = client_of(Role.ADVISER)
    address = reverse("pages:school-similar", args=[primary])
    assert client.get(address, {"sort": "-roll"}).content != client.get(address, {"sort": "roll"}).content


def test_similar_schools_stand_first_beside_a_measure(primary, client_of):
    page = client_of(Role.ADVISER).get(reverse("pages:school-performance", args=[primary])).content.decode()
    assert "why these schools?" in page
    first = page.index("<dt>Similar schools")
    assert first < page.index("<dt>England", first)


def test_an_officers_set_takes_their_place_for_who_may_see_it(primary, client_of, person_with):
    officer = person_with(Role.HEAD_OF_SERVICE)
    chosen = Written("Ours", "To try", True, similar.set_of(primary).urns[:12])
    made = operations.make_set(chosen, on=date(2026, 3, 2), actor=officer)
    address = reverse("pages:school-performance", args=[primary])
    shown = client_of(Role.ADVISER).get(address, {"set": made.pk}).content.decode()
    assert "<dt>Ours" in shown
    hidden = client_of(Role.SCRUTINY_MEMBER).get(address, {"set": made.pk}).content.decode()
    assert "<dt>Ours" not in hidden


@pytest.mark.parametrize("asked", ["abc", "-1", "99999999999999999999", "4"])
def test_a_set_that_is_not_there_is_passed_over(primary, client_of, asked):
    answer = client_of(Role.ADVISER).get(reverse("pages:school-performance", args=[primary]), {"set": asked})
    assert answer.status_code == 200


def test_a_school_without_a_set_is_told_why(sample_home):
    nursery = School.objects.filter(phase="nursery").first()
    if nursery is None:
        pytest.skip("The sample has no nursery school.")
    found = similar_schools.why_set(nursery.urn, phase=Phase.NURSERY)
    assert found.schools == ()
    assert "primary, secondary" in found.why_none


def test_a_school_user_sees_the_set_but_opens_no_other_school(primary, client_of):
    client = client_of(Role.SCHOOL_USER, urn=primary)
    page = client.get(reverse("pages:school-similar", args=[primary])).content.decode()
    other = similar.set_of(primary).urns[0]
    assert f'href="/schools/{other}/"' not in page
    assert client.get(reverse("pages:school-similar", args=[other])).status_code == 403


def test_the_neighbours_of_an_authority_are_shown_or_said_to_be_missing(sample_home, client_of):
    school = School.objects.filter(standing="open").first()
    client = client_of(Role.SCHOOL_USER, urn=school.urn)
    answer = client.get(reverse("pages:neighbours", args=[school.authority_id]))
    assert answer.status_code == 200
    assert "How well does each list predict?" in answer.content.decode()
    assert "Variants tried before the last choices gave 0.917 to 0.945." in answer.content.decode()
    assert client.get(reverse("pages:neighbours", args=["999"])).status_code == 404


def test_a_measure_lists_the_schools_of_the_set_the_best_first(primary, client_of):
    client = client_of(Role.ADVISER)
    address = reverse("pages:school-measure", args=[primary, "absence"])
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Best among similar schools" in page
    assert (
        f'href="{address}"'
        in client.get(reverse("pages:school-performance", args=[primary])).content.decode()
    )
    unknown = reverse("pages:school-measure", args=[primary, "nothing"])
    assert client.get(unknown).status_code == 404
