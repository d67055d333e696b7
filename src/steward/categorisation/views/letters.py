"""Letters: the preview that equals the document, sending, and the files as they were sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.categorisation import operations
from steward.categorisation.forms import LetterForm
from steward.categorisation.letters.filling import Addressed, Draft, drafted
from steward.categorisation.letters.parts import letter_part
from steward.categorisation.models import Decision, Letter, LetterKind
from steward.categorisation.queries import decisions as queries
from steward.categorisation.queries.letters_due import DueLetter, letter_due
from steward.categorisation.steps import State
from steward.categorisation.views.asking import ActPage, act_page, chosen_one, seen_by
from steward.documents.html import body_of
from steward.documents.numbering import DocumentFault
from steward.documents.pdf import pdf_of
from steward.documents.word.writing import word_of
from steward.interface.lists import with_changes

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"docx": WORD, "pdf": "application/pdf"}


@needs(Permission.SHARE_DECISIONS)
def letter(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the letter as it would be sent, to the names asked for, or send it."""
    hand = _to_tell(request, urn)
    given = request.POST or request.GET
    draft = _draft(request, hand)
    form = LetterForm(given or None)

    def act() -> object:
        addressed = Addressed(form.cleaned_data["head"], form.cleaned_data["chair"], draft.addressed.sender)
        seen = seen_by(request, now=hand.changes)
        return operations.send(hand, addressed=addressed, seen=seen, actor=person_asking(request))

    asks = hand.state == State.MODERATED
    page = ActPage(
        title="Letter to head and chair",
        caption=hand.school.name,
        button="Send the letter",
        said="The letter is sent: the school can read it and answer"
        if asks
        else "The school can read the letter",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=hand.changes,
        more={
            "named": bool(draft.addressed.head and draft.addressed.chair),
            "letter": letter_part(body_of(draft.document)),
            "names": with_changes(request.GET, {}),
            "hand": hand,
            "of_final": hand.state == State.FINAL,
        },
        template="categorisation/letter.html",
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.SHARE_DECISIONS)
@records("categorisation.letter.draft_downloaded", subject="draft of a letter")
def draft_file(request: HttpRequest, urn: int, kind: str) -> HttpResponse:
    """Answer with the draft as a Word file or PDF."""
    document = _draft(request, _to_tell(request, urn)).document
    try:
        content = word_of(document) if kind == "docx" else pdf_of(document)
    except DocumentFault as fault:
        messages.error(request, f"The letter cannot be written. {fault}")
        return redirect(f"{reverse('categorisation:letter', args=(urn,))}{with_changes(request.GET, {})}")
    return _file(content, kind=kind, name=f"{document.date.isoformat()}-draft-letter-{urn}.{kind}")


@needs(Permission.VIEW_DECISIONS)
@records("categorisation.letter.downloaded", subject="letter")
def sent_file(request: HttpRequest, urn: int, key: int, kind: str) -> HttpResponse:
    """Answer with a letter as it was sent."""
    seen = queries.visible_to(request.user).filter(school_id=urn)
    return letter_file(get_object_or_404(Letter, decision__in=seen, pk=key), kind=kind)


def letter_file(letter: Letter, *, kind: str) -> HttpResponse:
    """Return the kept bytes of a letter."""
    content = bytes(letter.word if kind == "docx" else letter.pdf)
    urn = letter.decision.school_id
    return _file(content, kind=kind, name=f"{letter.sent_on.isoformat()}-letter-{urn}.{kind}")


def _file(content: bytes, *, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FORMS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _to_tell(request: HttpRequest, urn: int) -> Decision:
    hand = chosen_one(request, urn)
    if hand.state not in (State.MODERATED, State.FINAL):
        raise Http404(f"The decision is “{hand.get_state_display()}”: there is no letter to send now.")
    if letter_due(hand, on=timezone.localdate()) is None:
        raise Http404("The school was told already. The letter is with the decision.")
    return hand


def _draft(request: HttpRequest, hand: Decision) -> Draft:
    given = request.POST if request.method == "POST" else request.GET
    head, chair = (given.get(name, "").strip()[:150] for name in ("head", "chair"))
    asking = person_asking(request)
    sender = f"{asking.name}, {asking.get_role_display().lower()}"
    today = timezone.localdate()
    due = letter_due(hand, on=today) or DueLetter(LetterKind.TELLS)
    addressed = Addressed(head, chair, sender)
    return drafted(hand, addressed=addressed, on=today, kind=due.kind, override=due.override)
