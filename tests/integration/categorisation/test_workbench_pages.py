"""The workbench as pages: who may open it, a draft from its beginning to approval, and what it shows."""

import csv
import io
from html import unescape

import pytest
import yaml
from django.urls import reverse
from django.utils import timezone

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.categorisation import queries, rulebooks
from steward.categorisation.models import DraftRuleset, DraftVersion
from steward.categorisation.operations import propose
from steward.categorisation.workbench import editing
from steward.categorisation.workbench.kind_forms import KIND_FORMS

pytestmark = pytest.mark.django_db
PAGES = (
    "draft",
    "draft-rules",
    "draft-text",
    "draft-journey",
    "draft-days",
    "draft-record",
    "draft-history",
    "draft-about",
    "draft-replace",
    "draft-category",
    "draft-submit",
)
HEAD_ONLY = ("draft-approve", "draft-send-back", "draft-retire")


def address(name, *parts):
    return reverse(f"categorisation:{name}", args=parts)


def text_of(answer):
    assert answer.status_code == 200, answer
    return unescape(answer.content.decode())


@pytest.fixture
def senior(sample_home, client_of):
    return client_of(Role.SENIOR_ADVISER)


@pytest.fixture
def draft(senior) -> DraftRuleset:
    given = {"base": "four-category", "title": "Four categories for 2027", "slug": "four-2027"}
    answer = senior.post(address("new-draft"), given)
    assert answer.status_code == 302, text_of(answer)
    return DraftRuleset.objects.get()


def post(client, draft, name, data, *parts, query=""):
    draft.refresh_from_db()
    return client.post(address(name, draft.slug, *parts) + query, {"seen": draft.changes, **data})


def change(client, draft, **data):
    answer = post(client, draft, "draft-change", data)
    assert answer.status_code == 302
    return draft.versions.first()


@pytest.mark.parametrize(
    "role", [each for each in Role if each not in (Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE)]
)
def test_only_those_who_may_write_policies_open_the_workbench(sample_home, client_of, draft, role) -> None:
    client = client_of(role, urn=100001 if role == Role.SCHOOL_USER else None)
    for name in ("workbench", "new-draft", "compare-policies", "officer-days", "import-draft"):
        assert client.get(address(name)).status_code == 403
    for name in (*PAGES, *HEAD_ONLY, "draft-movers", "draft-yaml"):
        assert client.get(address(name, draft.slug)).status_code == 403


def test_a_senior_adviser_writes_and_the_head_of_service_approves(senior, draft, client_of) -> None:
    head = client_of(Role.HEAD_OF_SERVICE)
    for name in PAGES:
        assert senior.get(address(name, draft.slug)).status_code == 200, name
    for name in HEAD_ONLY:
        assert senior.get(address(name, draft.slug)).status_code == 403, name
        assert head.get(address(name, draft.slug)).status_code == 200, name
    assert senior.get(address("draft", "nothing")).status_code == 404


def test_an_edit_moves_schools_and_changes_text_and_journey(senior, draft) -> None:
    page = text_of(senior.get(address("draft", draft.slug)))
    assert "No school would be in another support category" in page
    before = text_of(senior.get(address("draft-text", draft.slug)))
    steps = text_of(senior.get(address("draft-journey", draft.slug)))
    assert "is more than 1 percentage point above the England figure" in before
    fields = {
        "condition-indicator": "absence",
        "condition-held_against": "number",
        "condition-amount": "0",
        "condition-years": "1",
    }
    answer = post(senior, draft, "draft-condition", fields, "S01", query="?act=change&path=")
    assert answer.status_code == 302, text_of(answer)
    fields = {"condition-number": "1", "condition-named": ["S01", "S02"]}
    answer = post(senior, draft, "draft-condition", fields, "R13", query="?act=change&path=")
    assert answer.status_code == 302, text_of(answer)

    answer = senior.get(address("draft", draft.slug))
    page = text_of(answer)
    assert answer.context["every"] > 0
    assert "Several signals: High absence" in page
    assert "towards more concern" in page
    after = text_of(senior.get(address("draft-text", draft.slug)))
    assert "is above 0%" in after
    assert after != before
    assert text_of(senior.get(address("draft-journey", draft.slug))) != steps

    told = senior.get(address("draft-movers", draft.slug)).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert len(rows) == answer.context["every"]
    assert all(row["Now"] != row["Under the draft"] and row["Why under the draft"] for row in rows)
    assert AuditEvent.objects.filter(verb="categorisation.draft.movers_downloaded").exists()
    fewer = senior.get(address("draft", draft.slug) + "?phase=secondary&sort=-name")
    assert 0 < fewer.context["count"] < answer.context["every"]


