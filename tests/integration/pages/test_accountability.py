"""How schools stood against national measures: what each role sees; nothing missing reads as good."""

import csv
import io
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from steward.access.roles import Role
from steward.analysis.accountability.catalogue import standards
from steward.analysis.accountability.standards import Answer, judge
from steward.audit.models import AuditEvent
from steward.evidence.queries.figures import Figure
from steward.pages.queries import accountability, area_accountability, school
from steward.pages.views import accountability_parts, area_accountability_parts
from steward.register.models import School
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known, Missing, Reason, Value


def _figure(code: str, year: int, value: Value) -> Figure:
    return Figure(100000, code, year, value, "final", "a-release", 2, preferred=True)


def _book(year: int, **values: Value) -> accountability.Book:
    return {(code, year): _figure(code, year, value) for code, value in values.items()}


def _open(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"pages:{name}", args=args))
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def a_secondary(sample_home):
    return School.objects.filter(
        authority_id=sample_home.authority, phase="secondary", standing="open"
    ).first()


def test_a_school_shows_its_bands_and_that_standards_ended(a_secondary, client_of):
    page = _open(client_of(Role.ADVISER), "school-accountability", a_secondary.urn)
    assert 'aria-current="page"' in page
    assert "How it stood against the national measures" in page
    years = re.findall(r'id="year-(\d{4})"', page)
    assert years == sorted(years, reverse=True)
    assert ("both were abolished from September 2019" in page) is any(int(year) >= 2019 for year in years)


def test_every_tab_of_a_school_links_to_its_account(a_secondary, client_of):
    page = _open(client_of(Role.ADVISER), "school", a_secondary.urn)
    assert reverse("pages:school-accountability", args=[a_secondary.urn]) in page


def test_a_school_user_sees_their_own_school_alone(a_secondary, client_of):
    other = School.objects.exclude(urn=a_secondary.urn).filter(phase="secondary", standing="open").first()
    client = client_of(Role.SCHOOL_USER, urn=a_secondary.urn)
    _open(client, "school-accountability", a_secondary.urn)
    refused = client.get(reverse("pages:school-accountability", args=[other.urn]))
    assert refused.status_code == 403


def test_an_unknown_school_and_an_unknown_authority_are_said_to_be_unknown(sample_home, client_of):
    client = client_of(Role.ADVISER)
    assert client.get(reverse("pages:school-accountability", args=[999999])).status_code == 404
    assert client.get(reverse("pages:area-accountability", args=["999"])).status_code == 404


def test_an_authority_lists_its_schools_and_counts_the_unsettled_apart(sample_home, client_of):
    page = _open(client_of(Role.ADVISER), "area-accountability", sample_home.authority)
    assert "Could not be settled" in page
    account = area_accountability.account_of(sample_home.authority)
    assert account.lists
    for asked in account.lists:
        assert sum(asked.counts.values()) + len(asked.apart) == len(asked.schools)


def test_special_schools_are_shown_apart_with_why(sample_home, client_of):
    account = area_accountability.account_of(sample_home.authority)
    some = next(one for one in account.lists if not one.standard and one.mainstream)
    special = replace(some.mainstream[0], phase=Phase.SPECIAL, answer=Answer.BELOW, name="Apart School")
    asked = replace(some, schools=(*some.mainstream, special))
    assert special not in asked.having(Answer.BELOW)
    assert asked.counts == some.counts
    shown = area_accountability_parts.chosen_part(asked, sort="name")
    assert "1 special school or alternative provision has a result too" in shown.apart_words
    assert [row[0].content for row in shown.apart.rows] == ["Apart School"]
    assert shown.below is None or "Apart School" not in str(shown.below.rows)


def test_a_year_that_is_asked_for_is_shown(sample_home, client_of):
    account = area_accountability.account_of(sample_home.authority)
    oldest = min(one.year for one in account.lists)
    address = reverse("pages:area-accountability", args=[sample_home.authority])
    client = client_of(Role.ADVISER)
    page = client.get(address, {"year": oldest}).content.decode()
    assert f"Schools by answer in {oldest - 1} to {oldest}" in page
    assert client.get(address, {"year": "soon", "list": "none"}).status_code == 200


