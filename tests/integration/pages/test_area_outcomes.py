"""Outcomes, wards and standards of an authority, on the sample: who sees them and what they say."""

import csv
import datetime
import io
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from django.db.models import Q
from django.urls import reverse
from django.utils.html import escape

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.command import standards as command
from steward.evidence.queries import series
from steward.pages.queries import area_outcomes, outcome_topics, rows, wards
from steward.pages.queries import standards as annual
from steward.register.models import Predecessor, School
from steward.vocabulary.phases import Standing
from steward.vocabulary.values import Known

HEADLINE = "KS2RWM_Expected_STD"
ODD_CODES = ("NEW_KS2_RWM_Sen_W/Osta", "%_2yr_olds", "%_3&4yr_olds", "Total_ Pup_FixedEx")


def _get(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    return response, response.content.decode()


def _rows(client, name, *args, **query):
    return list(csv.DictReader(io.StringIO(_get(client, name, *args, **query)[1].removeprefix("\ufeff"))))


@pytest.mark.parametrize("role", list(Role))
def test_everybody_sees_outcomes_and_standards_and_officers_see_wards(client_of, sample_home, role):
    urn = sample_home.summary.teaching_schools[0] if role is Role.SCHOOL_USER else None
    client, code = client_of(role, urn=urn), sample_home.authority
    for name, args in (
        ("pages:area", (code,)),
        ("pages:area-figures", (code,)),
        ("pages:outcomes", (code,)),
        ("pages:outcome-topic", (code, "key-stage-2")),
        ("pages:area-measure", (code, HEADLINE)),
        ("pages:standards-year", (code, 2025)),
        ("pages:standards-whole", (code, 2025)),
        ("pages:standards-section", (code, 2025, "progress")),
    ):
        assert _get(client, name, *args)[0].status_code == 200, name
    wards_seen = _get(client, "pages:wards", code)[0].status_code
    assert wards_seen == (403 if role is Role.SCHOOL_USER else 200)
    _, page = _get(client, "pages:outcomes", code)
    assert (reverse("pages:wards", args=[code]) in page) == (role is not Role.SCHOOL_USER)


def test_outcomes_begin_with_what_stands_out(client_of, sample_home):
    _, page = _get(client_of(Role.SCRUTINY_MEMBER), "pages:outcomes", sample_home.authority)
    assert "in the best quarter of authorities in" in page
    for title in ("Among the best", "Among the lowest", "What moved", "Early years", "After 16"):
        assert title in page
    assert page.index("Among the lowest") < page.index('id="early-years"')


def test_every_topic_and_every_published_topic_opens(client_of, sample_home):
    client, code = client_of(Role.ADVISER), sample_home.authority
    company = area_outcomes.company_of(code, name="")
    slugs = [topic.id for topic in area_outcomes.topics_of(company)]
    slugs += [topic.slug for topic in outcome_topics.published_topics(code)]
    assert len(slugs) > 15
    for slug in slugs:
        assert _get(client, "pages:outcome-topic", code, slug)[0].status_code == 200, slug
    assert _get(client, "pages:outcome-topic", code, "moon")[0].status_code == 404


@pytest.mark.parametrize("measure", ODD_CODES)
def test_a_measure_with_an_odd_code_has_a_page_and_a_file(client_of, sample_home, measure):
    client = client_of(Role.ADVISER)
    assert _get(client, "pages:area-measure", sample_home.authority, measure)[0].status_code == 200
    rows = _rows(client, "pages:area-measure-csv", sample_home.authority, measure)
    assert {row["measure"] for row in rows} == {measure}


def test_a_measure_leads_to_the_row_of_its_file(client_of, sample_home):
    client, code = client_of(Role.ADVISER), sample_home.authority
    _, page = _get(client, "pages:area-measure", code, HEADLINE)
    point = series.series_of([HEADLINE], areas=[code])[HEADLINE, code][-1]
    address = reverse("evidence:row", args=[point.release, point.row])
    assert address in page
    printed = client.get(address).content.decode()
    assert HEADLINE in printed
    assert point.label in printed


def test_a_list_of_authorities_can_be_searched_sorted_and_cut(client_of, sample_home):
    client, code = client_of(Role.ADVISER), sample_home.authority
    name = sample_home.summary.authority_name
    _, page = _get(client, "pages:area-measure", code, HEADLINE, q=name, sort="-value", year="2019")
    assert f"1 authority whose name holds “{name}”" in page
    _, none = _get(client, "pages:area-measure", code, HEADLINE, q="zzz")
    assert "No authority is called that." in none
    other = next(
        one.code for one in series.places().values() if one.level == "authority" and one.code != code
    )
    _, beside = _get(client, "pages:area-measure", code, HEADLINE, **{"with": other})
    assert series.places()[other].name in beside


def test_an_unknown_measure_and_an_unknown_authority_are_sentences(client_of, sample_home):
    client = client_of(Role.ADVISER)
    response, page = _get(client, "pages:area-measure", sample_home.authority, "Moon")
    assert response.status_code == 404
    assert "has no measure “Moon”" in page
    response, page = _get(client, "pages:outcomes", "999")
    assert response.status_code == 404
    assert "no local authority with the code 999" in page


def test_files_hold_what_the_pages_show_and_are_recorded(client_of, sample_home):
    client, code = client_of(Role.ADVISER), sample_home.authority
    rows = _rows(client, "pages:outcome-topic-csv", code, "key-stage-2")
    own = {row["year"]: row["value"] for row in rows if row["measure"] == HEADLINE}
    for point in series.series_of([HEADLINE], areas=[code])[HEADLINE, code]:
        shown = str(point.value.value) if isinstance(point.value, Known) else ""
        assert own[point.label] == shown
    assert AuditEvent.objects.filter(verb="pages.area.exported").exists()


def test_standards_have_every_section_and_choose_the_newest_year(client_of, sample_home):
    client, code = client_of(Role.SCRUTINY_MEMBER), sample_home.authority
    response, _ = _get(client, "pages:standards", code)
    assert response["Location"] == reverse("pages:standards-year", args=[code, annual.years_of(code)[0]])
    _, page = _get(client, "pages:standards-year", code, 2019)
    for title in ("Attainment: key stage 2", "Progress", "Attendance", "Inspection", "Gaps between groups"):
        assert title in page
        assert page.count(f">{title}</a></h3>") == 1
    _, whole = _get(client, "pages:standards-whole", code, 2019)
    for section in annual.standards_of(code, year=2019).sections:
        address = reverse("pages:standards-section", args=[code, 2019, section.id])
        assert f'href="{address}"' in page
        assert f'id="{section.id}"' in whole
        _, own = _get(client, "pages:standards-section", code, 2019, section.id)
        for sentence in section.findings:
            assert escape(sentence) in own
            assert escape(sentence) in whole
        if section.findings:
            assert escape(section.findings[0]) in page
    assert reverse("equality:area", args=[code]) in own
    response, _ = _get(client, "pages:standards-section", code, 2019, "nothing")
    assert response.status_code == 404
    response, page = _get(client, "pages:standards-year", code, 1999)
    assert response.status_code == 404
    assert "The series has no figures of" in page


def test_standards_of_a_year_know_nothing_newer(sample_home):
    found = annual.standards_of(sample_home.authority, year=2019)
    newest = [one.newest.year for section in found.sections for one in section.outcomes]
    assert newest
    assert max(newest) == 2019
    assert min(newest) >= 2018
    rows = {section.id: section for section in found.sections}
    assert rows["inspection"].inspections.as_at.isoformat() <= "2019-08-31"


def test_the_command_prints_the_standards(sample_home):
    printed = CliRunner().invoke(command.command, [sample_home.authority, "--year", "2019", "--json"])
    found = json.loads(printed.output)
    assert found["school_year"] == "2018 to 2019"
    assert {one["id"] for one in found["sections"]} >= {"progress", "inspection", "gaps"}
    words = CliRunner().invoke(command.command, [sample_home.authority]).output
    assert "Attainment: key stage 4" in words


def test_wards_hold_every_open_state_funded_school_once(sample_home, person_with):
    found = wards.wards_of(sample_home.authority, viewer=person_with(Role.ADVISER))
    urns = [school.urn for ward in found.wards for school in ward.schools]
    assert len(urns) == len(set(urns)) > 100
    for ward in found.wards:
        for pooled in ward.pooled:
            if pooled.value is not None:
                assert pooled.pupils >= pooled.indicator.minimum_cohort
    sums = [ward.pooled_of("attainment_8") for ward in found.wards]
    assert any(one and one.value is not None for one in sums)


def test_a_ward_keeps_the_figure_of_a_school_that_became_an_academy(sample_home, person_with):
    viewer, code = person_with(Role.ADVISER), sample_home.authority
    before = wards.wards_of(code, viewer=viewer)
    ward, old, held = next(
        (ward, pooled, one)
        for ward in before.wards
        for pooled in ward.pooled
        for one in pooled.made_of
        if pooled.value is not None and one.as_urn is None
        if not Predecessor.objects.filter(Q(urn=one.urn) | Q(predecessor_urn=one.urn)).exists()
    )
    _becomes_an_academy(held.urn, urn=999001)
    rows._published.cache_clear()
    after = wards.wards_of(code, viewer=viewer).named(ward.slug).pooled_of(old.indicator.id)
    rows._published.cache_clear()
    assert (after.value, after.schools) == (pytest.approx(old.value), old.schools)
    assert after.of_school(999001).as_urn == held.urn
    Predecessor.objects.filter(urn=999001).update(relation="Predecessor - merged")
    merged = wards.wards_of(code, viewer=viewer).named(ward.slug).pooled_of(old.indicator.id)
    rows._published.cache_clear()
    assert merged.of_school(999001) is None
    assert merged.without == old.without + 1
    assert merged.value is None or merged.schools >= merged.of_age / 2


def _becomes_an_academy(old, *, urn):
    school = School.objects.get(urn=old)
    closed = datetime.date(2024, 9, 1)
    School.objects.filter(urn=old).update(standing=Standing.CLOSED.value, closed_on=closed)
    school.pk, school.opened_on = urn, closed
    school.save(force_insert=True)
    Predecessor.objects.create(urn=urn, predecessor_urn=old, relation="Predecessor", since=closed)


def test_a_ward_of_which_fewer_than_half_have_a_figure_has_none(sample_home, person_with):
    found = wards.wards_of(sample_home.authority, viewer=person_with(Role.ADVISER))
    pooled = [one for ward in found.wards for one in ward.pooled]
    assert all(2 * one.schools >= one.of_age for one in pooled if one.value is not None)
    full = next(one for one in pooled if one.value is not None)
    for thin in (replace(full, without=full.schools + 1), replace(full, share=0.49)):
        assert not thin.covered
        assert replace(thin, value=None).words.startswith("Not said: only ")


def test_a_ward_opens_and_an_unknown_one_is_a_sentence(client_of, sample_home):
    client, code = client_of(Role.ADVISER), sample_home.authority
    rows = _rows(client, "pages:wards-csv", code)
    assert rows
    _, page = _get(client, "pages:wards", code, sort="-pupils")
    assert "A ward here is the one in which a school stands" in page
    response, page = _get(client, "pages:ward", code, "moon")
    assert response.status_code == 404
    assert "stands in a ward called “moon”" in page