def test_movers_are_those_that_proposals_would_show(senior, draft, sample_home, settings, client_of) -> None:
    settings.STEWARD_RULESET = "four-category"
    change(senior, draft, act="remove", part="rules", name="R07")
    found = senior.get(address("draft", draft.slug))
    shown = found.context["every"]
    day = found.context["look"].ground.as_at
    head = client_of(Role.HEAD_OF_SERVICE)
    assert post(senior, draft, "draft-submit", {}).status_code == 302
    approve(head, draft)
    before = propose(actor=person(), authority=sample_home.authority, ruleset="four-category", as_at=day)
    after = propose(actor=person(), authority=sample_home.authority, ruleset=draft.slug, as_at=day)
    labels = [
        {each.school_id: each.label for each in queries.proposals_in(run, within=queries.EVERY_SCHOOL)}
        for run in (before, after)
    ]
    assert shown == sum(labels[0][urn] != labels[1][urn] for urn in labels[0]) > 0


def person():
    from loaded_sample import LOADER  # noqa: PLC0415 - the fixture module

    return LOADER


def approve(head, draft) -> None:
    given = {"body": "Schools Forum", "minute": "minute 12"}
    today = timezone.localdate()
    for name in ("approved_on", "effective_from"):
        given |= {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}
    answer = post(head, draft, "draft-approve", given)
    assert answer.status_code == 302, text_of(answer)


def test_an_approved_policy_is_usable_and_never_edited(senior, draft, client_of, settings) -> None:
    head = client_of(Role.HEAD_OF_SERVICE)
    today = timezone.localdate()
    assert draft.slug not in rulebooks.rulesets()
    assert post(senior, draft, "draft-submit", {}).status_code == 302
    refused = post(senior, draft, "draft-replace", {"text": "id: x"})
    assert refused.status_code == 200
    approve(head, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.body, draft.minute) == ("approved", "Schools Forum", "minute 12")
    assert rulebooks.rulebook(draft.slug).ruleset.agreed_by.startswith(
        f"Schools Forum, {today.day} {today:%B %Y}"
    )
    page = text_of(head.get(address("policy", draft.slug)))
    assert "Agreed by: Schools Forum" in page
    settings.STEWARD_RULESET = draft.slug
    assert "in use here" in text_of(post(head, draft, "draft-retire", {"reason": "Too old"}))
    settings.STEWARD_RULESET = "four-category"
    assert post(head, draft, "draft-retire", {"reason": "Too old"}).status_code == 302
    assert draft.slug not in rulebooks.rulesets()
    verbs = set(
        AuditEvent.objects.filter(verb__startswith="categorisation.draft").values_list("verb", flat=True)
    )
    assert {f"categorisation.draft.{each}" for each in ("begun", "submitted", "approved", "retired")} <= verbs


def test_a_draft_sent_back_can_be_edited_again(senior, draft, client_of) -> None:
    head = client_of(Role.HEAD_OF_SERVICE)
    post(senior, draft, "draft-submit", {})
    assert "Enter reason" in text_of(post(head, draft, "draft-send-back", {"reason": ""}))
    assert post(head, draft, "draft-send-back", {"reason": "Say who is asked"}).status_code == 302
    assert change(senior, draft, act="remove", part="adjusters", name="A02").note == "A02 removed"


