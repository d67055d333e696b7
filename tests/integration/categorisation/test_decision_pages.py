"""The pages of decisions: who may open which, what a school sees, what is kept when refused, and files."""

import csv
import io
import zipfile

import pytest
from django.test import Client
from tests.integration.categorisation.deciding import (
    LETTER,
    final,
    fresh,
    in_days,
    moderated,
    proposed,
    shared,
    written,
)

from steward.access import operations as access
from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.audit.operations import Program
from steward.categorisation import operations
from steward.categorisation.models import AnswerKind, Decision, Exemption, Letter, ModerationMeeting
from steward.categorisation.queries import due_items
from steward.categorisation.steps import State

pytestmark = pytest.mark.usefixtures("asked")
URN, OTHER = 100001, 100003
OFFICERS = {
    Role.ADMINISTRATOR,
    Role.DATA_OFFICER,
    Role.ADVISER,
    Role.SENIOR_ADVISER,
    Role.HEAD_OF_SERVICE,
}
SENIORS = {Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE}
PROPOSERS = {Role.ADVISER, *SENIORS}
MAY_OPEN = {
    "/decisions/": OFFICERS,
    "/decisions/decisions.csv": OFFICERS,
    f"/decisions/{URN}/": OFFICERS,
    f"/decisions/{URN}/choose/": PROPOSERS,
    f"/decisions/{URN}/write/?category=support": PROPOSERS,
    f"/decisions/{URN}/disclosure/": PROPOSERS,
    f"/decisions/{URN}/final/": {Role.HEAD_OF_SERVICE},
    f"/decisions/{URN}/withdraw/": SENIORS,
    "/decisions/meetings/": OFFICERS,
    "/decisions/meetings/new/": SENIORS,
    "/decisions/second-looks/": SENIORS,
    "/decisions/request/": SENIORS,
    "/decisions/request/support-categories.csv": SENIORS,
    "/my-school/decision/": {Role.SCHOOL_USER},
}


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_it_may_and_nothing_else(role, adviser, client_of):
    proposed(URN, actor=adviser)
    own = URN if role is Role.SCHOOL_USER else None
    reader = signed_in(adviser) if role is Role.ADVISER else client_of(role, urn=own)
    found = {address: reader.get(address).status_code for address in MAY_OPEN}
    assert found == {address: 200 if role in roles else 403 for address, roles in MAY_OPEN.items()}


def test_a_school_sees_what_was_sent_to_it_and_no_other_school_does(adviser, senior, client_of):
    decision = proposed(URN, actor=adviser)
    own = client_of(Role.SCHOOL_USER, urn=URN)
    assert "No letter has been sent" in own.get("/my-school/decision/").content.decode()
    shared(moderated(decision, actor=senior), actor=senior)
    letter = Letter.objects.get()
    page = own.get("/my-school/decision/").content.decode()
    assert "Results have fallen for two years" in page
    assert own.get(f"/my-school/decision/{letter.pk}/letter.pdf").content == bytes(letter.pdf)
    other = Client()
    other.force_login(_another_school())
    assert "No letter has been sent" in other.get("/my-school/decision/").content.decode()
    assert other.get(f"/my-school/decision/{letter.pk}/letter.pdf").status_code == 404
    assert other.post(f"/my-school/decision/{letter.pk}/receipt/").status_code == 404
    assert other.get("/my-school/decision/answer/").status_code == 404
    assert own.get(f"/decisions/{URN}/").status_code == 403


def _another_school():
    newcomer = access.Newcomer("Another school", "another@school.example", Role.SCHOOL_USER, OTHER)
    return access.add_person(
        newcomer, actor=Program("A test"), password="correct horse battery staple", must_change=False
    )


def test_what_two_officers_write_at_once_is_both_shown_and_neither_lost(adviser, senior):
    decision = proposed(URN, actor=adviser)
    day = in_days(100)
    form = {
        "category": "support",
        "reason": "What I typed.",
        "differing_reason": "Mine.",
        "review_on_day": day.day,
        "review_on_month": day.month,
        "review_on_year": day.year,
        "seen": 1,
    }
    operations.write(decision, written=written(reason="What they saved."), seen=1, actor=senior)
    client = signed_in(adviser)
    answer = client.post(f"/decisions/{URN}/write/", form)
    page = answer.content.decode()
    assert "changed this while you were writing" in page
    assert "What they saved." in page
    assert "What I typed." in page
    assert fresh(decision).versions.count() == 2
    again = client.post(f"/decisions/{URN}/write/", {**form, "seen": 2})
    assert again.status_code == 302
    assert fresh(decision).versions.count() == 3


