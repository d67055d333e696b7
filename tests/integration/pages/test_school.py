"""The pages of one school: what each role sees, every number linked, nothing missing left blank."""

import csv
import io
import re
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from steward.access.roles import Role
from steward.analysis.comparison.chance import Chance
from steward.categorisation import queries as categorisation
from steward.evidence import catalogues
from steward.evidence.queries import figures, inspections
from steward.pages.queries import lineage, school
from steward.pages.views.measure_parts import measure_part
from steward.register.models import Predecessor, School
from steward.vocabulary.values import Known, Missing

TABS = ("school", "school-performance", "school-inspections", "school-proposal", "school-history")
OPEN_TABS = tuple(name for name in TABS if name != "school-proposal")
OFFICERS = (
    Role.ADMINISTRATOR,
    Role.DATA_OFFICER,
    Role.ADVISER,
    Role.SENIOR_ADVISER,
    Role.HEAD_OF_SERVICE,
)


def _page(client, name, urn):
    response = client.get(reverse(f"pages:{name}", args=[urn]))
    return response, response.content.decode()


@pytest.fixture
def a_primary(sample_home):
    return (
        School.objects.filter(
            authority_id=sample_home.authority, phase="primary", standing="open", governance="maintained"
        )
        .order_by("urn")
        .first()
    )


@pytest.fixture
def an_academy(sample_home):
    """Return an open academy of the authority served that followed a school with results."""
    followed = dict(Predecessor.objects.values_list("urn", "predecessor_urn"))
    for one in School.objects.filter(
        authority_id=sample_home.authority, standing="open", governance="academy"
    ).order_by("urn"):
        if one.urn in followed and figures.figures_of([followed[one.urn]]):
            return one
    pytest.skip("The sample has no academy whose predecessor has results.")


@pytest.mark.parametrize("role", OFFICERS)
@pytest.mark.parametrize("name", TABS)
def test_officers_see_every_tab(client_of, a_primary, role, name):
    response, page = _page(client_of(role), name, a_primary.urn)
    assert response.status_code == 200
    assert a_primary.name in page.replace("&#x27;", "'")
    assert "Proposed by the policy" in page
    assert page.count('aria-current="page"') == 1


@pytest.mark.parametrize("name", OPEN_TABS)
def test_a_scrutiny_member_sees_figures_and_no_proposal(client_of, a_primary, name):
    response, page = _page(client_of(Role.SCRUTINY_MEMBER), name, a_primary.urn)
    assert response.status_code == 200
    assert "Proposed by the policy" not in page
    assert reverse("pages:school-proposal", args=[a_primary.urn]) not in page
    assert "What does the policy propose" not in page


@pytest.mark.parametrize("role", [Role.SCRUTINY_MEMBER, Role.SCHOOL_USER])
def test_the_proposal_is_refused_to_who_may_not_see_it(client_of, a_primary, role):
    urn = a_primary.urn if role is Role.SCHOOL_USER else None
    assert _page(client_of(role, urn=urn), "school-proposal", a_primary.urn)[0].status_code == 403


@pytest.mark.parametrize("name", OPEN_TABS)
def test_a_school_user_sees_only_the_own_school(client_of, a_primary, name):
    other = School.objects.exclude(urn=a_primary.urn).first()
    client = client_of(Role.SCHOOL_USER, urn=a_primary.urn)
    response, page = _page(client, name, a_primary.urn)
    assert response.status_code == 200
    assert "Proposed by the policy" not in page
    assert _page(client, name, other.urn)[0].status_code == 403


def test_nobody_signed_in_is_sent_to_sign_in(client, a_primary):
    assert _page(client, "school", a_primary.urn)[0].status_code == 302


@pytest.mark.parametrize("name", [*TABS, "school-performance-csv"])
def test_an_unknown_urn_is_said_in_plain_words(client_of, sample_home, name):
    response, page = _page(client_of(Role.ADVISER), name, 999999)
    assert response.status_code == 404
    assert "There is no school with URN 999999" in page


def test_the_overview_answers_in_order(client_of, a_primary):
    _, page = _page(client_of(Role.ADVISER), "school", a_primary.urn)
    headings = [
        "How are its pupils doing?",
        "What has changed?",
        "What does the policy propose?",
        "Facts",
        "Where this comes from",
    ]
    places = [page.index(f">{heading}<") for heading in headings]
    assert places == sorted(places)
    assert "Pupils on roll" in page


