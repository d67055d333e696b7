"""The list of schools: what it shows to whom, filters, order, pages, words."""

import re
from html import unescape

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.pages.queries import outcomes
from steward.pages.queries import schools as queries
from steward.pages.queries.filters import SchoolFilter
from steward.register.models import Predecessor, School
from steward.vocabulary.phases import Governance, Phase, Standing
from steward.vocabulary.values import Missing


@pytest.fixture
def adviser(client_of, sample_home):
    return client_of(Role.ADVISER)


def _found(response):
    return response.context["found"]


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.mark.parametrize("role", list(Role))
def test_all_but_school_users_may_list_schools(role, client_of, sample_home):
    urn = School.objects.filter(authority=sample_home.authority)[0].urn if role is Role.SCHOOL_USER else None
    response = client_of(role, urn=urn).get("/schools/")
    assert response.status_code == (403 if role is Role.SCHOOL_USER else 200)


def test_open_schools_are_listed_by_name_twenty_to_a_page(adviser, sample_home):
    response = adviser.get("/schools/")
    open_schools = School.objects.filter(authority=sample_home.authority, standing=Standing.OPEN)
    assert len(_found(response).rows) == open_schools.count()
    names = [row.name.casefold() for row in _found(response).rows]
    assert names == sorted(names)
    assert len(response.context["page"]) == 20
    assert f"{open_schools.count()} schools in {sample_home.summary.authority_name}: open" in _text(response)


def test_schools_of_other_authorities_are_not_listed(adviser, sample_home):
    rows = _found(adviser.get("/schools/?standing=open&standing=closed&standing=unknown")).rows
    expected = School.objects.filter(authority=sample_home.authority)
    assert {row.urn for row in rows} == set(expected.values_list("urn", flat=True))


def test_phase_and_governance_narrow_the_list_and_are_said(adviser):
    response = adviser.get("/schools/?phase=primary&phase=nursery&governance=maintained")
    rows = _found(response).rows
    assert rows
    assert {row.phase for row in rows} <= {Phase.PRIMARY, Phase.NURSERY}
    assert {row.governance for row in rows} == {Governance.MAINTAINED}
    assert "nursery or primary, maintained" in _text(response) or "primary or nursery, maintained" in _text(
        response
    )


@pytest.mark.parametrize("name", ["ward", "type", "trust"])
def test_exact_filters_keep_only_their_own(adviser, name):
    first = next(getattr(row, name) for row in _found(adviser.get("/schools/")).rows if getattr(row, name))
    response = adviser.get("/schools/", {name: first})
    assert {getattr(row, name) for row in _found(response).rows} == {first}


def test_proposals_can_be_asked_for_and_the_not_settled_too(adviser):
    response = adviser.get("/schools/?proposal=not-settled")
    rows = _found(response).rows
    assert rows
    assert all(row.proposal is not None and not row.proposal.settled for row in rows)
    categories = [
        key for key in queries.proposal_labels(_found(response).listed) if not key.startswith("not-")
    ]
    chosen = adviser.get("/schools/", {"proposal": categories[0]})
    assert {row.proposal.category for row in _found(chosen).rows} <= {categories[0]}


def test_schools_the_policy_is_not_for_are_said_to_be_not_asked_about(adviser):
    response = adviser.get("/schools/?proposal=not-covered&rows=500")
    rows = _found(response).rows
    assert rows
    assert all(row.proposal is None for row in rows)
    assert "Not asked about" in _text(response)


def test_inspection_outcomes_are_asked_for_in_the_words_of_frameworks(adviser):
    response = adviser.get("/schools/", {"inspection": ["Good", "Not yet inspected"]})
    assert {row.inspection.words for row in _found(response).rows} <= {"Good", "Not yet inspected"}


def test_one_outcome_nobody_has_does_not_undo_the_others(adviser):
    response = adviser.get("/schools/", {"inspection": ["Good", "Splendid"]})
    assert "no school here has “Splendid”" in _text(response)
    assert {row.inspection.words for row in _found(response).rows} == {"Good"}


def test_filters_in_force_are_tags_that_can_be_removed(adviser):
    page = adviser.get("/schools/?phase=primary&governance=academy").content.decode()
    tags = re.findall(r'steward-filters__tag" href="([^"]+)"', page)
    assert {tag.replace("&amp;", "&") for tag in tags} == {"?governance=academy", "?phase=primary"}


@pytest.mark.parametrize(
    "written", ["urn", "laestab", "tight laestab", "postcode", "name", "part", "capitals"]
)
def test_text_finds_a_school_by_any_of_its_names(written, adviser):
    row = next(row for row in _found(adviser.get("/schools/")).rows if row.postcode and row.laestab)
    asked = {
        "urn": str(row.urn),
        "laestab": row.laestab,
        "tight laestab": row.laestab.replace("/", ""),
        "postcode": row.postcode.lower().replace(" ", ""),
        "name": row.name,
        "part": row.name.split()[0],
        "capitals": row.name.upper(),
    }[written]
    assert row.urn in {each.urn for each in _found(adviser.get("/schools/", {"q": asked})).rows}


def test_nothing_found_is_said_with_a_way_out(adviser):
    text = _text(adviser.get("/schools/?q=zzzz"))
    assert "0 schools" in text
    assert "No school fits all of these" in text