def test_a_letter_is_looked_at_before_it_is_sent(adviser, senior):
    moderated(proposed(URN, actor=adviser), actor=senior)
    client = signed_in(senior)
    assert "Enter both names" in client.get(f"/decisions/{URN}/letter/").content.decode()
    names = {"head": "Ada <Head>", "chair": "Bo Chair"}
    page = client.get(f"/decisions/{URN}/letter/", names).content.decode()
    assert "Ada &lt;Head&gt; (head teacher)" in page
    assert client.get(f"/decisions/{URN}/letter/draft.docx", names).content[:2] == b"PK"
    assert client.get(f"/decisions/{URN}/letter/draft.pdf", names).content[:4] == b"%PDF"
    assert client.post(f"/decisions/{URN}/letter/", {**names, "seen": 2}).status_code == 302
    assert Letter.objects.get().head == "Ada <Head>"
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"categorisation.letter.draft_downloaded", "categorisation.decision.letter_sent"} <= verbs


def test_a_meeting_takes_each_school_in_turn(adviser, senior):
    proposed(URN, actor=adviser)
    proposed(OTHER, actor=adviser)
    client = signed_in(senior)
    day = in_days(0)
    when = {"held_on_day": day.day, "held_on_month": day.month, "held_on_year": day.year}
    client.post("/decisions/meetings/new/", {**when, "panel": "Head of service"})
    meeting = ModerationMeeting.objects.get()
    agenda = client.get(f"/decisions/meetings/{meeting.pk}/").content.decode()
    assert "Take Ash Grove School" in agenda
    taken = client.post(
        f"/decisions/{URN}/meeting/{meeting.pk}/",
        {"outcome": "agreed", "dissent": "One disagreed", "next": "yes", "seen": 1},
    )
    assert taken.headers["Location"] == f"/decisions/{OTHER}/meeting/{meeting.pk}/"
    page = client.get(f"/decisions/meetings/{meeting.pk}/").content.decode()
    assert "One disagreed" in page


def test_the_list_for_an_information_request_comes_in_three_forms(adviser, senior, head):
    decision = shared(moderated(proposed(URN, actor=adviser, reason="=DANGER()"), actor=senior), actor=senior)
    operations.answer(decision, kind=AnswerKind.AGREED, text="", seen=decision.changes, actor=senior)
    final(decision, actor=head)
    client = signed_in(head)
    address = "/decisions/request/support-categories"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").content.decode("utf-8-sig"))))
    assert (rows[0]["Support category"], rows[0]["Reason"]) == ("Needs support", "'=DANGER()")
    assert rows[0]["Note reviewed by"] == head.name
    for kind in ("xlsx", "docx"):
        content = client.get(f"{address}.{kind}").content
        assert zipfile.is_zipfile(io.BytesIO(content))
    assert AuditEvent.objects.filter(verb="categorisation.disclosure.downloaded").count() == 3
    page = client.get("/decisions/request/").content.decode()
    assert "None: it would be given out" in page


def test_what_is_exempt_is_left_out_of_the_list_to_give_out(adviser, senior, head):
    decision = shared(moderated(proposed(URN, actor=adviser), actor=senior), actor=senior)
    operations.answer(decision, kind=AnswerKind.AGREED, text="", seen=decision.changes, actor=senior)
    final(decision, actor=head)
    operations.note_disclosure(
        decision,
        exemption=Exemption.SECTION_36,
        public_interest="Candour weighs more.",
        seen=decision.disclosure_notes.get().pk,
        actor=adviser,
    )
    client = signed_in(head)
    address = "/decisions/request/support-categories.csv"
    assert len(client.get(address).content.splitlines()) == 2
    assert len(client.get(f"{address}?only=given").content.splitlines()) == 1


def test_the_list_is_filtered_sorted_and_taken_away(adviser, senior):
    proposed(OTHER, actor=adviser)
    client = signed_in(senior)
    page = client.get("/decisions/?sort=-proposed").content.decode()
    assert page.index("Ash Grove School") > 0
    assert "Council&#x27;s view: Raise with the trust" in page
    taken = client.get("/decisions/decisions.csv?state=proposed").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(taken)))
    assert [row["school"] for row in rows] == ["Cedar School"]
    assert "Damson Prep" not in page
    assert client.get("/decisions/?review_by=nonsense&state=astrology").status_code == 200


