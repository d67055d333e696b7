"""The page of an authority: counts, shares, figures beside England, and who may see proposals."""

import csv
import datetime
import io
import re

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.evidence.queries import standing
from steward.pages.queries import area as queries
from steward.pages.queries.area_measures import basis_words
from steward.register.models import Authority
from steward.vocabulary.areas import Basis, Level

AREA, ALL, FIGURES = "pages:area", "pages:areas", "pages:area-figures"
IN_THE_YEAR_OF_THE_SCHOOLS = datetime.date(2020, 1, 1)
"""A day whose newest year is the last with figures of schools; the series of areas go on after it."""


def _get(client, code, *, at=AREA, **query):
    response = client.get(reverse(at, args=[code]), query)
    return response, response.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SCHOOL_USER])
def test_who_may_see_published_figures_sees_an_area(client_of, sample_home, role):
    response, page = _get(client_of(role), sample_home.authority)
    assert response.status_code == 200
    assert sample_home.summary.authority_name in page
    assert ("What the policy proposes" in page) == (role is not Role.SCRUTINY_MEMBER)


def test_a_school_user_sees_the_figures_of_an_area_and_no_proposals(client_of, sample_home):
    client = client_of(Role.SCHOOL_USER, urn=sample_home.summary.teaching_schools[0])
    response, page = _get(client, sample_home.authority)
    assert response.status_code == 200
    assert "What the policy proposes" not in page
    for link in sorted(set(re.findall(r'href="(/areas/[^"#?]+)"', page))):
        assert client.get(link, follow=True).status_code == 200, (
            f"The page offers {link}, which this person may not see."
        )
    assert client.get(reverse(ALL)).status_code == 200


def test_counts_add_up(sample_home):
    found = queries.overview(sample_home.authority, as_at=datetime.date(2026, 1, 1))
    every, *phases = found.inspections.phases
    assert every.own.phase == "all"
    assert every.own.schools == sum(one.own.schools for one in phases)
    for one in found.inspections.phases:
        own = one.own
        assert own.schools == own.inspected + own.not_inspected
        assert own.inspected == sum(grade.schools for grade in one.grades)
        assert own.inspected == own.judged + own.other
        assert own.share_good == (100 * own.good / own.judged if own.judged else None)


def test_the_newest_snapshot_on_or_before_the_day_is_used(sample_home):
    days = sorted({one.as_at for one in standing.standings_of(Level.AUTHORITY, sample_home.authority)})
    assert len(days) > 1
    between = days[1] - datetime.timedelta(days=1)
    found = queries.overview(sample_home.authority, as_at=between)
    assert found.inspections.as_at == days[0]
    assert {one.own.as_at for one in found.inspections.over_time} == {days[0]}


def test_only_years_that_had_ended_are_shown(client_of, sample_home):
    found = queries.overview(sample_home.authority, as_at=datetime.date(2018, 8, 30))
    assert found.newest_year == 2017
    newest = [one.newest.period for one in (*found.measures.current, *found.measures.earlier)]
    assert newest
    assert max(newest) <= 2017
    _, page = _get(client_of(Role.ADVISER), sample_home.authority, at=FIGURES, as_at="2018-08-30")
    assert "Only school years that had ended by 30 August 2018" in page


def test_a_day_before_the_first_snapshot_names_the_earliest(client_of, sample_home):
    earliest = standing.standings_of(Level.AUTHORITY, sample_home.authority)[0].as_at
    response, page = _get(client_of(Role.ADVISER), sample_home.authority, as_at="1999-01-01")
    assert response.status_code == 200
    assert f"{earliest.day} {earliest:%B %Y}" in page
    assert "No list of inspection outcomes is as old as 1 January 1999" in page


@pytest.mark.parametrize("written", ["2013-13-45", "yesterday", "31/12/2013"])
def test_a_bad_date_is_a_sentence(client_of, sample_home, written):
    response, page = _get(client_of(Role.ADVISER), sample_home.authority, as_at=written)
    assert response.status_code == 400
    assert "is not a date. Write it as year, month and day" in page


def test_an_unknown_authority_is_said_in_plain_words(client_of, sample_home):
    response, page = _get(client_of(Role.ADVISER), "999")
    assert response.status_code == 404
    assert "There is no local authority with the code 999" in page


