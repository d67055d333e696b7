"""Addresses of the policy and of decisions."""

from django.urls import include, path, register_converter

from steward.categorisation.views import (
    answers,
    letters,
    meetings,
    my_school,
    overrides,
    policy,
    reading,
    requests,
    second_looks,
    writing,
)


class LetterForm:
    """The form of a file of a letter."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        """Return the form as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the form as it stands in the address."""
        return value


class ListForm(LetterForm):
    """The form of a file of a list."""

    regex = "csv|xlsx|docx"


register_converter(LetterForm, "letterform")
register_converter(ListForm, "listform")

app_name = "categorisation"
urlpatterns = [
    path("policy/", policy.policies, name="policies"),
    path("policy/<slug:ruleset_id>/", policy.policy, name="policy"),
    path("workbench/", include("steward.categorisation.workbench.urls")),
    path("decisions/", reading.worklist, name="decisions"),
    path("decisions/decisions.csv", reading.worklist_as_csv, name="decisions-csv"),
    path("decisions/meetings/", meetings.meetings, name="meetings"),
    path("decisions/meetings/new/", meetings.new_meeting, name="new-meeting"),
    path("decisions/meetings/<int:key>/", meetings.meeting, name="meeting"),
    path("decisions/meetings/<int:key>/minutes/", meetings.minutes, name="minutes"),
    path("decisions/meetings/<int:key>/close/", meetings.close, name="close-meeting"),
    path("decisions/second-looks/", second_looks.queue, name="second-looks"),
    path("decisions/overrides/<int:key>/", overrides.override, name="override"),
    path("decisions/request/", requests.request_list, name="request"),
    path("decisions/request/support-categories.<listform:kind>", requests.request_file, name="request-file"),
    path("decisions/<int:urn>/", reading.decision, name="decision"),
    path("decisions/<int:urn>/choose/", writing.choose, name="choose"),
    path("decisions/<int:urn>/write/", writing.write, name="write"),
    path("decisions/<int:urn>/disclosure/", writing.disclosure, name="disclosure"),
    path("decisions/<int:urn>/disclosure/review/", writing.review, name="review-disclosure"),
    path("decisions/<int:urn>/final/", writing.finalise, name="finalise"),
    path("decisions/<int:urn>/withdraw/", writing.withdraw, name="withdraw"),
    path("decisions/<int:urn>/meeting/<int:key>/", meetings.take, name="take"),
    path("decisions/<int:urn>/letter/", letters.letter, name="letter"),
    path("decisions/<int:urn>/letter/draft.<letterform:kind>", letters.draft_file, name="draft-file"),
    path("decisions/<int:urn>/letters/<int:key>.<letterform:kind>", letters.sent_file, name="letter-file"),
    path("decisions/<int:urn>/answer/", answers.record_answer, name="record-answer"),
    path("decisions/<int:urn>/no-answer/", answers.no_answer, name="no-answer"),
    path("decisions/<int:urn>/second-look/", second_looks.look, name="second-look"),
    path("decisions/<int:urn>/override/", overrides.ask, name="ask-override"),
    path("my-school/decision/", my_school.my_decision, name="my-decision"),
    path("my-school/decision/answer/", my_school.my_answer, name="my-answer"),
    path("my-school/decision/<int:key>/receipt/", my_school.my_receipt, name="my-receipt"),
    path("my-school/decision/<int:key>/letter.<letterform:kind>", my_school.my_letter, name="my-letter"),
]