def test_every_page_of_a_decision_that_is_due_opens(adviser, senior, head, person_with):
    decision = shared(moderated(proposed(URN, actor=adviser), actor=senior), actor=senior)
    operations.answer(decision, kind=AnswerKind.NOT_AGREED, text="No.", seen=decision.changes, actor=senior)
    client = signed_in(head)
    assert "No." in client.get("/decisions/second-looks/").content.decode()
    assert client.get(f"/decisions/{URN}/second-look/").status_code == 200
    for item in due_items(head):
        assert item.href_name == "categorisation:decision"
    page = client.get(f"/decisions/{URN}/").content.decode()
    assert "Take a second look" in page
    assert "Cannot start yet" in page


def test_an_override_is_asked_for_and_confirmed_on_its_pages(adviser, senior, head):
    decision = shared(moderated(proposed(URN, actor=adviser), actor=senior), actor=senior)
    operations.answer(decision, kind=AnswerKind.AGREED, text="", seen=decision.changes, actor=senior)
    final(decision, actor=head)
    client, day = signed_in(senior), in_days(60)
    when = {"expires_on_day": day.day, "expires_on_month": day.month, "expires_on_year": day.year}
    form = {"category": "concern", "reason": "The head left.", "second_reader": head.pk, **when}
    for missing in ("reason", "second_reader", "expires_on_day"):
        refused = client.post(f"/decisions/{URN}/override/", {**form, missing: ""})
        assert refused.status_code == 200
    assert not decision.overrides.exists()
    assert client.post(f"/decisions/{URN}/override/", form).status_code == 302
    made = decision.overrides.get()
    assert "Keep your answer" not in client.get(f"/decisions/overrides/{made.pk}/").content.decode()
    reader = signed_in(head)
    assert reader.post(f"/decisions/overrides/{made.pk}/", {"confirmed": "yes"}).status_code == 302
    page = reader.get(f"/decisions/{URN}/").content.decode()
    assert "In force for a time" in page
    assert "Needs support" in page
    assert Decision.objects.get().state == State.FINAL


def test_the_decision_in_force_and_an_open_proposal_stand_side_by_side(adviser, senior, head):
    decision = shared(moderated(proposed(URN, actor=adviser), actor=senior), actor=senior)
    operations.answer(decision, kind=AnswerKind.AGREED, text="", seen=decision.changes, actor=senior)
    done = final(decision, actor=head)
    made = operations.ask_override(
        done,
        category="concern",
        reason="The head left.",
        second_reader=head,
        expires_on=in_days(60),
        actor=senior,
    )
    operations.confirm_override(made, note="", actor=head)
    client = signed_in(senior)
    page = client.get(f"/decisions/{URN}/").content.decode()
    assert f"The support category in force is “{made.label}”" in page
    assert "An override is in force until" in page
    proposed(URN, actor=adviser, category="secure")
    page = client.get(f"/decisions/{URN}/").content.decode()
    assert "The decision in force" in page
    assert "The open proposal" in page
    letter = client.get(f"/decisions/{URN}/letter/?of=final&head=A&chair=B")
    assert letter.status_code == 200
    assert "for a time" in letter.content.decode()
    sent = {"of": "final", "head": "A", "chair": "B", "seen": fresh(done).changes}
    assert client.post(f"/decisions/{URN}/letter/", sent).status_code == 302
    assert Letter.objects.filter(kind="overridden").exists()


def test_an_answer_is_a_receipt_and_every_letter_has_its_own(adviser, senior, head, person_with):
    school = person_with(Role.SCHOOL_USER, urn=URN)
    decision = shared(moderated(proposed(URN, actor=adviser), actor=senior), actor=senior)
    client = signed_in(school)
    assert "asks for an answer by" in client.get("/").content.decode()
    given = {"kind": "agreed", "text": "", "seen": decision.changes}
    assert client.post("/my-school/decision/answer/", given).status_code == 302
    assert Letter.objects.get().received_by == school
    assert "asks for an answer by" not in client.get("/").content.decode()
    operations.send(final(decision, actor=head), addressed=LETTER, seen=fresh(decision).changes, actor=senior)
    page = client.get("/my-school/decision/").content.decode()
    assert f"“{decision.label}” is in force" in page
    assert page.count("/receipt/") == 1
