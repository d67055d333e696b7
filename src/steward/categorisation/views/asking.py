"""What every page that acts on a decision does: who asks, what they saw, and what is said when refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from steward.categorisation.forms import ActForm
from steward.categorisation.models import Decision, DecisionVersion
from steward.categorisation.operations import NotPossible, Overtaken
from steward.categorisation.queries import decisions as queries

_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class ActPage:
    """A page with one form: what stands on it, and what is said and shown when the act is done."""

    title: str
    button: str
    said: str
    then: str
    """Address to go to when it is done, and to go back to."""
    caption: str = ""
    seen: int = 0
    """How often the decision was changed when the page was opened."""
    more: dict[str, Any] = field(default_factory=dict)  # what the template is given besides
    template: str = "categorisation/act.html"


def at_hand(request: HttpRequest, urn: int) -> Decision:
    """Return the decision about a school that is being made, or the final one; 404 where there is none."""
    found = queries.decision_at_hand(urn, viewer=request.user)
    if found is None:
        raise Http404("No support category has been proposed for this school by an officer yet.")
    return found


def chosen_one(request: HttpRequest, urn: int) -> Decision:
    """Return the final decision where the address or the form asks for it, else the one at hand."""
    of = request.POST.get("of") or request.GET.get("of")
    return final_one(request, urn) if of == "final" else at_hand(request, urn)


def final_one(request: HttpRequest, urn: int) -> Decision:
    """Return the final decision about a school that is in force; 404 where there is none."""
    found = queries.final_decision(urn, viewer=request.user)
    if found is None:
        raise Http404("No final decision about this school is in force.")
    return found


def seen_by(request: HttpRequest, *, now: int) -> int:
    """Return how often it had been changed when the form was opened."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else now


def act_page(
    request: HttpRequest, *, form: ActForm, page: ActPage, act: Callable[[], object]
) -> HttpResponse:
    """Answer with the form, or do the act and go on; what was typed is kept when it is refused."""
    if request.method == "POST" and form.is_valid() and _done(form, act=act):
        messages.success(request, page.said)
        return redirect(page.then)
    theirs = form.theirs
    changed = Decision.objects.get(pk=theirs.decision_id).changes if theirs else page.seen
    context = {"form": form, "page": page, "theirs": theirs, "seen": changed, **page.more}
    return render(request, page.template, context)


def _done(form: ActForm, *, act: Callable[[], object]) -> bool:
    try:
        act()
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        form.theirs = _theirs(refusal)
        return False
    return True


def _theirs(refusal: NotPossible) -> DecisionVersion | None:
    return refusal.theirs if isinstance(refusal, Overtaken) else None
