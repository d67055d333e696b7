"""The list of what is due: by rules, less what was set aside; each person sees their own."""

import re
from html import unescape

import pytest
from django.urls import reverse

from integration.reminders.conftest import NAME, in_days
from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.definitions.reading import DefinitionFault
from steward.reminders.models import Act, Reminder
from steward.reminders.operations import personal
from steward.reminders.queries import items, people
from steward.reminders.rules import read_reminders, rules
from steward.vocabulary.due import DueItem, DueKind

STAFF = (Role.ADVISER, Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE, Role.DATA_OFFICER, Role.ADMINISTRATOR)


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_every_kind_has_a_rule_and_somebody_to_remind():
    assert {rule.event for rule in rules().values()} == set(DueKind)


def test_two_rules_for_one_kind_and_role_are_refused(tmp_path):
    body = (
        "title: Step\nowner: A\nreviewed_on: 2026-01-01\nreview_on: 2027-01-01\nevent: other\n"
        "offset_days: 1\nrecipients: [adviser]\nchannel: digest\nsource: A policy\n"
    )
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text(f"id: {name}\n{body}", encoding="utf-8")
    with pytest.raises(DefinitionFault, match="is also about 'other' for advisers"):
        read_reminders((tmp_path,))


def test_what_is_far_off_is_not_told_yet(concern_due, head):
    concern_due(40)
    assert items.open_items(head) == ()
    concern_due(10)
    assert [each.kind for each in items.open_items(head)] == [DueKind.CONCERN_STEP]


def test_the_authority_may_change_a_rule(concern_due, head, settings, tmp_path):
    folder = tmp_path / "reminders"
    folder.mkdir()
    (folder / "concern_step.yaml").write_text(
        "id: concern_step\ntitle: Later\nowner: A\nreviewed_on: 2026-01-01\nreview_on: 2027-01-01\n"
        "event: concern_step\ncondition: overdue\noffset_days: 0\nrecipients: [head_of_service]\n"
        "channel: in_app\nsource: Our policy\n",
        encoding="utf-8",
    )
    concern_due(3)
    assert items.open_items(head)
    settings.STEWARD_DEFINITIONS = str(tmp_path)
    assert items.open_items(head) == ()


def test_what_was_snoozed_comes_back_in_a_week_and_what_is_done_does_not(concern_due, head):
    concern_due(-1)
    (item,) = items.open_items(head)
    personal.set_aside(item.key, act=Act.SNOOZE, actor=head)
    assert items.open_items(head) == ()
    assert items.open_items(head, on=in_days(7)) == (item,)
    personal.set_aside(item.key, act=Act.DONE, actor=head)
    assert items.open_items(head, on=in_days(30)) == ()
    personal.set_aside(item.key, act=Act.RESTORE, actor=head)
    assert items.open_items(head) == (item,)


def test_another_day_is_another_reminder(concern_due, head):
    concern = concern_due(-1)
    (item,) = items.open_items(head)
    personal.set_aside(item.key, act=Act.DONE, actor=head)
    concern.next_step_by = in_days(2)
    concern.save()
    assert [each.due for each in items.open_items(head)] == [in_days(2)]


def test_urgency_is_said_in_words():
    def said(days):
        return DueItem("Do it", "", None, in_days(days), "pages:home").urgency(in_days(0))

    assert said(-1) == "Overdue by 1 day"
    assert said(-3) == "Overdue by 3 days"
    assert said(-60) == "Overdue by 60 days"
    assert said(-61) == "Overdue by 2 months"
    assert said(-720) == "Overdue by 24 months"
    assert said(-800) == "Overdue by 2 years"
    assert said(0) == "Due today"
    assert said(7) == "Due soon, in 7 days"
    assert said(8) == "Due in 8 days"
    assert DueItem("Do it", "", None, None, "pages:home").urgency(in_days(0)) == "No day set"


def test_the_list_shows_and_takes_off(concern_due, head, client):
    concern_due(-1)
    client.force_login(head)
    page = client.get(reverse("reminders:reminders"))
    assert "Begin to assess a concern" in _text(page)
    assert NAME in _text(page)
    assert "Overdue by 1 day" in _text(page)
    key = items.open_items(head)[0].key
    answer = client.post(reverse("reminders:mark"), {"key": key, "act": "done", "back": "/elsewhere/"})
    assert answer.url == reverse("reminders:reminders")
    assert "Nothing is due" in _text(client.get(reverse("reminders:reminders")))
    assert NAME in _text(client.get(reverse("reminders:reminders"), {"state": "aside"}))


