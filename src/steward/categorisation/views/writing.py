"""Writing a decision: choosing, writing, noting disclosure, making final, withdrawing."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.categorisation import operations, schemes, stepping
from steward.categorisation.forms import (
    ChooseForm,
    ConfirmForm,
    DisclosureForm,
    FinalForm,
    ReasonForm,
    WriteForm,
)
from steward.categorisation.models import Decision, Exemption, Proposal
from steward.categorisation.operations import Considered, Written
from steward.categorisation.queries import decisions as queries
from steward.categorisation.queries.moved_on import moved_on
from steward.categorisation.schemes import Scheme
from steward.categorisation.steps import State
from steward.categorisation.views.asking import ActPage, act_page, at_hand, chosen_one, seen_by

_YEAR = timedelta(days=365)


@needs(Permission.PROPOSE_DECISIONS)
def choose(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the one question which support category is proposed, and go on to the reasons."""
    proposal, hand, scheme = _begun(request, urn)
    chosen = hand.category if hand else proposal.category
    form = ChooseForm(request.POST or None, scheme=scheme, initial={"category": chosen})
    if request.method == "POST" and form.is_valid():
        query = urlencode({"category": form.cleaned_data["category"]})
        return redirect(f"{reverse('categorisation:write', args=(urn,))}?{query}")
    page = ActPage(
        title="Which support category?",
        caption=proposal.school.name,
        button="Continue",
        said="",
        then=reverse("categorisation:decision", args=(urn,)),
    )
    shown = {"form": form, "page": page, "proposal": proposal, "lead": _suggests(proposal)}
    return render(request, "categorisation/act.html", shown)