def test_published_and_computed_figures_are_marked(sample_home):
    found = queries.overview(sample_home.authority, as_at=IN_THE_YEAR_OF_THE_SCHOOLS)
    bases = {one.newest.figure.basis for one in found.measures.current if one.newest.figure}
    assert bases == {Basis.PUBLISHED, Basis.COMPUTED}
    computed = next(
        one.newest.figure
        for one in found.measures.current
        if one.newest.figure and one.newest.figure.basis is Basis.COMPUTED
    )
    assert computed.schools


def test_a_figure_weighted_by_roll_says_so(client_of, sample_home):
    found = queries.overview(sample_home.authority, as_at=IN_THE_YEAR_OF_THE_SCHOOLS)
    newest = [one.newest.figure for one in found.measures.current if one.newest.figure]
    by_roll = [one for one in newest if one.weighted_by == "roll"]
    by_cohort = [one for one in newest if one.weighted_by == "cohort"]
    assert by_roll
    assert by_cohort
    assert all(one.weighted_by == "" for one in newest if one.basis is Basis.PUBLISHED)
    assert all(re.search(r"weighted by [\d,]+ pupils on roll", basis_words(one)) for one in by_roll)
    assert not any("weighted by" in basis_words(one) for one in by_cohort)
    day = {"as_at": IN_THE_YEAR_OF_THE_SCHOOLS.isoformat()}
    _, page = _get(client_of(Role.ADVISER), sample_home.authority, at=FIGURES, **day)
    assert "pupils on roll" in page


def test_a_computed_figure_of_a_phase_names_the_phase_and_what_is_published_for_all(client_of, sample_home):
    day = {"as_at": "2020-01-01"}
    _, page = _get(client_of(Role.ADVISER), sample_home.authority, at=FIGURES, phase="secondary", **day)
    assert "computed, secondary schools only" in page
    assert "published for all schools: " in page


def test_a_phase_can_be_chosen(client_of, sample_home):
    found = queries.overview(sample_home.authority, as_at=datetime.date(2026, 1, 1), phase="secondary")
    assert {one.phase for one in found.measures.current} == {"secondary"}
    response, page = _get(client_of(Role.ADVISER), sample_home.authority, at=FIGURES, phase="moon")
    assert response.status_code == 400
    assert "There is no phase called “moon”" in page


def test_another_authority_has_figures_and_no_proposals(client_of, sample_home):
    other = Authority.objects.exclude(code=sample_home.authority).first()
    response, page = _get(client_of(Role.ADVISER), other.code)
    assert response.status_code == 200
    assert "What the policy proposes" not in page


def test_the_file_holds_published_and_computed_figures(client_of, sample_home):
    client = client_of(Role.SCRUTINY_MEMBER)
    address = reverse("pages:area-csv", args=[sample_home.authority])
    rows = list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
    assert {row["basis"] for row in rows} == {"published", "computed"}
    assert {row["level"] for row in rows} >= {"authority", "england"}
    assert {row["weighted_by"] for row in rows if row["basis"] == "computed"} == {"cohort", "roll"}
    assert {row["weighted_by"] for row in rows if row["basis"] == "published"} == {""}
    early = list(
        csv.DictReader(io.StringIO(client.get(address, {"as_at": "2017-12-31"}).content.decode("utf-8-sig")))
    )
    assert len(early) < len(rows)
    assert max(row["year"] for row in early) <= "2016 to 2017"


def test_authorities_are_listed_by_region_and_found(client_of, sample_home):
    client = client_of(Role.ADVISER)
    page = client.get(reverse(ALL)).content.decode()
    for authority in Authority.objects.filter(schools__isnull=False).distinct():
        assert reverse(AREA, args=[authority.code]) in page
    named = client.get(reverse(ALL), {"q": sample_home.summary.authority_name.upper()}).content.decode()
    assert reverse(AREA, args=[sample_home.authority]) in named
    assert "No authority is called that" in client.get(reverse(ALL), {"q": "zzz"}).content.decode()


def test_before_anything_is_loaded_the_page_says_the_first_step(client_of, settings, tmp_path):
    settings.STEWARD_STORE = tmp_path
    page = client_of(Role.ADVISER).get(reverse(ALL)).content.decode()
    assert "steward load FOLDER --authority CODE" in page
