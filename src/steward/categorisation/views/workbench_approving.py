"""The way of a draft: submitted, sent back, approved with body and minute, retired."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.categorisation.models import DraftRuleset
from steward.categorisation.operations import drafting
from steward.categorisation.views.workbench_parts import FormPage, draft_or_404, form_page, seen_by
from steward.categorisation.workbench.item_forms import ApproveForm, DraftForm, ReasonForm


@needs(Permission.EDIT_POLICY)
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with what is submitted, or submit it."""
    draft = draft_or_404(slug)
    form = DraftForm(request.POST or None)
    page = _page(
        draft,
        title="Submit for approval",
        said="The draft is submitted",
        lead="It is not edited meanwhile. The head of service can send it back or approve it.",
    )

    def act() -> object:
        seen = seen_by(request, now=draft.changes)
        return drafting.submit_draft(draft, seen=seen, actor=person_asking(request))

    return form_page(request, form=form, page=page, act=act)


@needs(Permission.APPROVE_POLICY)
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the form for the reason, or send the draft back."""
    draft = draft_or_404(slug)
    form = ReasonForm(request.POST or None)

    def act() -> object:
        return drafting.send_back(
            draft,
            reason=form.cleaned_data["reason"],
            seen=seen_by(request, now=draft.changes),
            actor=person_asking(request),
        )

    page = _page(draft, title="Send the draft back", said="The draft is sent back")
    return form_page(request, form=form, page=page, act=act)


@needs(Permission.APPROVE_POLICY)
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the form for body, minute and dates, or approve the policy."""
    draft = draft_or_404(slug)
    today = timezone.localdate()
    form = ApproveForm(request.POST or None, initial={"approved_on": today, "effective_from": today})

    def act() -> object:
        return drafting.approve_draft(
            draft,
            approval=drafting.Approval(**form.cleaned_data),
            seen=seen_by(request, now=draft.changes),
            actor=person_asking(request),
        )

    page = _page(
        draft,
        title="Approve the policy",
        said="The policy is approved and can be used",
        lead=(
            "An approved policy is never changed: begin a new draft from it instead. It is used when an "
            f"administrator sets STEWARD_RULESET to {slug}, or with “steward propose --ruleset {slug}”."
        ),
    )
    return form_page(request, form=form, page=page, act=act)


def _page(draft: DraftRuleset, *, title: str, said: str, lead: str = "", warning: bool = False) -> FormPage:
    then = reverse("categorisation:draft", args=(draft.slug,))
    return FormPage(
        title=title,
        button=title,
        said=said,
        then=then,
        caption=draft.title,
        seen=draft.changes,
        lead=lead,
        warning=warning,
        more={"back": then},
    )


@needs(Permission.APPROVE_POLICY)
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the form for the reason, or retire the draft or policy."""
    draft = draft_or_404(slug)
    form = ReasonForm(request.POST or None)

    def act() -> object:
        return drafting.retire_draft(
            draft,
            reason=form.cleaned_data["reason"],
            seen=seen_by(request, now=draft.changes),
            actor=person_asking(request),
        )

    page = _page(
        draft,
        title="Retire it",
        said="It is retired and stays readable",
        lead="It cannot be taken up again. What was proposed and decided under it stays as it is.",
        warning=True,
    )
    return form_page(request, form=form, page=page, act=act)
