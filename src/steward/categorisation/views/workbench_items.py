"""One rule, signal or adjuster of a draft: what stands around its condition, and the condition as a tree."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.analysis.rules.conditions import Condition, NotOf
from steward.categorisation.models import DraftRuleset
from steward.categorisation.operations.drafting import edit_draft
from steward.categorisation.stepping import NotPossible
from steward.categorisation.views.workbench_editing import address_of, edit_page, page_of, path_of
from steward.categorisation.views.workbench_parts import FormPage, done, draft_or_404, of_draft, seen_by
from steward.categorisation.workbench import books, editing
from steward.categorisation.workbench.content import Content
from steward.categorisation.workbench.editing import Path, Tree
from steward.categorisation.workbench.group_forms import ChooseKindForm, ConditionForm, GroupForm
from steward.categorisation.workbench.item_forms import DraftForm, ItemForm
from steward.categorisation.workbench.kind_forms import KIND_FORMS, KindForm

_NAMES = {"rules": "rule", "signals": "signal", "adjusters": "adjuster"}
_ACTS = {"change": "Change the condition", "all_of": "And also", "any_of": "Or instead"}


@dataclass(frozen=True, slots=True)
class Line:
    """One condition of a tree as it is shown: its place, what it says, and what can be done with it."""

    number: str
    """Its place in words people count by: 2.1 is the first inside the second."""
    path: str
    words: str
    group: str
    """How the conditions inside are joined; empty for a single one."""
    last: bool


@needs(Permission.EDIT_POLICY)
def item(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer with a rule, signal or adjuster, and its condition part by part."""
    draft = draft_or_404(slug)
    book = books.book(slug)
    found = next((each for each in book.ruleset.named() if each.id == key), None)
    if found is None:
        raise Http404(f"There is no rule, signal or adjuster {key} in this draft.")
    context = of_draft(request, draft, tab="draft-rules") | {
        "item": found,
        "sentence": book.sentences[key],
        "lines": _lines(found.when, words=lambda each: each.sentence(book.catalogue), path=()),
    }
    return render(request, "categorisation/workbench/item.html", context)