def test_what_would_not_hold_together_is_refused_in_a_sentence(senior, draft) -> None:
    for data, said in (
        ({"act": "remove", "part": "signals", "name": "S03"}, "there is no signal 'S03'"),
        ({"act": "remove", "part": "categories", "name": "secure"}, "there is no category 'secure'"),
        ({"act": "remove-condition", "name": "R02", "path": ""}, "A rule needs a condition"),
        ({"act": "remove-condition", "name": "R02", "path": "7"}, "is not there any more"),
        ({"act": "up", "part": "rules", "name": "R99"}, "is not there any more"),
        ({"act": "explode", "part": "rules", "name": "R01"}, "is not there any more"),
    ):
        answer = senior.post(address("draft-change", draft.slug), {"seen": 1, **data}, follow=True)
        assert said in text_of(answer), data
    assert DraftVersion.objects.count() == 1


def test_two_officers_never_overwrite_each_other(senior, draft, client_of) -> None:
    other = client_of(Role.HEAD_OF_SERVICE)
    stale = draft.changes
    assert change(other, draft, act="down", part="rules", name="R01").number == 2
    fields = {"key": "strong", "label": "Very strong", "meaning": "Better.", "seen": stale}
    answer = senior.post(address("draft-category", draft.slug) + "?key=strong", fields)
    page = text_of(answer)
    assert "changed this draft while you were writing" in page
    assert "R01 moved down" in page
    assert "Very strong" in page
    again = senior.post(
        address("draft-category", draft.slug) + "?key=strong", {**fields, "seen": answer.context["seen"]}
    )
    assert again.status_code == 302
    assert draft.versions.first().content["categories"][0]["label"] == "Very strong"


KINDS = {
    "below": {"indicator": "rwm_expected", "held_against": "england", "amount": "5", "years": "2"},
    "above": {"indicator": "absence", "held_against": "number", "amount": "6.5", "years": "1"},
    "falling": {"indicator": "rwm_expected", "by": "5", "over_years": "3"},
    "rising": {"indicator": "absence", "by": "1", "over_years": "2", "minimum_cohort": "20"},
    "substantial_decline": {
        "indicator": "reading_progress",
        "school_spread": "2.1",
        "middle": "0",
        "years_before": "3",
    },
    "inspection_outcome_in": {"outcomes": ["ofsted_2015|good", "ofsted_2019|outstanding"]},
    "inspection_category_in": {"categories": ["special_measures"]},
    "inspection_older_than": {"months": "48"},
    "consecutive_outcomes_below_good": {"number": "3"},
    "attendance_drifting": {"by": "week", "h": "4", "k": "0.5"},
    "fact_in_force": {"fact": "new_head", "if_not_recorded": "not_met"},
    "governance_in": {"governance": ["academy"]},
    "signals_at_least": {"number": "2", "named": ["S01", "S02"]},
}


@pytest.mark.parametrize("kind", KIND_FORMS)
def test_a_rule_of_each_kind_is_added_shown_and_changed(senior, draft, kind) -> None:
    fields = {f"condition-{name}": each for name, each in KINDS[kind].items()}
    around = {"title": "A new rule", "source": "Proposed", "gives": "support"}
    answer = post(senior, draft, "draft-new-item", fields | around, "rules", query=f"?kind={kind}")
    assert answer.status_code == 302, text_of(answer)
    key = draft.versions.first().content["rules"][-1]["id"]
    _, made = editing.item_of(draft.versions.first().content, key=key)
    assert made["when"]["kind"] == kind
    shown = senior.get(address("draft-condition", draft.slug, key) + "?act=change&path=")
    inside = shown.context["inside"]
    again = {f"condition-{name}": inside[name].initial for name in KINDS[kind]}
    answer = post(senior, draft, "draft-condition", again, key, query="?act=change&path=")
    assert answer.status_code == 302, text_of(answer)
    assert editing.item_of(draft.versions.first().content, key=key)[1]["when"] == made["when"]
    empty = senior.post(address("draft-condition", draft.slug, key) + "?act=change&path=", {})
    assert empty.status_code == 200


