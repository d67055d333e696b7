"""The rules of a draft: the list, what stands about the policy, support categories, order and removal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.categorisation.models import DraftRuleset
from steward.categorisation.operations.drafting import edit_draft
from steward.categorisation.stepping import NotPossible
from steward.categorisation.views.workbench_looking import back_to_rules
from steward.categorisation.views.workbench_parts import FormPage, draft_or_404, form_page, of_draft, seen_by
from steward.categorisation.workbench import books, editing
from steward.categorisation.workbench import content as contents
from steward.categorisation.workbench.content import Content
from steward.categorisation.workbench.item_forms import AboutForm, CategoryForm, DraftForm, ReplaceForm

_HEADINGS = {
    "rules": ("Rules", "When one is met, the school is proposed for at least the support category it gives."),
    "signals": ("Signals", "Soft signs of risk. One alone proposes nothing; rules count them."),
    "adjusters": ("Adjusters", "When one is met, concern is raised, and never lowered."),
}


@needs(Permission.EDIT_POLICY)
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with everything in the draft that can be changed."""
    draft = draft_or_404(slug)
    book = books.book(slug)
    ruleset = book.ruleset
    labels = {each.key: each.label for each in ruleset.categories}
    parts = [
        {
            "part": part,
            "heading": heading,
            "about": about_it,
            "items": [
                (item, book.sentences[item.id], labels.get(getattr(item, "gives", ""), ""))
                for item in getattr(ruleset, part)
            ],
        }
        for part, (heading, about_it) in _HEADINGS.items()
    ]
    context = of_draft(request, draft, tab="draft-rules") | {"ruleset": ruleset, "parts": parts}
    return render(request, "categorisation/workbench/rules.html", context)


@needs(Permission.EDIT_POLICY)
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the form of what stands about the policy, or keep it."""
    draft = draft_or_404(slug)
    content = draft.newest_content
    form = AboutForm(request.POST or None, content=_whole(slug))
    page = page_of(draft, title="About the policy", said="What stands about the policy is kept")

    def change_it() -> Content:
        return editing.with_about(content, changes=form.changes())

    return edit_page(request, draft, form=form, page=page, change_it=change_it)


@needs(Permission.EDIT_POLICY)
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the form of a support category, or keep it; a new one means most concern."""
    draft = draft_or_404(slug)
    content = draft.newest_content
    key = request.GET.get("key", "")
    own = next((each for each in content["categories"] if each["key"] == key), None)
    if key and own is None:
        raise Http404(f"There is no support category {key} in this draft.")
    form = CategoryForm(request.POST or None, own=own)
    title = f"Support category “{own['label']}”" if own else "A new support category"
    lead = "" if own else "It is put last, as the one of most concern. Move it up where it belongs."
    page = page_of(draft, title=title, said=f"{title} is kept", lead=lead)

    def change_it() -> Content:
        made = form.category()
        if made["key"] != key and made["key"] in {each["key"] for each in content["categories"]}:
            raise NotPossible(f"There is a support category with the short name {made['key']} already.")
        return editing.with_category(content, category=made, key=key)

    return edit_page(request, draft, form=form, page=page, change_it=change_it)