@needs(Permission.EDIT_POLICY)
def around(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer with the form of what stands around a condition, or keep it."""
    draft = draft_or_404(slug)
    content = draft.newest_content
    part, own = _item(content, key=key)
    form = ItemForm(request.POST or None, part=part, categories=_categories(content), own=own)
    page = page_of(
        draft,
        title=f"{_NAMES[part].capitalize()} {key}",
        said=f"{key}: title, source or who is asked changed",
        then=address_of(slug, key=key),
    )

    def change_it() -> Content:
        return editing.with_item(content, part=part, item=form.item(key=key, when=own["when"]))

    return edit_page(request, draft, form=form, page=page, change_it=change_it)


@needs(Permission.EDIT_POLICY)
def new_item(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Answer with the choice of a kind, then with the form of a new item with a condition of that kind."""
    draft = draft_or_404(slug)
    if part not in _NAMES:
        raise Http404("A draft has rules, signals and adjusters.")
    content = draft.newest_content
    page = page_of(draft, title=f"A new {_NAMES[part]}", said=f"A new {_NAMES[part]} added")
    kind = request.GET.get("kind", "")
    if kind not in KIND_FORMS or (part == "signals" and kind == "signals_at_least"):
        return _choose(request, page=page, signals=part != "signals" and bool(content.get("signals")))
    key = editing.next_id(content, part=part)
    own = ItemForm(request.POST or None, part=part, categories=_categories(content), initial={"raises": 1})
    inside = _kind_form(request, kind=kind, content=content)

    def act() -> object:
        made = own.item(key=key, when=inside.cleaned_data["condition"])
        fresh = editing.with_item(content, part=part, item=made)
        return _keep(request, draft, fresh=fresh, note=f"{key} added: {made['title']}")

    both = own.is_valid() & inside.is_valid() if request.method == "POST" else False
    if both and done(own, act=act):
        return redirect(address_of(slug, key=key))
    return _two_forms(request, page=page, form=own, inside=inside)


@needs(Permission.EDIT_POLICY)
def condition(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer with the choice of a kind, then with its fields, or put the condition in its place."""
    draft = draft_or_404(slug)
    content = draft.newest_content
    part, own = _item(content, key=key)
    act = request.GET.get("act", "change")
    path, node = _place(own["when"], request.GET.get("path", ""))
    if act not in _ACTS:
        raise Http404("A condition can be changed, or joined with another.")
    page = page_of(draft, title=_ACTS[act], said=f"{key}: condition changed", then=address_of(slug, key=key))
    kind = request.GET.get("kind", "") or (
        node["kind"] if act == "change" and "choose" not in request.GET else ""
    )
    if kind not in KIND_FORMS or (part == "signals" and kind == "signals_at_least"):
        return _choose(request, page=page, signals=part != "signals" and bool(content.get("signals")))
    inside = _kind_form(request, kind=kind, content=content, own=node if act == "change" else None)
    form = ConditionForm(request.POST or None)

    def do() -> object:
        made = inside.cleaned_data["condition"]
        when = _put(own["when"], path=path, act=act, made=made)
        fresh = editing.with_item(content, part=part, item={**own, "when": when})
        return _keep(request, draft, fresh=fresh, note=page.said)

    if request.method == "POST" and inside.is_valid() and form.is_valid() and done(form, act=do):
        return redirect(page.then)
    return _two_forms(request, page=page, form=form, inside=inside)


@needs(Permission.EDIT_POLICY)
def group(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer with how conditions are joined, or join them otherwise."""
    draft = draft_or_404(slug)
    content = draft.newest_content
    part, own = _item(content, key=key)
    path, node = _place(own["when"], request.GET.get("path", ""))
    if node["kind"] not in ("all_of", "any_of"):
        raise Http404("That condition joins no others.")
    form = GroupForm(request.POST or None, initial={"by": node["kind"], "same_year": node.get("same_year")})
    page = page_of(
        draft, title="How they are joined", said=f"{key}: joined otherwise", then=address_of(slug, key=key)
    )

    def change_it() -> Content:
        given = form.cleaned_data
        when = editing.regrouped(own["when"], path=path, by=given["by"], same_year=given["same_year"])
        return editing.with_item(content, part=part, item={**own, "when": when})

    return edit_page(request, draft, form=form, page=page, change_it=change_it)


def _lines(of: Condition, *, words: Any, path: Path) -> list[Line]:  # noqa: ANN401 - a function of a condition
    inside = (of.of,) if isinstance(of, NotOf) else getattr(of, "of", ())
    joined = {"all_of": "All of these", "any_of": "At least one of these", "not_of": "It is not so that"}
    group_words = joined.get(of.kind, "")
    own_words = group_words or words(of)
    if getattr(of, "same_year", False):
        own_words += ", all in the newest year that has them"
    text = ".".join(map(str, path))
    found = [
        Line(
            ".".join(str(step + 1) for step in path),
            text,
            own_words,
            of.kind if group_words else "",
            last=not path,
        )
    ]
    for place, each in enumerate(inside):
        found += _lines(each, words=words, path=(*path, place))
    return found


def _put(when: Tree, *, path: Path, act: str, made: Tree) -> Tree:
    if act == "change":
        return editing.replaced(when, path=path, by=made)
    return editing.joined(when, path=path, by="all_of" if act == "all_of" else "any_of", new=made)


def _item(content: Content, *, key: str) -> tuple[str, Tree]:
    found = editing.item_of(content, key=key)
    if found is None:
        raise Http404(f"There is no rule, signal or adjuster {key} in this draft.")
    return found


def _place(when: Tree, text: str) -> tuple[Path, Tree]:
    try:
        path = path_of(text)
        return path, editing.condition_at(when, path=path)
    except NotPossible as fault:
        raise Http404(str(fault)) from fault


def _kind_form(request: HttpRequest, *, kind: str, content: Content, own: Tree | None = None) -> KindForm:
    signals = [(each["id"], each["title"]) for each in content.get("signals", ())]
    return KIND_FORMS[kind](request.POST or None, signals=signals, own=own, prefix="condition")


def _keep(request: HttpRequest, draft: DraftRuleset, *, fresh: Content, note: str) -> object:
    return edit_draft(
        draft,
        content=fresh,
        note=note,
        seen=seen_by(request, now=draft.changes),
        actor=person_asking(request),
    )


def _categories(content: Content) -> list[tuple[str, str]]:
    return [(each["key"], each["label"]) for each in content["categories"]]


def _choose(request: HttpRequest, *, page: FormPage, signals: bool) -> HttpResponse:
    kept = [(name, text) for name, text in request.GET.items() if name in ("path", "act")]
    context = {"page": page, "filter_form": ChooseKindForm(signals=signals), "kept": kept, **page.more}
    return render(request, "categorisation/workbench/kinds.html", context)


def _two_forms(request: HttpRequest, *, page: FormPage, form: DraftForm, inside: KindForm) -> HttpResponse:
    choose = request.GET.copy()
    choose.pop("kind", None)
    choose["choose"] = "1"
    context = {
        "page": page,
        "form": form,
        "inside": inside,
        "theirs": form.theirs,
        "seen": form.theirs.draft.changes if form.theirs else page.seen,
        "another_kind": f"?{choose.urlencode()}",
        **page.more,
    }
    return render(request, "categorisation/workbench/form.html", context)