def test_every_shown_figure_opens(client_of, a_primary):
    client = client_of(Role.ADVISER)
    _, page = _page(client, "school-performance", a_primary.urn)
    links = sorted(set(re.findall(r'href="(/(?:areas/[^"]*/)?figures/[^"]+)"', page)))
    assert any(link.startswith("/figures/") for link in links)
    assert any(link.startswith("/areas/") for link in links)
    for link in links[:: max(len(links) // 12, 1)]:
        assert client.get(link).status_code == 200, link


def test_a_missing_value_is_written_and_never_blank(client_of, sample_home):
    missing = next(
        one
        for urn in School.objects.filter(authority_id=sample_home.authority, standing="open").values_list(
            "urn", flat=True
        )
        for one in figures.figures_of([urn])
        if isinstance(one.value, Missing) and one.period >= 2018 and not one.indicator.endswith(("er",))
    )
    _, page = _page(client_of(Role.ADVISER), "school-performance", missing.urn)
    assert missing.value.reason.label in page
    assert '<p class="steward-measure__value"></p>' not in page


def test_a_small_cohort_is_said(client_of, sample_home):
    minimum = {code: one.minimum_cohort for code, one in catalogues.indicators().items()}
    newest = {}
    for urn in School.objects.filter(authority_id=sample_home.authority, standing="open").values_list(
        "urn", flat=True
    ):
        for one in figures.figures_of([urn]):
            newest[urn, one.indicator] = one
    small = [
        one
        for (_, code), one in newest.items()
        if isinstance(one.value, Known)
        and one.value.cohort is not None
        and one.value.cohort < minimum[code]
        and not code.endswith(("_lower", "_upper"))
    ]
    if not small:
        pytest.skip("No school of the sample has a figure on few pupils.")
    _, page = _page(client_of(Role.ADVISER), "school-performance", small[0].urn)
    assert "Too few pupils to say. It rests on only" in page
    assert "Few pupils" in page


def _measures(sample, **of):
    """Return the measures of the open schools of the authority served that are so."""
    open_ones = School.objects.filter(authority_id=sample.authority, standing="open", **of).order_by("urn")
    return [
        measure
        for one in open_ones
        for measure in school.performance(school.header(one.urn, viewer=AnonymousUser())).current
    ]


def test_a_page_says_in_words_whether_chance_could_explain_it(client_of, sample_home):
    measures, client = _measures(sample_home), client_of(Role.ADVISER)
    for words in (
        "Below England, and unlikely to be chance.",
        "Below England, but chance could explain it.",
        "Above England, and unlikely to be chance.",
        "Above England, but chance could explain it.",
        "Too few pupils to say.",
    ):
        urn = next(one.urn for one in measures if one.sureness.sentence.startswith(words))
        _, page = _page(client, "school-performance", urn)
        assert f"<strong>How sure are we?</strong> {words}" in page
    drawn = next(one for one in measures if all(year.interval for year in one.years))
    _, page = _page(client, "school-performance", drawn.urn)
    assert page.count('class="steward-interval steward-interval--school"') >= len(drawn.years)
    assert "Thin upright lines show the 95% interval of each year." in page
    assert "95% interval " in page[page.index("<table") :]
    assert measure_part(drawn).chart.has_intervals


def test_what_is_said_of_chance_agrees_with_the_gap_and_the_interval(sample_home):
    said = [
        one
        for one in _measures(sample_home, phase="primary")
        if one.sureness.chance in (Chance.POSSIBLE, Chance.UNLIKELY)
    ]
    assert said
    for one in said:
        interval, england = one.sureness.interval, one.england
        side = "Above" if england.gap.amount > 0 else "Below"
        assert one.sureness.sentence.startswith(f"{side} England, ")
        assert "With 95% confidence the" in one.sureness.sentence
        if one.sureness.chance is Chance.UNLIKELY:
            assert not interval.low <= england.figure.value.value <= interval.high


def test_counts_intakes_and_figures_without_pupils_say_nothing_of_chance(sample_home):
    others = [
        one
        for one in _measures(sample_home, phase="secondary")
        if one.indicator.theme in ("pupils", "money")
        or (one.figure.value.cohort is None and one.sureness.interval is None)
    ]
    assert {one.indicator.id for one in others} >= {"roll", "absence"}
    assert all("England" not in one.sureness.sentence for one in others)


def test_progress_8_has_the_limits_as_printed(sample_home):
    scores = [
        one
        for one in _measures(sample_home, phase="secondary")
        if one.indicator.id == "progress_8" and isinstance(one.figure.value, Known)
    ]
    assert scores
    for one in scores:
        printed = {
            found.indicator: found.value.value
            for found in figures.figures_of([one.figure.urn])
            if found.period == one.figure.period and isinstance(found.value, Known)
        }
        interval = one.sureness.interval
        assert one.sureness.finding.published
        assert "The publication does not say" not in one.sureness.sentence
        assert (interval.low, interval.high) == (printed["progress_8_lower"], printed["progress_8_upper"])


def test_the_file_holds_every_figure(client_of, a_primary):
    response, text = _page(client_of(Role.ADVISER), "school-performance-csv", a_primary.urn)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert response["Content-Type"].startswith("text/csv")
    own = [row for row in rows if row["urn"] == str(a_primary.urn)]
    assert len(own) == len(figures.figures_of([a_primary.urn]))
    assert all(row["status"] == "known" or not row["value"] for row in rows)
    assert all(row["status"] != "known" or row["value"] for row in rows)


def test_every_rule_stands_in_one_of_three_groups(client_of, sample_home):
    run = categorisation.current_run(sample_home.authority)
    kept = categorisation.proposals_in(run, within=categorisation.EVERY_SCHOOL).defer(None).first()
    _, page = _page(client_of(Role.ADVISER), "school-proposal", kept.school_id)
    counts = dict.fromkeys(("met", "not_met", "unknown"), 0)
    for outcome in kept.answers:
        counts[outcome.answer.value] += 1
        assert f"{outcome.id}</span>" in page
    assert f"Met ({counts['met']})" in page
    assert f"Not met ({counts['not_met']})" in page
    assert f"Could not be settled ({counts['unknown']})" in page
    assert "A score starts a conversation" in page
    assert "What would change it" in page


def test_an_unsettled_proposal_is_never_a_category(client_of, sample_home):
    run = categorisation.current_run(sample_home.authority)
    unsettled = categorisation.proposals_in(run, within=categorisation.EVERY_SCHOOL).filter(settled=False)
    if not unsettled:
        pytest.skip("Every proposal of the sample is settled.")
    _, page = _page(client_of(Role.ADVISER), "school", unsettled[0].school_id)
    assert "Not settled" in page
    assert "An officer must answer" in page


def test_an_academy_is_the_councils_view(client_of, an_academy):
    kept = categorisation.proposal_of(an_academy.urn, within=categorisation.EVERY_SCHOOL)
    if kept is None:
        pytest.skip("The policy is not meant for this academy.")
    _, page = _page(client_of(Role.ADVISER), "school-proposal", an_academy.urn)
    assert "The council does not run this school" in page


def test_an_academy_shows_what_its_predecessor_did(client_of, an_academy):
    client = client_of(Role.ADVISER)
    _, page = _page(client, "school-history", an_academy.urn)
    assert "Earlier results, under earlier URNs" in page
    assert "Schools before it" in page


def test_a_predecessors_figure_is_never_passed_off_as_the_schools_own(sample_home):
    inherited = 0
    for urn in dict(Predecessor.objects.values_list("urn", "predecessor_urn")):
        if not School.objects.filter(urn=urn).exists():
            continue
        shown = school.header(urn, viewer=AnonymousUser())
        for measure in school.performance(shown).current:
            if measure.figure.urn != urn:
                inherited += 1
                assert f"URN {measure.figure.urn}" in measure.inherited
                assert str(measure.figure.urn) in measure_part(measure).earlier
    assert inherited


def test_inspections_are_in_the_words_of_their_framework(client_of, sample_home):
    urns = School.objects.filter(authority_id=sample_home.authority, standing="open").values_list(
        "urn", flat=True
    )
    found = next(one for urn in urns for one in inspections.inspections_of([urn]) if one.outcome)
    _, page = _page(client_of(Role.ADVISER), "school-inspections", found.urn)
    assert found.label in page
    assert "Outcomes under different frameworks are not comparable" in page
    assert reverse("evidence:row", args=[found.release, found.row]) in page


def test_an_inspection_is_shown_once_though_lists_differ_in_the_day(sample_home):
    for one in School.objects.filter(authority_id=sample_home.authority):
        lines = lineage.inspection_lines(one.urn, predecessors=[], opened_on=one.opened_on)
        days = [line.inspected_on for line in lines]
        assert days == sorted(days, reverse=True)
        assert all((later - earlier).days > 14 for later, earlier in pairwise(days))
