"""Schools that stand out, funnels, and what is said of how sure a figure is."""

import csv
import html
import io
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.evidence.queries import standings
from steward.pages.queries import funnels, standing_out
from steward.pages.queries.standing_out import SORTS, Asked, Beyond, Shown, Side
from steward.pages.views import standing_parts

PAGE, CSV, FUNNEL, FUNNEL_CSV = (
    "pages:standing-out",
    "pages:standing-out-csv",
    "pages:funnel",
    "pages:funnel-csv",
)
READERS = [role for role in Role if role is not Role.SCHOOL_USER]


def _page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    return response.status_code, response.content.decode()


def _rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def measure(sample_home) -> str:
    """Return a measure in which many schools of the authority are judged."""
    found = standings.standings_of_area(sample_home.authority, pooled=False)
    codes = [one.indicator for one in found]
    return max(sorted(set(codes)), key=codes.count)


@pytest.mark.parametrize("role", READERS)
def test_who_may_list_schools_sees_those_that_stand_out(client_of, sample_home, role):
    status, page = _page(client_of(role), PAGE, sample_home.authority)
    assert status == 200
    assert "Schools that stand out, by phase" in page
    assert ("Download as CSV" in page) == (role is not Role.SCRUTINY_MEMBER)


def test_a_school_user_sees_no_list_of_other_schools(client_of, sample_home, measure):
    client = client_of(Role.SCHOOL_USER, urn=sample_home.summary.teaching_schools[0])
    for name, args in ((PAGE, ()), (FUNNEL, (measure,)), (CSV, ()), (FUNNEL_CSV, (measure,))):
        assert client.get(reverse(name, args=[sample_home.authority, *args])).status_code == 403


def test_an_authority_that_is_not_there_is_said_to_be_unknown(client_of, sample_home):
    status, page = _page(client_of(Role.ADVISER), PAGE, "999")
    assert status == 404
    assert "There is no local authority with the code 999" in page


def test_counts_and_rows_agree(sample_home):
    every = standing_out.standing_out(sample_home.authority, asked=Asked(shown=Shown.EVERY))
    listed = standing_out.standing_out(sample_home.authority, asked=Asked())
    assert every.judged > 20
    assert {one.standing.urn for one in listed.rows} <= {one.standing.urn for one in every.rows}
    assert listed.schools == len({one.standing.urn for one in listed.rows})
    assert sum(one.judged for one in listed.phases) == listed.judged
    assert listed.expected == pytest.approx(listed.schools / 20)
    for one in listed.rows:
        assert one.standing.unlikely
        assert not one.standing.few
        assert one.verdict.startswith(("Below", "Above"))


def test_one_sentence_joins_chance_and_ordinary_differences_and_schools_are_folded(client_of, sample_home):
    found = standing_out.standing_out(sample_home.authority, asked=Asked())
    said = standing_parts.finding(found, name="Here")
    assert "not allowing for who the pupils are" in said
    none = standing_parts.finding(replace(found, unusual=0), name="Here")
    assert "but none could be shown to differ by more than schools of its phase ordinarily do" in none
    assert "common" not in none
    page = _page(client_of(Role.ADVISER), PAGE, sample_home.authority)[1]
    schools = list(dict.fromkeys(one.name for one in found.rows[:50]))
    summaries = re.findall(r"summary-text\">([^<]+): (?:weaker|stronger)", page)
    assert [html.unescape(one).removesuffix(", now closed") for one in summaries] == schools


def test_few_pupils_are_counted_apart_and_never_listed(sample_home):
    few = standing_out.standing_out(sample_home.authority, asked=Asked(shown=Shown.FEW))
    assert len(few.rows) == few.few_rows
    for one in few.rows:
        assert one.standing.pupils < one.indicator.minimum_cohort
        assert one.verdict == "Too few pupils to say"
        assert one.standing.chance is None
        assert not one.standing.unlikely
        assert not one.standing.unusual


def test_what_is_unusual_is_also_unlikely_to_be_chance(sample_home):
    for pooled in (False, True):
        for one in standings.standings_of_area(sample_home.authority, pooled=pooled):
            if one.p_value is not None:
                assert one.p_value >= one.chance - 1e-6


def test_a_rank_comes_with_its_range(sample_home):
    ranked = [
        one.rank for one in standings.standings_of_area(sample_home.authority, pooled=False) if one.rank
    ]
    assert ranked
    for one in ranked:
        assert 1 <= one.low <= one.middle <= one.high <= one.among


def test_pooled_years_follow_each_other_and_have_more_pupils(sample_home):
    single = {
        (one.urn, one.indicator): one
        for one in standings.standings_of_area(sample_home.authority, pooled=False)
    }
    pooled = standings.standings_of_area(sample_home.authority, pooled=True)
    assert pooled
    for one in pooled:
        last = single[one.urn, one.indicator]
        assert one.since < one.period == last.period
        assert one.period - one.since <= 2
        assert one.pupils > last.pupils


@pytest.mark.parametrize("sort", [*SORTS, "-name", "nothing"])
@pytest.mark.parametrize("show", ["listed", "every", "few", "rubbish"])
def test_every_list_can_be_sorted_and_odd_addresses_are_read_kindly(client_of, sample_home, sort, show):
    query = {
        "sort": sort,
        "show": show,
        "years": "3",
        "beyond": "spread",
        "side": "x",
        "phase": "y",
        "page": "9",
    }
    assert _page(client_of(Role.ADVISER), PAGE, sample_home.authority, **query)[0] == 200