def test_a_list_that_is_asked_for_is_shown_and_sorted(sample_home, client_of):
    account = area_accountability.account_of(sample_home.authority)
    asked = next(one for one in account.lists if one.having(Answer.BELOW))
    client = client_of(Role.ADVISER)
    address = reverse("pages:area-accountability", args=[sample_home.authority])
    page = client.get(address, {"list": asked.key, "sort": "name"}).content.decode()
    assert asked.title in page
    names = [one.name for one in asked.having(Answer.BELOW)]
    places = [page.index(name) for name in sorted(names) if name.replace("'", "&#x27;") == name]
    assert places == sorted(places)


def test_the_file_has_every_school_of_every_list_and_is_recorded(sample_home, client_of):
    address = reverse("pages:area-accountability-csv", args=[sample_home.authority])
    response = client_of(Role.ADVISER).get(address)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    account = area_accountability.account_of(sample_home.authority)
    assert len(rows) == sum(len(asked.schools) for asked in account.lists)
    assert all(row["answer"] and row["because"] for row in rows)
    assert AuditEvent.objects.filter(verb="pages.accountability.exported").count() == 1
    assert client_of(Role.SCRUTINY_MEMBER).get(address).status_code == 403


def test_a_school_with_no_results_is_never_said_to_be_not_below():
    for standard in standards():
        found = judge(standard, figures={})
        assert "ot below" not in accountability_parts.answer_words(found)
        assert accountability_parts.because(found) == "None of the figures that would settle it is at hand."


def test_the_reason_names_the_figures_that_settle_it():
    book = _book(
        2018,
        rwm_expected=Known(60, 40),
        reading_progress=Known(-5.4, 40),
        writing_progress=Known(0, 40),
        maths_progress=Missing(Reason.SUPPRESSED),
    )
    year = accountability.year_of_account(2018, book=book, phases=["primary"])
    floor, coasting = year.judgements
    assert floor.answer is Answer.BELOW
    assert accountability_parts.because(floor) == (
        "The share of pupils at the expected standard in reading, writing and mathematics was 60%, "
        "below 65%, and the progress score in reading was \N{MINUS SIGN}5.4, below \N{MINUS SIGN}5."
    )
    assert coasting.answer is Answer.NOT_SETTLED
    assert accountability_parts.because(coasting).startswith("Missing: in 2015 to 2016 the share of pupils")


def test_what_is_missing_is_named_with_its_reason():
    book = _book(2018, progress_8=Missing(Reason.LOW_COVERAGE), progress_8_upper=Known(-0.1, 40))
    year = accountability.year_of_account(2018, book=book, phases=["secondary"])
    assert accountability_parts.because(year.judgements[0]) == "Missing: the Progress 8 score (low coverage)."


def test_too_few_pupils_are_said_with_their_number():
    book = _book(2018, progress_8=Known(-2, 5), progress_8_upper=Known(-0.4, 5))
    year = accountability.year_of_account(2018, book=book, phases=["secondary"])
    assert year.judgements[0].answer is Answer.TOO_FEW
    assert "5 pupils" in accountability_parts.because(year.judgements[0])


def test_clauses_have_their_value_limit_and_mark_of_what_is_not_verified():
    book = _book(2015, five_good_gcses=Known(38, 120))
    year = accountability.year_of_account(2015, book=book, phases=["secondary"])
    table = accountability_parts.workings_table(year.judgements[0], urn=100000, book=book)
    assert [str(getattr(row[2], "content", row[2])) for row in table.rows] == [
        "38.0%",
        "In no publication loaded",
        "In no publication loaded",
    ]
    year = accountability.year_of_account(2014, book=book, phases=["secondary"])
    table = accountability_parts.workings_table(year.judgements[0], urn=100000, book=book)
    assert any("not verified" in row[3].note for row in table.rows)


@pytest.mark.parametrize("phase", ["nursery", "special", "alternative", "post_16"])
def test_schools_of_other_phases_were_held_against_nothing(phase, sample_home):
    found = School.objects.filter(phase=phase).first()
    if found is None:
        pytest.skip(f"The sample has no school of the phase {phase}.")
    account = accountability.account_of(school.identity(found.urn))
    assert account.why_no_standards
    assert not any(one.judgements for one in account.years)


def test_the_finding_of_an_authority_without_results_says_so(sample_home):
    account = replace(area_accountability.account_of(sample_home.authority), lists=())
    assert "has been loaded" in area_accountability_parts.finding(account)
    assert account.chosen("") is None


def test_nobody_sees_it_without_signing_in(a_secondary):
    response = Client().get(reverse("pages:school-accountability", args=[a_secondary.urn]))
    assert response.status_code == 302
