"""What a school sees of the decision about it: only what was sent, with a receipt and an answer."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from steward.access.guards import needs_at_own_school, person_asking, records
from steward.access.permissions import Permission
from steward.categorisation import operations
from steward.categorisation.forms import AnswerForm
from steward.categorisation.letters.parts import letter_part
from steward.categorisation.models import AnswerKind, Letter, LetterKind
from steward.categorisation.queries import decisions as queries
from steward.categorisation.steps import State
from steward.categorisation.views.asking import ActPage, act_page, seen_by
from steward.categorisation.views.decision_parts import days_from
from steward.categorisation.views.letters import letter_file
from steward.interface import words

_OPEN = (State.SHARED, State.NO_ANSWER)


@needs_at_own_school(Permission.ANSWER_DECISION)
def my_decision(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the newest letter sent to the school, its receipt, its answer and earlier letters."""
    letters = queries.letters_to(request.user, urn=urn)
    if not letters:
        return render(request, "categorisation/my_decision.html", {"letters": []})
    newest, today = letters[0], timezone.localdate()
    context = {
        "letters": letters,
        "newest": newest,
        "text": letter_part(newest.page),
        "answer": newest.decision.answers.first(),
        "to_receive": [letter for letter in letters if letter.received_at is None],
        "in_force": _in_force(urn, letters=letters, today=today),
        "may_answer": newest.kind == LetterKind.ASKS and newest.decision.state in _OPEN,
        "left": days_from(newest.answer_by, today=today) if newest.answer_by else "",
        "withdrawn": newest.decision.state == State.WITHDRAWN,
        "late": newest.answer_by is not None and newest.answer_by < today,
    }
    return render(request, "categorisation/my_decision.html", context)


def _in_force(urn: int, *, letters: list[Letter], today: date) -> str:
    """Return the support category in force, once the school was told of it by letter."""
    told = [letter for letter in letters if letter.kind != LetterKind.ASKS]
    final = next((each.decision for each in told if each.decision.state == State.FINAL), None)
    if final is None:
        return ""
    override = queries.override_in_force(final, on=today)
    if override is None or not any(letter.override_id == override.pk for letter in told):
        return f"“{final.label}” is in force, final since {words.day(final.final_on)}."
    return (
        f"“{override.label}” is in force until {words.day(override.expires_on)}. “{final.label}” was decided "
        "and holds again afterwards."
    )


@needs_at_own_school(Permission.ANSWER_DECISION)
def my_answer(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for the school's answer, or keep it."""
    letters = queries.letters_to(request.user, urn=urn)
    if not letters or letters[0].kind != LetterKind.ASKS or letters[0].decision.state not in _OPEN:
        raise Http404("There is no letter that waits for an answer of your school.")
    decision = letters[0].decision
    form = AnswerForm(request.POST or None)

    def act() -> object:
        return operations.answer(
            decision,
            kind=AnswerKind(form.cleaned_data["kind"]),
            text=form.cleaned_data["text"],
            seen=seen_by(request, now=decision.changes),
            actor=person_asking(request),
        )

    page = ActPage(
        title="Your answer",
        caption=letters[0].title,
        button="Send your answer",
        said="Your answer is sent to the council",
        then=reverse("categorisation:my-decision"),
        seen=decision.changes,
        more={
            "lead": "The head and the chair answer together: one answer for the school. Once sent it cannot "
            "be changed. If you do not agree, an officer who did not write the letter takes a second look."
        },
    )
    return act_page(request, form=form, page=page, act=act)


@needs_at_own_school(Permission.ANSWER_DECISION)
@require_POST
def my_receipt(request: HttpRequest, urn: int, key: int) -> HttpResponse:
    """Record that a letter arrived, and go back to it."""
    letter = _own(request, urn=urn, key=key)
    operations.acknowledge(letter, actor=person_asking(request))
    messages.success(request, "The council is told that the letter arrived")
    return redirect("categorisation:my-decision")


@needs_at_own_school(Permission.ANSWER_DECISION)
@records("categorisation.letter.downloaded", subject="letter")
def my_letter(request: HttpRequest, urn: int, key: int, kind: str) -> HttpResponse:
    """Answer with a letter as it was sent to the school."""
    return letter_file(_own(request, urn=urn, key=key), kind=kind)


def _own(request: HttpRequest, *, urn: int, key: int) -> Letter:
    own = [letter.pk for letter in queries.letters_to(request.user, urn=urn)]
    return get_object_or_404(Letter.objects.select_related("decision"), pk__in=own, pk=key)