def test_sides_follow_the_sense_of_the_measure(sample_home):
    for side in Side:
        found = standing_out.standing_out(
            sample_home.authority, asked=Asked(shown=Shown.EVERY, side=side.value)
        )
        for one in found.rows:
            lower = one.standing.value < one.standing.target
            assert (side is Side.WEAKER) == (lower == (one.indicator.polarity == "high"))


def test_the_download_has_what_is_listed_and_is_recorded(client_of, sample_home):
    client = client_of(Role.ADVISER)
    response = client.get(reverse(CSV, args=[sample_home.authority]), {"show": "every"})
    found = standing_out.standing_out(sample_home.authority, asked=Asked(shown=Shown.EVERY))
    assert [row["urn"] for row in _rows(response)] == [str(one.standing.urn) for one in found.rows]
    assert AuditEvent.objects.filter(verb="pages.standings.exported").count() == 1


@pytest.mark.parametrize("beyond", list(Beyond))
@pytest.mark.parametrize("years", ["", "3"])
def test_a_funnel_has_its_finding_its_chart_and_its_list(client_of, sample_home, measure, beyond, years):
    query = {"beyond": beyond.value, "years": years}
    status, page = _page(client_of(Role.ADVISER), FUNNEL, sample_home.authority, measure, **query)
    assert status == 200
    assert "<svg" in page
    assert "school by school" in page
    assert "Rank here" in page


def test_a_school_lies_outside_the_limits_that_are_drawn_and_wider_limits_hold_more(sample_home, measure):
    chance, spread = (
        funnels.funnel_of(sample_home.authority, indicator=measure, beyond=beyond) for beyond in Beyond
    )
    assert len(chance.curves) == 2
    assert sum(one.outside for one in spread.schools) <= sum(one.outside for one in chance.schools)
    for curve in chance.curves:
        assert all(
            low[1] <= chance.target <= high[1] for low, high in zip(curve.lower, curve.upper, strict=True)
        )


def test_a_funnel_can_be_downloaded_with_where_each_school_lies(client_of, sample_home, measure):
    response = client_of(Role.ADVISER).get(reverse(FUNNEL_CSV, args=[sample_home.authority, measure]))
    rows = _rows(response)
    assert rows
    assert all(row["where"] for row in rows)


def test_a_funnel_opens_with_the_limits_that_count_ordinary_differences(client_of, sample_home, measure):
    page = _page(client_of(Role.ADVISER), FUNNEL, sample_home.authority, measure)[1]
    assert re.search(r'<option value="spread"[^>]*selected', page)
    assert "if schools differed as they ordinarily do" in page


def test_schools_left_out_of_a_funnel_are_counted_and_named_on_the_page_and_in_the_file(
    client_of, sample_home, measure, monkeypatch
):
    full = funnels.funnel_of(sample_home.authority, indicator=measure)
    gone = full.schools[0].school.standing
    kept = standings.standings_of_area(sample_home.authority, pooled=False)
    monkeypatch.setattr(
        standings,
        "standings_of_area",
        lambda authority, *, pooled: tuple(one for one in kept if one.urn != gone.urn),
    )
    found = funnels.funnel_of(sample_home.authority, indicator=measure)
    assert {one.urn for one in found.left_out} - {one.urn for one in full.left_out} == {gone.urn}
    client = client_of(Role.ADVISER)
    page = _page(client, FUNNEL, sample_home.authority, measure)[1]
    assert standing_parts.left_out_words(found) in page
    rows = _rows(client.get(reverse(FUNNEL_CSV, args=[sample_home.authority, measure])))
    listed = [row for row in rows if row["urn"] == str(gone.urn)]
    assert [row["where"] for row in listed] == ["Left out"]
    assert listed[0]["said"]
    assert listed[0]["rank"] == ""


def test_closed_schools_end_a_list_of_what_most_needs_a_look(sample_home):
    found = standing_out.standing_out(sample_home.authority, asked=Asked())
    one = found.rows[0]
    assert standing_out.how_sure(replace(one, closed=True)) > max(
        standing_out.how_sure(each) for each in found.rows if not each.closed
    )


@pytest.mark.parametrize("name", [FUNNEL, FUNNEL_CSV])
def test_a_measure_without_judged_schools_says_so(client_of, sample_home, name):
    status, page = _page(client_of(Role.ADVISER), name, sample_home.authority, "roll")
    assert status == 404
    assert "No school of this authority can be judged" in page


def test_the_card_of_a_measure_says_the_best_estimate(client_of, sample_home, measure):
    one = next(
        one
        for one in standings.standings_of_area(sample_home.authority, pooled=False)
        if one.indicator == measure and one.estimate is not None
    )
    status, page = _page(client_of(Role.ADVISER), "pages:school-performance", one.urn)
    assert status == 200
    assert "the best estimate is" in page


def test_tables_from_before_there_were_standings_say_nothing(sample_home, monkeypatch):
    monkeypatch.setattr(standings, "STANDINGS_FILE", "not-there.parquet")
    standings._of_area.cache_clear()
    assert standings.standings_of_area(sample_home.authority, pooled=False) == ()
    assert standings.standings_of_schools([100000]) == {}
    standings._of_area.cache_clear()
