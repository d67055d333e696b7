"""Answers of schools as officers record them: what came by letter or e-mail, and that none came."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.categorisation import operations
from steward.categorisation.forms import ConfirmForm, RecordedAnswerForm
from steward.categorisation.models import AnswerKind, Decision, Letter, LetterKind
from steward.categorisation.operations import OnBehalf
from steward.categorisation.steps import State
from steward.categorisation.views.asking import ActPage, act_page, at_hand, seen_by
from steward.interface import words


@needs(Permission.SHARE_DECISIONS)
def record_answer(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for an answer that came by letter or e-mail, or keep it."""
    hand, letter = _waiting(request, urn, states=(State.SHARED, State.NO_ANSWER))
    form = RecordedAnswerForm(request.POST or None)

    def act() -> object:
        given = form.cleaned_data
        return operations.answer(
            hand,
            kind=AnswerKind(given["kind"]),
            text=given["text"],
            seen=seen_by(request, now=hand.changes),
            actor=person_asking(request),
            on_behalf=OnBehalf(given["who"], given["how"], given["received_on"]),
        )

    page = ActPage(
        title="Record an answer of the school",
        caption=hand.school.name,
        button="Keep the answer",
        said="The answer of the school is kept",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=hand.changes,
        more={
            "lead": f"For an answer that came by another way than this site. The letter of "
            f"{words.day(letter.sent_on)} asked for it by {words.day(letter.answer_by)}; a later one counts "
            "until the decision is final."
        },
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.SHARE_DECISIONS)
def no_answer(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with what it means that the school did not answer, or record it."""
    hand, letter = _waiting(request, urn, states=(State.SHARED,))
    form = ConfirmForm(request.POST or None)

    def act() -> object:
        seen = seen_by(request, now=hand.changes)
        return operations.pass_unanswered(hand, seen=seen, actor=person_asking(request))

    page = ActPage(
        title="Record that the school did not answer",
        caption=hand.school.name,
        button="Record no answer",
        said="It is recorded that the school did not answer",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=hand.changes,
        more={
            "lead": f"The day to answer was {words.day(letter.answer_by)}. Silence is recorded as silence, "
            "never as agreed."
        },
    )
    return act_page(request, form=form, page=page, act=act)


def _waiting(request: HttpRequest, urn: int, *, states: tuple[State, ...]) -> tuple[Decision, Letter]:
    hand = at_hand(request, urn)
    letter = hand.letters.filter(kind=LetterKind.ASKS).first()
    if letter is None or hand.state not in states:
        raise Http404(f"The decision is “{hand.get_state_display()}”: no answer of the school is awaited.")
    return hand, letter