@needs(Permission.PROPOSE_DECISIONS)
def write(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for the reasons, and begin the decision or write it anew."""
    proposal, hand, scheme = _begun(request, urn)
    key = request.POST.get("category") or request.GET.get("category", "")
    choice = scheme.choice(key)
    if choice is None:
        return redirect("categorisation:choose", urn=urn)
    initial = {"category": key, **_initial(hand)}
    form = WriteForm(request.POST or None, differs=key != proposal.category, initial=initial)

    def act() -> object:
        written = Written(**form.cleaned_data)
        if hand is None:
            return operations.begin(proposal, written=written, actor=person_asking(request))
        seen = seen_by(request, now=hand.changes)
        asking = person_asking(request)
        return operations.write(hand, written=written, seen=seen, actor=asking, proposal=proposal)

    page = ActPage(
        title="Why this support category?",
        caption=proposal.school.name,
        button="Keep the proposal",
        said=f"The proposal is kept: {choice.label}",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=hand.changes if hand else 0,
        more={
            "lead": f"You propose “{choice.label}”. {choice.meaning}",
            "change": reverse("categorisation:choose", args=(urn,)),
            "second_lead": _suggests(proposal),
        },
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.PROPOSE_DECISIONS)
def disclosure(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for the disclosure note, or keep it."""
    hand = chosen_one(request, urn)
    last = hand.disclosure_notes.first()
    seen = last.pk if last else 0
    initial = {"exemption": last.exemption, "public_interest": last.public_interest} if last else None
    form = DisclosureForm(request.POST or None, initial=initial)

    def act() -> object:
        return operations.note_disclosure(
            hand,
            exemption=Exemption(form.cleaned_data["exemption"]),
            public_interest=form.cleaned_data["public_interest"],
            seen=seen_by(request, now=seen),
            actor=person_asking(request),
        )

    lead = (
        "Somebody may ask the council for this support category and its reasons. Say now whether they would "
        "be given out, and why. The sections named are of the Freedom of Information Act 2000; they are not "
        "verified against the primary source."
    )
    page = ActPage(
        title="Disclosure note",
        caption=hand.school.name,
        button="Keep the disclosure note",
        said="The disclosure note is kept",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=seen,
        more={"lead": lead, "of_final": hand.state == State.FINAL},
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.DISCLOSE_DECISIONS)
def review(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the disclosure note for the person who reviews it, or keep that it is reviewed."""
    hand = chosen_one(request, urn)
    note = hand.disclosure_notes.first()
    if note is None or note.reviewed_at is not None:
        raise Http404("There is no disclosure note that waits for a review.")

    def act() -> object:
        seen = seen_by(request, now=note.pk)
        return operations.review_disclosure(hand, seen=seen, actor=person_asking(request))

    page = ActPage(
        title="Review the disclosure note",
        caption=hand.school.name,
        button="Reviewed: it stands",
        said="The disclosure note is reviewed",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=note.pk,
        more={
            "lead": f"{note.get_exemption_display()}. {note.public_interest}",
            "second_lead": f"Written by {note.written_by_name}. Another person reviews it; if it should say "
            "something else, write a note anew.",
            "of_final": hand.state == State.FINAL,
        },
    )
    return act_page(request, form=ConfirmForm(request.POST or None), page=page, act=act)


@needs(Permission.FINALISE_DECISIONS)
def finalise(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with what becomes final and what it replaces, or make it final."""
    hand = at_hand(request, urn)
    before = queries.final_decision(urn, viewer=request.user)
    news = moved_on(hand)
    form = FinalForm(request.POST or None, pieces=len(news))

    def act() -> object:
        given = form.cleaned_data
        considered = Considered(given["considered"], given["pieces"]) if news else None
        seen = seen_by(request, now=hand.changes)
        return operations.finalise(hand, seen=seen, actor=person_asking(request), considered=considered)

    version = stepping.newest_version(hand)
    note = hand.disclosure_notes.first()
    replaces = f"It replaces “{before.label}”." if before and before.pk != hand.pk else ""
    page = ActPage(
        title=f"Make “{hand.label}” final",
        caption=hand.school.name,
        button="Make final",
        said=f"{hand.label} is final",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=hand.changes,
        more={
            "news": news,
            "no_form": note is None,
            "warning": f"A final decision is never changed, only superseded by a newer one. {replaces}",
            "lead": version.reason,
            "second_lead": f"Disclosure note: {note.get_exemption_display()}. {note.public_interest}"
            if note
            else "There is no disclosure note yet. It must be written first.",
        },
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.MODERATE_DECISIONS)
def withdraw(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for the reason, or withdraw the decision."""
    hand = at_hand(request, urn)
    if hand.state == State.FINAL:
        raise Http404("A final decision is not withdrawn: it is superseded by a newer one.")
    form = ReasonForm(request.POST or None)

    def act() -> object:
        return operations.withdraw(
            hand,
            reason=form.cleaned_data["reason"],
            seen=seen_by(request, now=hand.changes),
            actor=person_asking(request),
        )

    page = ActPage(
        title="Withdraw the proposal",
        caption=hand.school.name,
        button="Withdraw the proposal",
        said="The proposal is withdrawn and stays in the history",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=hand.changes,
        more={"warning": "A withdrawn proposal cannot be taken up again. A new one can be written."},
    )
    return act_page(request, form=form, page=page, act=act)


def _begun(request: HttpRequest, urn: int) -> tuple[Proposal, Decision | None, Scheme]:
    hand = queries.decision_at_hand(urn, viewer=request.user)
    open_one = hand if hand is not None and hand.state != State.FINAL else None
    proposal = queries.proposal_to_decide_on(urn, viewer=request.user)
    proposal = proposal or (open_one.proposal if open_one else None)
    if proposal is None:
        raise Http404("The policy proposes nothing for this school: run `steward propose` first.")
    if open_one is not None and open_one.state != State.PROPOSED:
        raise Http404(f"The decision is “{open_one.get_state_display()}” and is not written anew.")
    return proposal, open_one, schemes.scheme_of(proposal)


def _suggests(proposal: Proposal) -> str:
    label = proposal.label if proposal.settled else "nothing yet: an officer must answer"
    return f"The policy “{proposal.run.ruleset_title}” proposes {label}. {proposal.reason}"


def _initial(hand: Decision | None) -> dict[str, object]:
    if hand is None:
        return {"review_on": timezone.localdate() + _YEAR}
    version = stepping.newest_version(hand)
    names = ("reason", "differing_reason", "strengths", "areas", "review_on")
    return {name: getattr(version, name) for name in names}