def test_conditions_are_joined_turned_and_taken_out_by_buttons(senior, draft) -> None:
    fields = {"condition-months": "48"}
    query = "?act=any_of&path=&kind=inspection_older_than"
    assert post(senior, draft, "draft-condition", fields, "R02", query=query).status_code == 302
    page = text_of(senior.get(address("draft-item", draft.slug, "R02")))
    assert "A formal warning notice is in force, or the latest full inspection was more than 48" in page
    change(senior, draft, act="turn", name="R02", path="1")
    assert "was at most 48 months ago" in text_of(senior.get(address("draft-item", draft.slug, "R02")))
    group = {"by": "all_of"}
    assert post(senior, draft, "draft-group", group, "R02", query="?path=").status_code == 302
    change(senior, draft, act="remove-condition", name="R02", path="1")
    when = editing.item_of(draft.versions.first().content, key="R02")[1]["when"]
    assert when["kind"] == "fact_in_force"
    assert senior.get(address("draft-condition", draft.slug, "R02") + "?path=9").status_code == 404
    assert senior.get(address("draft-group", draft.slug, "R02") + "?path=x").status_code == 404
    choose = text_of(senior.get(address("draft-condition", draft.slug, "S01") + "?act=all_of"))
    assert "At least so many signals" not in choose


def test_categories_the_policy_and_who_is_asked_are_changed_by_forms(senior, draft) -> None:
    fields = {"key": "grave", "label": "Grave", "meaning": "Worst.", "visits": "12", "review": "each month"}
    assert post(senior, draft, "draft-category", fields).status_code == 302
    renamed = {"key": "urgent", "label": "Urgent", "meaning": "Now."}
    assert post(senior, draft, "draft-category", renamed, query="?key=concern").status_code == 302
    gives = {rule["gives"] for rule in draft.versions.first().content["rules"]}
    assert "urgent" in gives
    assert "concern" not in gives
    assert "already" in text_of(post(senior, draft, "draft-category", renamed))
    needs = {"key": "x", "label": "X", "meaning": "X.", "days": "2"}
    assert "Enter how often" in text_of(post(senior, draft, "draft-category", needs))

    form = senior.get(address("draft-about", draft.slug)).context["form"]
    about = {name: each for name, each in form.initial.items() if name in form.fields}
    day = about.pop("review_on")
    about |= {"review_on_0": "", "title": "Renamed", "default": ""}
    for box, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        about[f"review_on_{box}"] = number
    answer = post(senior, draft, "draft-about", about)
    assert answer.status_code == 302, text_of(answer)
    draft.refresh_from_db()
    assert draft.title == "Renamed"
    assert "default" not in draft.versions.first().content

    around = {
        "title": "Lower",
        "source": "Ours",
        "gives": "support",
        "phases": ["primary"],
        "since_day": "1",
        "since_month": "9",
        "since_year": "2026",
    }
    assert post(senior, draft, "draft-around", around, "R05").status_code == 302
    _, own = editing.item_of(draft.versions.first().content, key="R05")
    assert own["asked_of"] == {"phases": ["primary"], "since": "2026-09-01"}
    assert own["when"]["kind"] == "all_of"


