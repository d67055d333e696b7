"""Warning notices, powers and clocks: the checks that the law and its dates suggest."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steward.regimes.academy_orders import OrderRoute, order_route
from steward.regimes.clocks import NoticeDates, clocks_of
from steward.regimes.notice_steps import NoticeEvent, NoticeState, StepRefused, after, diagram, steps_of
from steward.regimes.notices import DraftNotice, NoticeKind, missing_before_giving, read_notices, rules_for
from steward.regimes.powers import (
    Eligibility,
    PowerUse,
    Route,
    missing_before_use,
    read_powers,
    refusal,
)
from steward.regimes.schools import Giver, SchoolInLaw
from steward.regimes.working_days import working_days
from steward.vocabulary.phases import Governance, Standing

NOTICES = read_notices()
POWERS = read_powers()
DAYS = working_days()
OLD, NEW = NOTICES["section_60_2007"], NOTICES["section_60_2016"]
CHURCH = SchoolInLaw("St Bede's Primary School", Governance.MAINTAINED, Standing.OPEN, church=True)
PLAIN = SchoolInLaw("Moor Primary School", Governance.MAINTAINED, Standing.OPEN)
ACADEMY = SchoolInLaw("Beck Academy", Governance.ACADEMY, Standing.OPEN)
UNIT = SchoolInLaw("The Bridge", Governance.MAINTAINED, Standing.OPEN, referral_unit=True)


def _draft(
    *, copies, giver=Giver.AUTHORITY, end=date(2026, 12, 1), sos=False, measure="Books checked weekly"
):
    return DraftNotice(
        giver=giver,
        grounds=["performance"],
        contents={one.key: "Written." for one in NEW.contents},
        measures={"Improve teaching": measure},
        copies=copies,
        compliance_end=end,
        secretary_of_state_notice=sos,
    )


def _missing(draft, *, school=CHURCH, rules=NEW, given_on=date(2026, 10, 1)):
    return missing_before_giving(draft, school=school, rules=rules, given_on=given_on)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2016, 4, 17), "section_60_2007"), (date(2016, 4, 18), "section_60_2016")],
)
def test_the_rules_change_on_18_april_2016(day, expected):
    assert rules_for(NoticeKind.PERFORMANCE, given_on=day, definitions=NOTICES.values()).id == expected


def test_a_day_without_rules_is_refused_in_a_sentence():
    with pytest.raises(LookupError, match="in force on 1 January 2005"):
        rules_for(NoticeKind.PERFORMANCE, given_on=date(2005, 1, 1), definitions=NOTICES.values())


def test_a_notice_without_a_copy_to_the_secretary_of_state_is_blocked():
    missing = _missing(_draft(copies=["head", "diocese"]))
    assert missing == ("A copy must be sent on the same day to: Secretary of State (regional director).",)
    assert _missing(_draft(copies=["head", "diocese", "secretary_of_state"])) == ()


def test_before_2016_no_copy_goes_to_the_secretary_of_state():
    assert (
        _missing(_draft(copies=["head", "diocese"], end=None), rules=OLD, given_on=date(2014, 11, 13)) == ()
    )


def test_every_part_missing_is_said():
    empty = DraftNotice(Giver.AUTHORITY, [], {}, {"Improve teaching": " "}, [], None)
    missing = _missing(empty)
    assert len(missing) == 1 + 4 + 1 + 1 + 3
    assert "Choose at least one ground." in missing
    assert "Say how it will be seen that this is done: Improve teaching." in missing


def test_a_compliance_period_that_ends_before_the_notice_is_refused():
    draft = _draft(copies=["head", "diocese", "secretary_of_state"], end=date(2026, 10, 1))
    assert _missing(draft) == ("The compliance period must end after the day the notice is given.",)


@pytest.mark.parametrize("school", [ACADEMY, UNIT], ids=["academy", "referral unit"])
def test_part_4_does_not_reach_academies_or_referral_units(school):
    [only] = _missing(_draft(copies=[]), school=school)
    assert only.startswith(f"{school.name} is a")
    for power in POWERS.values():
        said = refusal(power, school=school, eligibility=[], on=date(2026, 10, 1))
        assert power.section.split(" of ")[0] in said


def test_an_academy_is_offered_the_way_to_the_trust_and_the_regional_director():
    [only] = _missing(_draft(copies=[]), school=ACADEMY)
    assert "chair of the trust" in only
    assert "regional director" in only


def test_only_the_authority_gives_a_pay_notice_and_it_opens_no_arrangements():
    rules = NOTICES["section_60a_2016"]
    draft = DraftNotice(Giver.SECRETARY_OF_STATE, ["pay_order"], {}, {}, [], date(2026, 12, 1))
    assert "Only the local authority may give this notice." in _missing(draft, rules=rules)
    eligible = [Eligibility(Route.PAY, date(2026, 9, 1), date(2026, 11, 1))]
    on = date(2026, 10, 1)
    assert "does not open" in refusal(POWERS["section_63"], school=PLAIN, eligibility=eligible, on=on)
    for key in ("section_64", "section_65", "section_66"):
        assert refusal(POWERS[key], school=PLAIN, eligibility=eligible, on=on) == ""


def test_the_authority_waits_while_a_notice_of_the_secretary_of_state_stands():
    draft = _draft(copies=["head", "diocese", "secretary_of_state"], sos=True)
    assert "may give none until" in _missing(draft)[0]


@pytest.mark.parametrize(
    ("given_on", "period", "window"),
    [
        (date(2014, 11, 13), date(2014, 12, 4), date(2015, 2, 4)),
        (date(2014, 12, 15), date(2015, 1, 8), date(2015, 3, 8)),
    ],
)
def test_clocks_of_a_notice_before_2016(given_on, period, window):
    clocks = clocks_of(NoticeDates(given_on), rules=OLD, days=DAYS)
    assert [clock.ends_on for clock in clocks] == [period, window]
    assert clocks[1].unverified
    assert not clocks[0].ended(period)


def test_the_window_closes_what_is_limited_in_time_and_leaves_the_board():
    eligible = [Eligibility(Route.PERFORMANCE, date(2014, 12, 5), date(2015, 2, 4))]
    open_on, closed_on = date(2015, 2, 4), date(2015, 2, 5)
    assert refusal(POWERS["section_63"], school=PLAIN, eligibility=eligible, on=open_on) == ""
    assert "ended on 4 February 2015" in refusal(
        POWERS["section_63"], school=PLAIN, eligibility=eligible, on=closed_on
    )
    assert refusal(POWERS["section_65"], school=PLAIN, eligibility=eligible, on=closed_on) == ""


def test_an_interim_board_needs_consultations_consent_notice_and_two_members():
    board = POWERS["section_65"]
    missing = missing_before_use(board, school=CHURCH, use=PowerUse(), effective_on=date(2015, 1, 30))
    assert len(missing) == 5
    asked = {"governing_body": date(2014, 12, 8), "diocese": date(2014, 12, 8)}
    use = PowerUse(asked, date(2015, 1, 5), {"governing_body": date(2015, 1, 12)}, members=2)
    assert missing_before_use(board, school=CHURCH, use=use, effective_on=date(2015, 1, 30)) == ()
    late = PowerUse(asked, date(2014, 12, 1), {"governing_body": date(2015, 1, 12)}, members=2)
    assert (
        "only after consent"
        in missing_before_use(board, school=CHURCH, use=late, effective_on=date(2015, 1, 30))[0]
    )


def test_an_academy_order_made_before_the_law_changed_keeps_its_duty():
    after_change = date(2026, 9, 1)
    assert order_route(eligible_by="category", on=after_change) is OrderRoute.POWER
    assert (
        order_route(eligible_by="category", on=after_change, ordered_on=date(2026, 3, 1)) is OrderRoute.DUTY
    )
    assert order_route(eligible_by="category", on=date(2026, 6, 28)) is OrderRoute.DUTY
    assert order_route(eligible_by="category", on=date(2026, 6, 29)) is OrderRoute.POWER
    assert order_route(eligible_by="notice", on=date(2020, 1, 1)) is OrderRoute.POWER


def test_only_before_2016_can_a_notice_wait_for_the_chief_inspector():
    assert NoticeState.REPRESENTATIONS in {step.end for step in steps_of(OLD)}
    assert NoticeState.REPRESENTATIONS not in {step.end for step in steps_of(NEW)}
    assert "superseded" in diagram(NEW)
    assert "superseded" not in diagram(OLD)


def test_a_step_that_cannot_be_taken_says_what_can():
    with pytest.raises(StepRefused, match="the notice can: sent to legal"):
        after(NoticeState.DRAFT, NoticeEvent.GIVE, rules=NEW)


@settings(max_examples=200)
@given(st.sampled_from([OLD, NEW]), st.lists(st.sampled_from(NoticeEvent), max_size=40))
def test_no_power_is_used_without_notice_non_compliance_and_warning(rules, events):
    """Random orders of events never reach a power but by given, ended, not satisfied, notified."""
    state, path = NoticeState.DRAFT, []
    for event in events:
        try:
            state = after(state, event, rules=rules)
        except StepRefused:
            continue
        path.append(event)
    if state is NoticeState.INTERVENED:
        order = [NoticeEvent.AUTHORISE, NoticeEvent.GIVE, NoticeEvent.PERIOD_ENDS, NoticeEvent.NOT_SATISFIED]
        order += [NoticeEvent.NOTIFY_POWERS, NoticeEvent.USE_POWER]
        last = [len(path) - 1 - path[::-1].index(event) for event in order]
        assert last == sorted(last)


def test_every_state_but_an_end_leads_on():
    for rules in NOTICES.values():
        starts = {step.start for step in steps_of(rules)}
        ends = {step.end for step in steps_of(rules)}
        assert all(end in starts or end.ended for end in ends)
