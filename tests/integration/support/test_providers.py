"""Providers: what is kept with its reason, what is refused, files, and whose school is watched."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.early_warning.models.concerns import Level, Origin, Topic
from steward.early_warning.operations import concerns
from steward.register import queries as register
from steward.support.models import Provider, Quality
from steward.support.operations import importing, providers, supply
from steward.support.policies import NotPossible, ProviderFacts
from steward.support.queries import capacity
from steward.support.queries import providers as queries
from steward.support.steps import ProviderAct, ProviderState
from steward.support.terms import term_of, term_on

TODAY = timezone.localdate()
TERM = term_on(TODAY)


@pytest.fixture
def school(sample_home):
    return register.schools_of(sample_home.authority)[0]


@pytest.fixture
def adviser(person_with):
    return person_with(Role.ADVISER)


def facts(school, **changed):
    given = {
        "name": "Ada Partner",
        "kind": "partner_headteacher",
        "cost_per_day": Decimal(350),
        "phases": ("primary",),
        "specialisms": ("phonics", "leadership"),
        "urn": school.urn,
    }
    return ProviderFacts(**(given | changed))


@pytest.fixture
def provider(school, adviser):
    return providers.add(facts(school), authority=school.authority_id, reason="Offered", actor=adviser)


def test_a_provider_is_kept_with_its_reason_and_in_the_log(provider):
    assert [(one.act, one.reason) for one in provider.events.all()] == [("add", "Offered")]
    assert AuditEvent.objects.filter(verb="support.provider.add").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"name": " "},
        {"kind": "wizard"},
        {"urn": None},
        {"urn": 999_999},
        {"phases": ()},
        {"phases": ("nursery school",)},
        {"specialisms": ("juggling",)},
        {"easting": 430_000},
        {"cost_per_day": Decimal(-1)},
    ],
    ids=[
        "no name",
        "no kind",
        "no school",
        "no such school",
        "no phase",
        "phase",
        "tag",
        "half a place",
        "cost",
    ],
)
def test_what_cannot_be_said_of_a_provider_is_refused_and_nothing_kept(school, adviser, changed):
    with pytest.raises(NotPossible):
        providers.add(facts(school, **changed), authority=school.authority_id, reason="x", actor=adviser)
    assert not Provider.objects.exists()


def test_the_same_provider_is_not_added_twice_until_the_first_has_ended(provider, school, adviser):
    with pytest.raises(NotPossible, match="already"):
        providers.add(facts(school), authority=school.authority_id, reason="x", actor=adviser)
    providers.move(provider.pk, act=ProviderAct.END, reason="Retired", seen=provider.changes, actor=adviser)
    providers.add(facts(school), authority=school.authority_id, reason="Back", actor=adviser)
    ended = Provider.objects.get(pk=provider.pk)
    with pytest.raises(NotPossible, match="already"):
        providers.move(ended.pk, act=ProviderAct.REOPEN, reason="x", seen=ended.changes, actor=adviser)


def test_a_change_keeps_what_was_before_and_is_refused_when_somebody_was_quicker(provider, school, adviser):
    new = facts(school, cost_per_day=Decimal(400))
    seen = provider.changes
    changed = providers.change(provider.pk, facts=new, reason="New rate", seen=seen, actor=adviser)
    assert changed.events.last().changed == {"cost_per_day": ["350.00", "400.00"]}
    with pytest.raises(NotPossible, match="while you were writing"):
        providers.change(provider.pk, facts=facts(school), reason="x", seen=seen, actor=adviser)
    with pytest.raises(NotPossible, match="Nothing was changed"):
        providers.change(provider.pk, facts=new, reason="x", seen=changed.changes, actor=adviser)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([ProviderAct.PAUSE], ProviderState.PAUSED),
        ([ProviderAct.PAUSE, ProviderAct.RESUME], ProviderState.ACTIVE),
        ([ProviderAct.END, ProviderAct.REOPEN], ProviderState.ACTIVE),
        ([ProviderAct.RESUME], None),
        ([ProviderAct.END, ProviderAct.PAUSE], None),
    ],
    ids=["paused", "resumed", "taken up again", "not paused", "ended"],
)
def test_a_provider_moves_only_by_the_steps_of_the_table(provider, adviser, acts, state):
    def go():
        for act in acts:
            found = Provider.objects.get(pk=provider.pk)
            providers.move(found.pk, act=act, reason="because", seen=found.changes, actor=adviser)

    if state is None:
        with pytest.raises(NotPossible):
            go()
    else:
        go()
        assert Provider.objects.get(pk=provider.pk).state == state


def test_days_promised_elsewhere_are_taken_from_those_offered_until_given_back(provider, adviser):
    supply.offer_days(provider.pk, days={TERM: Decimal(10)}, reason="Agreed", actor=adviser)
    promised = supply.commit_days(
        provider.pk, term=TERM, days=Decimal("2.5"), what="Elsewhere", actor=adviser
    )
    assert queries.days_in(TERM, providers=Provider.objects.all())[provider.pk].free == 7.5
    assert queries.days_in(TERM.after(), providers=Provider.objects.all())[provider.pk].free == 0
    supply.release_days(promised, reason="Cancelled", actor=adviser)
    assert queries.days_in(TERM, providers=Provider.objects.all())[provider.pk].free == 10
    with pytest.raises(NotPossible):
        supply.offer_days(provider.pk, days={TERM: Decimal(81)}, reason="x", actor=adviser)


def test_gaps_name_the_specialisms_that_too_few_offer(provider, adviser):
    supply.offer_days(provider.pk, days={TERM: Decimal(10)}, reason="Agreed", actor=adviser)
    found = {one.key: one for one in capacity.by_specialism(adviser, term=TERM)}
    assert (found["phonics"].with_days, found["phonics"].free, found["phonics"].scarce) == (1, 10, True)
    assert found["finance"].providers == 0
    assert not found["phonics"].short


def test_a_specialism_is_short_when_open_needs_ask_for_more_days_than_are_free(make_need, provider, adviser):
    supply.offer_days(provider.pk, days={TERM: Decimal(3)}, reason="Agreed", actor=adviser)
    make_need()
    found = capacity.by_specialism(adviser, term=TERM)[0]
    assert (found.key, found.needs, found.needed, found.short) == ("phonics", 1, 4, True)


def test_designations_conflicts_and_assurance_are_dated_and_have_reasons(provider, school, adviser):
    new = supply.NewDesignation("lle", "National College", TODAY - timedelta(days=400))
    kept = supply.designate(provider.pk, new=new, actor=adviser)
    with pytest.raises(NotPossible):
        supply.end_designation(kept, last_day=kept.since - timedelta(days=1), reason="x", actor=adviser)
    supply.end_designation(kept, last_day=TODAY, reason="Retired", actor=adviser)
    barred = supply.bar(provider.pk, new=supply.NewConflict("Related", TODAY, urn=school.urn), actor=adviser)
    supply.lift(barred, reason="Moved on", actor=adviser)
    assert barred.until == TODAY
    for wrong in (
        supply.NewConflict("Both", TODAY, school.urn, "A trust"),
        supply.NewConflict("None", TODAY),
    ):
        with pytest.raises(NotPossible):
            supply.bar(provider.pk, new=wrong, actor=adviser)
    supply.assure(provider.pk, quality=Quality.SECURE, on=TODAY, evidence="Seen", actor=adviser)
    with pytest.raises(NotPossible):
        supply.assure(
            provider.pk, quality=Quality.SECURE, on=TODAY + timedelta(1), evidence="Seen", actor=adviser
        )
    assert provider.events.count() == 6


def test_signs_at_the_provider_own_school_are_a_warning(provider, school, adviser):
    assert queries.warnings_of([provider], viewer=adviser, today=TODAY) == {provider.pk: ()}
    new = concerns.NewConcern(school.urn, Topic.STANDARDS, Origin.FIGURES, Level.SERIOUS, "Results fell")
    concerns.raise_concern(new, actor=adviser)
    assert "Open concern" in queries.warnings_of([provider], viewer=adviser, today=TODAY)[provider.pk][0]


def _import(school, adviser, *lines):
    content = "\n".join(("name,kind,urn,phases,cost_per_day,days", *lines)).encode()
    return importing.import_providers(content, authority=school.authority_id, term=TERM, actor=adviser)


def test_a_file_of_providers_is_taken_in_with_days(school, adviser):
    made = _import(
        school, adviser, f"Ada,sle,{school.urn},primary;secondary,350,5", "Team,council_team,,primary,0,"
    )
    assert [(one.name, one.phases) for one in made] == [
        ("Ada", ["primary", "secondary"]),
        ("Team", ["primary"]),
    ]
    assert queries.days_in(TERM, providers=made)[made[0].pk].free == 5


def test_a_file_with_a_bad_row_is_refused_whole_with_a_sentence_for_each(school, adviser):
    rows = (
        "Good,consultant,,primary,0,1",
        "No kind,wizard,,primary,0,1",
        "Price,consultant,,primary,dear,1",
        "Good,consultant,,primary,0,1",
    )
    with pytest.raises(importing.CannotImport) as refusal:
        _import(school, adviser, *rows)
    said = refusal.value.faults
    assert [one.split(":")[0] for one in said] == ["Line 3", "Line 4", "Line 5"]
    assert "wizard" in said[0]
    assert "dear" in said[1]
    assert not Provider.objects.exists()


def test_a_file_without_its_columns_says_which(school, adviser):
    with pytest.raises(importing.CannotImport) as refusal:
        importing.import_providers(
            b"name,colour\nA,b\n", authority=school.authority_id, term=TERM, actor=adviser
        )
    assert "The column 'kind' is missing." in refusal.value.faults
    assert any("no column 'colour'" in one for one in refusal.value.faults)


@pytest.mark.parametrize(("key", "words"), [("2026-3", "Autumn 2026"), ("2026-4", None), ("later", None)])
def test_terms_are_read_from_their_keys(key, words):
    found = term_of(key)
    assert (found.words if found else None) == words


def test_terms_follow_each_other():
    assert term_of("2026-3").after().words == "Spring 2027"
    assert term_on(TODAY.replace(month=8, day=15)).words.startswith("Summer")


def test_pages_of_providers_show_list_and_file_and_take_changes(provider, school, client_of):
    browser = client_of(Role.SENIOR_ADVISER)
    listed = browser.get("/support/providers/?specialism=phonics&sort=-cost_per_day").content.decode()
    assert "Ada Partner" in listed
    assert "Ada Partner" not in browser.get("/support/providers/?specialism=finance").content.decode()
    assert "Ada Partner" in browser.get("/support/providers/providers.csv").content.decode("utf-8-sig")
    page = f"/support/providers/{provider.pk}/"
    assert "What to do" in browser.get(page).content.decode()
    for name in ("change", "days", "commitment", "designation", "conflict", "quality", "pause"):
        assert browser.get(f"{page}{name}/").status_code == 200
    sent = browser.post(f"{page}pause/", {"reason": "Ill", "seen": provider.changes})
    assert sent.status_code == 302
    assert Provider.objects.get(pk=provider.pk).state == ProviderState.PAUSED
    assert browser.get("/support/days/").status_code == 200
    assert "Phonics" in browser.get("/support/days/gaps.csv").content.decode("utf-8-sig")


def test_a_file_is_taken_in_from_the_page_and_its_faults_are_shown(school, client_of):
    browser = client_of(Role.ADVISER)
    bad = SimpleUploadedFile("p.csv", b"name,kind,phases,cost_per_day\nA,wizard,primary,0\n", "text/csv")
    said = browser.post("/support/providers/import/", {"file": bad, "term": TERM.key}).content.decode()
    assert "Line 2: &#x27;wizard&#x27; is no kind of provider" in said
    good = SimpleUploadedFile("p.csv", b"name,kind,phases,cost_per_day\nA,consultant,primary,0\n", "text/csv")
    assert browser.post("/support/providers/import/", {"file": good, "term": TERM.key}).status_code == 302


def test_schools_and_members_do_not_see_the_register_of_providers(provider, school, client_of):
    assert client_of(Role.SCHOOL_USER, urn=school.urn).get("/support/providers/").status_code == 403
    assert client_of(Role.SCRUTINY_MEMBER).get(f"/support/providers/{provider.pk}/").status_code == 403
    assert client_of(Role.DATA_OFFICER).get("/support/providers/new/").status_code == 403