def test_filters_narrow_the_list_and_the_file_alike(concern_due, head, client):
    concern_due(-1)
    concern_due(5)
    client.force_login(head)
    address = reverse("reminders:reminders")
    assert client.get(address).context["count"] == 2
    assert client.get(address, {"overdue": "yes"}).context["count"] == 1
    assert client.get(address, {"waiting": "others"}).context["count"] == 0
    assert client.get(address, {"text": "elm"}).context["count"] == 0
    assert "Nothing fits" in _text(client.get(address, {"text": "elm"}))
    rows = client.get(reverse("reminders:reminders-csv"), {"overdue": "yes"}).content.decode("utf-8-sig")
    assert len(rows.strip().splitlines()) == 2
    assert AuditEvent.objects.filter(verb="reminders.list.downloaded").count() == 1


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_see_a_concern_is_told_of_it(role, concern_due, head, person_with, client, school):
    concern_due(-1)
    own = school.pk if role is Role.SCHOOL_USER else None
    person = head if role is Role.HEAD_OF_SERVICE else person_with(role, urn=own)
    client.force_login(person)
    text = _text(client.get(reverse("reminders:reminders")))
    told = role in (Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE)
    assert (NAME in text) is told


def test_the_list_asks_no_more_questions_for_more_lines(
    concern_due, head, client, django_assert_max_num_queries
):
    client.force_login(head)
    concern_due(-1)
    client.get(reverse("reminders:reminders"))
    for _ in range(30):
        concern_due(-1)
    with django_assert_max_num_queries(22):
        client.get(reverse("reminders:reminders"))


@pytest.mark.parametrize("role", list(Role))
def test_only_who_sees_proposals_may_watch(role, person_with, client, school):
    person = person_with(role, urn=school.pk if role is Role.SCHOOL_USER else None)
    client.force_login(person)
    answer = client.post(reverse("reminders:watch", args=[school.pk]), {"reason": "New head in January"})
    may = role in STAFF
    assert answer.status_code == (302 if may else 403)
    assert bool(people.watched_by(person)) is may


def test_a_watch_list_is_ones_own(person_with, client, school, head):
    personal.watch(school.pk, reason="New head in January", actor=head)
    client.force_login(head)
    assert "New head in January" in _text(client.get(reverse("reminders:watching")))
    other = person_with(Role.ADVISER)
    client.force_login(other)
    assert "You watch no school yet" in _text(client.get(reverse("reminders:watching")))
    client.force_login(head)
    client.post(reverse("reminders:stop-watching", args=[school.pk]))
    assert people.watched_by(head) == ()


def test_a_reason_is_needed_and_an_unknown_school_is_not_found(client, head, school):
    client.force_login(head)
    answer = client.post(reverse("reminders:watch", args=[school.pk]), {"reason": " "})
    assert "Enter why you watch the school" in _text(answer)
    assert client.get(reverse("reminders:watch", args=[999999])).status_code == 404
    with pytest.raises(personal.NotPossible, match="no school with the URN 999999"):
        personal.watch(999999, reason="Because", actor=head)


def test_marking_what_changed_as_read_never_goes_back(client, head):
    client.force_login(head)
    client.post(reverse("reminders:looked"), {"moment": "2020-01-02T03:04:05.000000+00:00"})
    first = people.last_look(head)
    assert first.year == 2020
    client.post(reverse("reminders:looked"), {"moment": "2019-01-02T03:04:05.000000+00:00"})
    assert people.last_look(head) == first
    client.post(reverse("reminders:looked"), {"moment": "2999-01-02T03:04:05.000000+00:00"})
    assert people.last_look(head).date() <= in_days(1)


def test_a_reminder_of_another_is_never_touched(concern_due, head, person_with):
    concern_due(-1)
    other = person_with(Role.SENIOR_ADVISER)
    (item,) = items.open_items(head)
    personal.set_aside(item.key, act=Act.DONE, actor=other)
    assert items.open_items(head) == (item,)
    assert Reminder.objects.get().person == other