@needs(Permission.EDIT_POLICY)
def replace(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the whole draft as text, or put another text in its place."""
    draft = draft_or_404(slug)
    form = ReplaceForm(request.POST or None, initial={"text": contents.as_yaml(draft.newest_content)})
    page = page_of(
        draft,
        title="The draft as text",
        said="The text is kept",
        lead="For experts. The text is checked like a file of definitions; the id stays that of the draft.",
    )
    return edit_page(
        request,
        draft,
        form=form,
        page=page,
        change_it=lambda: contents.from_yaml(form.cleaned_data["text"]),
    )


@require_POST
def _change(request: HttpRequest, slug: str) -> HttpResponse:
    draft = draft_or_404(slug)
    act, name = request.POST.get("act", ""), request.POST.get("name", "")
    try:
        fresh, note = _changed(draft.newest_content, request=request, act=act, name=name)
        edit_draft(
            draft,
            content=fresh,
            note=note,
            seen=seen_by(request, now=draft.changes),
            actor=person_asking(request),
        )
    except NotPossible as refusal:
        messages.error(request, f"Not changed: {refusal}")
    else:
        messages.success(request, note)
    if act in _ON_CONDITIONS:
        return redirect("categorisation:draft-item", slug=slug, key=name)
    return redirect(back_to_rules(slug))


change = needs(Permission.EDIT_POLICY)(_change)


def edit_page(
    request: HttpRequest,
    draft: DraftRuleset,
    *,
    form: DraftForm,
    page: FormPage,
    change_it: Callable[[], Content],
) -> HttpResponse:
    """Answer with a form that changes the draft, or keep what it changes as the next version."""

    def act() -> object:
        return edit_draft(
            draft,
            content=change_it(),
            note=page.said,
            seen=seen_by(request, now=draft.changes),
            actor=person_asking(request),
        )

    return form_page(request, form=form, page=page, act=act)


def page_of(draft: DraftRuleset, *, title: str, said: str, lead: str = "", then: str = "") -> FormPage:
    """Return the page of a form that changes a draft."""
    address = then or back_to_rules(draft.slug)
    return FormPage(
        title=title,
        button="Keep it",
        said=said,
        then=address,
        caption=draft.title,
        seen=draft.changes,
        lead=lead,
        more={"back": address},
    )


def path_of(text: str) -> editing.Path:
    """Return the place of a condition as it stands in an address; raises NotPossible where it is none."""
    steps = [step for step in text.split(".") if step]
    if not all(step.isascii() and step.isdigit() and len(step) < 4 for step in steps):
        raise NotPossible("That condition is not there. Open the rule again.")
    return tuple(int(step) for step in steps)


_ON_CONDITIONS = ("remove-condition", "turn")


def _changed(content: Content, *, request: HttpRequest, act: str, name: str) -> tuple[Content, str]:
    part = request.POST.get("part", "")
    if act in _ON_CONDITIONS:
        return _condition_changed(content, act=act, name=name, path=path_of(request.POST.get("path", "")))
    if act in ("up", "down") and _has(content, part=part, name=name):
        by = -1 if act == "up" else 1
        return editing.moved(content, part=part, name=name, by=by), f"{name} moved {act}"
    if act == "remove" and part == "categories":
        return editing.without_category(content, key=name), f"Support category {name} removed"
    if act == "remove" and editing.item_of(content, key=name):
        return editing.without_item(content, key=name), f"{name} removed"
    raise NotPossible("That is not there any more. Open the rules again.")


def _has(content: Content, *, part: str, name: str) -> bool:
    key = "key" if part == "categories" else "id"
    return part in ("categories", *editing.PARTS) and any(each[key] == name for each in content.get(part, ()))


def _condition_changed(content: Content, *, act: str, name: str, path: editing.Path) -> tuple[Content, str]:
    found = editing.item_of(content, key=name)
    if found is None:
        raise NotPossible(f"There is no {name} any more. Open the rules again.")
    part, item = found
    change_it = editing.removed if act == "remove-condition" else editing.turned
    fresh: dict[str, Any] = {**item, "when": change_it(item["when"], path=path)}
    note = (
        f"{name}: a condition removed" if act == "remove-condition" else f"{name}: a condition turned round"
    )
    return editing.with_item(content, part=part, item=fresh), note


def _whole(slug: str) -> Content:
    """Return the draft with every key, also those left out where they are usual."""
    return books.book(slug).ruleset.model_dump(mode="json")


def address_of(slug: str, *, key: str) -> str:
    """Return the address of a rule, signal or adjuster of a draft."""
    return reverse("categorisation:draft-item", args=(slug, key))