@pytest.mark.parametrize("sort", queries.SORTS)
def test_every_order_turns_round_with_unknown_values_last(sort, adviser):
    up = [row.urn for row in _found(adviser.get(f"/schools/?sort={sort}")).rows]
    down = [row.urn for row in _found(adviser.get(f"/schools/?sort=-{sort}")).rows]
    assert sorted(up) == sorted(down)
    rows = {row.urn: row for row in _found(adviser.get("/schools/")).rows}
    key = queries._SORT_KEYS[sort]
    for order, reverse_ in ((up, False), (down, True)):
        having = [key(rows[urn]) for urn in order if key(rows[urn]) is not None]
        assert having == sorted(having, reverse=reverse_)
        assert [key(rows[urn]) is None for urn in order] == sorted(key(rows[urn]) is None for urn in order)


def test_pages_follow_each_other_and_keep_the_filter(adviser):
    first = adviser.get("/schools/?phase=primary&sort=-roll")
    second = adviser.get("/schools/?phase=primary&sort=-roll&page=2")
    assert not {row.urn for row in first.context["page"]} & {row.urn for row in second.context["page"]}
    assert "?phase=primary&amp;sort=-roll&amp;page=2" in first.content.decode()


@pytest.mark.parametrize(
    ("asked", "shown"), [("300", 300), ("9999", 500), ("0", 1), ("banana", 20), ("-5", 20), ("٣", 3)]
)
def test_rows_on_a_page_can_be_chosen_for_print(asked, shown, adviser):
    response = adviser.get("/schools/", {"rows": asked})
    assert len(response.context["page"]) == min(shown, len(_found(response).rows))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("phase=banana", "no school here has “banana”"),
        ("ward=Atlantis", "no school here has “Atlantis”"),
        ("standing=haunted", "no school here has “haunted”"),
    ],
)
def test_what_cannot_be_filtered_by_is_said_and_left_out(query, sentence, adviser):
    response = adviser.get(f"/schools/?{query}")
    assert response.status_code == 200
    assert sentence in _text(response)
    assert _found(response).rows


@pytest.mark.parametrize("query", ["page=banana", "page=99999", "sort=banana", "sort=--name", "q=%00%ff"])
def test_a_broken_address_still_shows_a_list(query, adviser):
    assert adviser.get(f"/schools/?{query}").status_code == 200


def test_members_see_no_proposals_in_the_list_nor_by_its_address(client_of, sample_home):
    member = client_of(Role.SCRUTINY_MEMBER)
    plain = member.get("/schools/")
    assert "Proposal" not in _text(plain)
    assert all(row.proposal is None for row in _found(plain).rows)
    asked = member.get("/schools/?proposal=not-settled&sort=-proposal")
    assert [row.urn for row in _found(asked).rows] == [row.urn for row in _found(plain).rows]
    assert reverse("pages:schools-csv") not in plain.content.decode()


def test_missing_figures_say_why(adviser):
    response = adviser.get("/schools/?rows=500")
    missing = [
        measure.value.reason.label
        for row in _found(response).rows
        for measure in row.measures.values()
        if isinstance(measure.value, Missing)
    ]
    assert missing
    text = _text(response)
    assert all(label in text for label in missing)
    assert re.search(r'data-label="[^"]+"><span>\s*</span>', response.content.decode()) is None


def test_each_figure_opens_its_evidence(adviser):
    response = adviser.get("/schools/")
    page = response.content.decode()
    for row in response.context["page"]:
        for code, measure in row.measures.items():
            if measure.number is not None:
                assert reverse("evidence:figure", args=[row.urn, code, measure.period]) in page


def test_a_warm_list_of_every_school_asks_little(adviser, django_assert_max_num_queries):
    adviser.get("/schools/?rows=500")
    with django_assert_max_num_queries(10):
        adviser.get("/schools/?rows=500")


def test_an_inspection_under_an_earlier_urn_says_so(adviser):
    response = adviser.get("/schools/?rows=500")
    rows = [row for row in _found(response).rows if row.inspection.as_urn]
    assert rows
    text = _text(response)
    assert all(f"as URN {row.inspection.as_urn}" in text for row in rows)


def test_a_school_without_an_inspection_shows_that_of_the_school_before_and_says_so(adviser):
    rows = _found(adviser.get("/schools/?standing=open&standing=closed")).rows
    school = next(row for row in rows if row.inspection.on is None)
    earlier = next(row for row in rows if row.inspection.on is not None)
    Predecessor.objects.create(urn=school.urn, predecessor_urn=earlier.urn, relation="Predecessor")
    stands = outcomes.latest_of([school.urn])[school.urn]
    assert stands.on is None
    assert stands.words == school.inspection.words
    assert stands.predecessor_words.startswith(
        f"school before (URN {earlier.urn}): {earlier.inspection.words}"
    )


def test_closed_schools_are_named_with_the_day_they_closed(adviser):
    response = adviser.get("/schools/?standing=closed&rows=500")
    rows = _found(response).rows
    assert rows
    assert all(row.standing is Standing.CLOSED for row in rows)
    assert re.search(r"\(closed \d+ \w+ \d{4}\)", _text(response))


def test_a_query_of_the_list_is_for_scripts_too(person_with, sample_home):
    chosen = SchoolFilter(phases=(Phase.SECONDARY,))
    found = queries.list_of(person_with(Role.ADVISER), chosen=chosen, sort="-roll")
    assert {row.phase for row in found.rows} == {Phase.SECONDARY}
    assert found.words.endswith("open, secondary")