def test_a_draft_leaves_and_comes_back_as_yaml(senior, draft) -> None:
    written = senior.get(address("draft-yaml", draft.slug)).content.decode()
    given = {"title": "Come back", "slug": "come-back", "text": written}
    assert senior.post(address("import-draft"), given).status_code == 302
    back = DraftRuleset.objects.get(slug="come-back").versions.first().content
    ours = draft.versions.first().content
    assert {**back, "id": 0, "title": 0} == {**ours, "id": 0, "title": 0}
    for text, said in (
        ("id: [", "cannot be read as YAML"),
        ("just words", "holds no ruleset"),
        (yaml.safe_dump({**yaml.safe_load(written), "default": "strong"}), "is the best category"),
        (written.replace("indicator: absence", "indicator: nothing"), "there is no indicator 'nothing'"),
    ):
        answer = senior.post(address("import-draft"), {**given, "slug": "another", "text": text})
        assert said in text_of(answer)
    assert "already" in text_of(senior.post(address("import-draft"), given))
    assert "Use small letters" in text_of(senior.post(address("import-draft"), {**given, "slug": "new"}))


def test_two_policies_side_by_side(senior, draft) -> None:
    change(senior, draft, act="remove", part="rules", name="R07")
    query = f"?before=four-category&after={draft.slug}"
    page = text_of(senior.get(address("compare-policies") + query))
    assert "Rule R07" in page
    assert "Removed" in page
    assert "would move, as at" in page
    other = text_of(senior.get(address("compare-policies") + "?before=four-category&after=letters"))
    assert "Support category A" in other


def test_officer_days_are_entered_and_held_against_what_is_promised(senior, draft, client_of) -> None:
    year = text_of(senior.get(address("draft-days", draft.slug)))
    assert "is not entered for every phase" in year
    ends = senior.get(address("draft-days", draft.slug)).context["year"].ends
    days = dict.fromkeys(("nursery", "primary", "secondary", "all_through", "special", "alternative"), "10")
    kept = senior.post(address("officer-days") + f"?ends={ends}", days)
    assert "The officer days of" in text_of(kept)
    page = text_of(senior.get(address("draft-days", draft.slug)))
    assert "more than the" in page
    assert "Enter a number" in text_of(senior.post(address("officer-days"), {"primary": "many"}))
    assert AuditEvent.objects.filter(verb="categorisation.officer_days.set").exists()


def test_the_record_says_who_agreed_missed_and_over_called(senior, draft) -> None:
    answer = senior.get(address("draft-record", draft.slug) + "?as_at=2013-12-31")
    page = text_of(answer)
    assert "Over-called" in page
    assert "What advisers expected" in page
    record = answer.context["draft_record"]
    assert record.inspected == record.agreed + record.missed + record.over_called
    assert record.inspected > 0
    assert text_of(senior.get(address("draft-record", draft.slug) + "?as_at=rubbish&below_from=99"))


def test_what_is_not_on_offer_is_refused_in_a_sentence(senior, draft) -> None:
    for name, query, said in (
        ("policy-record", "?policy=none-such", "“none-such” is not on offer for “Policy”"),
        ("policy-record", "?as_at=1999-01-01", "“1999-01-01” is not on offer for “As at”"),
        ("compare-policies", "?before=none-such&after=four-category", "is not on offer for “This policy”"),
    ):
        assert said in text_of(senior.get(address(name) + query))
    for name in ("draft", "draft-days", "draft-record"):
        assert "is not on offer for “As at”" in text_of(senior.get(address(name, draft.slug) + "?as_at=x"))


def test_a_policy_is_held_against_expecting_good_of_all(senior) -> None:
    page = senior.get(address("policy-record"))
    yardstick = page.context["yardstick"]
    assert yardstick.schools == page.context["draft_record"].schools
    assert yardstick.over_called == 0
    assert yardstick.missed == yardstick.found_below_good
    assert "Yardstick: expect all of these schools to be good or better" in text_of(page)


def test_the_form_to_compare_is_open_until_something_is_chosen(senior) -> None:
    opened = '<details class="steward-filters" open>'
    assert opened in text_of(senior.get(address("compare-policies")))
    chosen = "?before=four-category&after=letters"
    assert opened not in text_of(senior.get(address("compare-policies") + chosen))
