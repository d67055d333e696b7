"""What every page of the workbench does: the draft asked for, its tabs, and forms that may be refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from steward.categorisation.models import DraftRuleset, DraftState
from steward.categorisation.operations.drafting import DraftOvertaken
from steward.categorisation.stepping import NotPossible
from steward.categorisation.views.asking import seen_by
from steward.categorisation.workbench.item_forms import DraftForm
from steward.interface.navigation import Link
from steward.interface.parts import Concern, Tag

_TABS = (
    ("draft", "Schools that move"),
    ("draft-rules", "Rules"),
    ("draft-text", "Policy text"),
    ("draft-journey", "What happens to a school"),
    ("draft-days", "Officer days"),
    ("draft-record", "How it would have fared"),
    ("draft-history", "History"),
)
_CONCERN = {
    DraftState.DRAFT: Concern.PLAIN,
    DraftState.SUBMITTED: Concern.UNSETTLED,
    DraftState.APPROVED: Concern.NONE,
    DraftState.RETIRED: Concern.LOW,
}


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form: what stands on it, and where it goes on and back to."""

    title: str
    button: str
    said: str
    then: str
    caption: str = ""
    seen: int = 0
    lead: str = ""
    warning: bool = False
    more: dict[str, Any] = field(default_factory=dict)  # what the template is given besides


def draft_or_404(slug: str) -> DraftRuleset:
    """Return the draft with this id; 404 where there is none."""
    found = DraftRuleset.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no draft policy called {slug}.")
    return found


def of_draft(request: HttpRequest, draft: DraftRuleset, *, tab: str) -> dict[str, Any]:
    """Return what every page about a draft shows."""
    links = [
        Link(text, reverse(f"categorisation:{name}", args=(draft.slug,)), name == tab) for name, text in _TABS
    ]
    return {
        "draft": draft,
        "tabs": links,
        "state": state_tag(draft),
        "editable": draft.state == DraftState.DRAFT,
        "seen": draft.changes,
    }


def state_tag(draft: DraftRuleset) -> Tag:
    """Return where a draft stands, as a tag."""
    state = DraftState(draft.state)
    return Tag(state.label, _CONCERN[state])


def form_page(
    request: HttpRequest, *, form: DraftForm, page: FormPage, act: Callable[[], object]
) -> HttpResponse:
    """Answer with the form, or do the act and go on; what was typed is kept when it is refused."""
    if request.method == "POST" and form.is_valid() and done(form, act=act):
        messages.success(request, page.said)
        return redirect(page.then)
    context = {"form": form, "page": page, "theirs": form.theirs, **page.more}
    context["seen"] = form.theirs.draft.changes if form.theirs else page.seen
    return render(request, "categorisation/workbench/form.html", context)


def done(form: DraftForm, *, act: Callable[[], object]) -> bool:
    """Return whether the act was done; else the form says why not, and what somebody else saved."""
    try:
        act()
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        form.theirs = refusal.theirs if isinstance(refusal, DraftOvertaken) else None
        return False
    return True


__all__ = ["FormPage", "done", "draft_or_404", "form_page", "of_draft", "seen_by", "state_tag"]
