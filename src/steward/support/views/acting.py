"""What every page with one form does: the act, and what is said when it is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from steward.register import queries as register
from steward.register.models import Authority
from steward.support.policies import NotPossible

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
    lead: str = ""
    seen: int = 0
    """How often what is acted on was changed when the page was opened."""
    more: dict[str, Any] = field(default_factory=dict)  # what the template is given besides
    template: str = "support/act.html"
    upload: bool = False


def seen_by(request: HttpRequest) -> int:
    """Return how often it had been changed when the form was opened; 0 where nothing was sent."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0


def act_page(
    request: HttpRequest, *, form: forms.Form, page: ActPage, act: Callable[[], object]
) -> HttpResponse:
    """Answer with the form, or do the act and go on; what was typed is kept when it is refused."""
    if request.method == "POST" and form.is_valid() and _done(form, act=act):
        messages.success(request, page.said)
        return redirect(page.then)
    context = {"form": form, "act_page": page, "seen": page.seen, **page.more}
    return render(request, page.template, context)


def served_or_404() -> Authority:
    """Return the authority served, or raise Http404 where none was loaded yet."""
    found = register.served_authority()
    if found is None:
        raise Http404("No authority is served yet: load a register of schools first.")
    return found


def _done(form: forms.Form, *, act: Callable[[], object]) -> bool:
    try:
        act()
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
