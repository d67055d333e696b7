"""What a draft would do: schools that move, days, its record, its text, and what happens to a school."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.analysis.rules.journey import journey
from steward.analysis.rules.policy import policy_text
from steward.categorisation.models import DraftRuleset
from steward.categorisation.views import workbench_tables as tables
from steward.categorisation.views.workbench_parts import draft_or_404, of_draft
from steward.categorisation.workbench import books, foresight, moving, workload
from steward.categorisation.workbench import content as contents
from steward.categorisation.workbench.evidence import Ground, proposed
from steward.categorisation.workbench.look_forms import DayForm, FaredForm, LookForm, RecordForm
from steward.categorisation.workbench.moving import Look
from steward.interface import csv_files
from steward.interface.lists import chosen_sort
from steward.interface.parts import Happening

_PAGE_LENGTH = 50
_YARDSTICK = "Yardstick: expect all of these schools to be good or better"
_SORTS = ("towards", "name")


@needs(Permission.EDIT_POLICY)
def moves(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the schools that the draft would move, and why."""
    draft = draft_or_404(slug)
    form, found, places = _moved(request, draft)
    context = of_draft(request, draft, tab="draft") | {"filter_form": form, "problem": form.problem}
    if found is not None:
        sorted_by = chosen_sort(request.GET, allowed=_SORTS, default="towards")
        page = Paginator(places, _PAGE_LENGTH).get_page(request.GET.get("page"))
        query = request.GET.urlencode()
        every = moving.places_moved(found)
        context |= {
            "look": found,
            "count": len(places),
            "every": len(every),
            "ways": [(each.value, number) for each, number in moving.by_towards(found, places=every).items()],
            "counts": tables.counts_table(found),
            "page": page,
            "table": tables.movers_table(
                (moving.mover(found, place=place) for place in page), sorted_by=sorted_by
            ),
            "csv": f"movers.csv{'?' + query if query else ''}",
            "comparable": moving.same_scheme(found),
        }
    return render(request, "categorisation/workbench/moves.html", context)


@needs(Permission.EDIT_POLICY)
@records("categorisation.draft.movers_downloaded", subject="schools a draft policy would move")
def movers_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the schools that move as a CSV file."""
    _, found, places = _moved(request, draft_or_404(slug))
    movers = [] if found is None else [moving.mover(found, place=place) for place in places]
    return csv_files.csv_file(
        f"{slug}-schools-that-move.csv", header=tables.CSV_HEADER, rows=tables.movers_rows(movers)
    )


@needs(Permission.EDIT_POLICY)
@records("categorisation.draft.downloaded", subject="draft policy")
def as_yaml(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the draft as a file of definitions."""
    written = contents.as_yaml(draft_or_404(slug).newest_content)
    answer = HttpResponse(written, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.yaml"'
    return answer


@needs(Permission.EDIT_POLICY)
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the draft printed as the text of a policy."""
    draft = draft_or_404(slug)
    book = books.book(slug)
    context = of_draft(request, draft, tab="draft-text") | {"paragraphs": policy_text(book)}
    return render(request, "categorisation/workbench/text.html", context)


@needs(Permission.EDIT_POLICY)
def what_happens(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with what happens to a school under the draft, step by step."""
    draft = draft_or_404(slug)
    context = of_draft(request, draft, tab="draft-journey") | {"steps": journey(books.book(slug))}
    return render(request, "categorisation/workbench/journey.html", context)


@needs(Permission.EDIT_POLICY)
def days(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the officer days that the draft promises against those there are."""
    draft = draft_or_404(slug)
    form = DayForm(request.GET or None)
    ground = form.ground()
    context = of_draft(request, draft, tab="draft-days") | {"filter_form": form, "problem": form.problem}
    if ground is not None:
        now, under = (_load(policy, ground=ground) for policy in (books.in_use(), slug))
        context |= {"load": under.together, "year": under.year, "table": tables.workload_table(now, under)}
    return render(request, "categorisation/workbench/days.html", context)


@needs(Permission.EDIT_POLICY)
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with what the council's views expected on a day, and what the next inspections found."""
    draft = draft_or_404(slug)
    labels = _labels(slug)
    form = RecordForm(request.GET or None, labels=labels, first=foresight.below_from(len(labels)))
    context = of_draft(request, draft, tab="draft-record") | _fared(slug, form=form, who="This draft")
    return render(request, "categorisation/workbench/record.html", context)


@needs(Permission.EDIT_POLICY)
def fared(request: HttpRequest) -> HttpResponse:
    """Answer with how any policy would have fared on a day; without a choice, the one in use."""
    asked = request.GET.get("policy", "")
    policy = asked if asked in dict(books.choices()) else books.in_use()
    labels = _labels(policy)
    given = {"policy": policy, **request.GET.dict()}
    form = FaredForm(given, choices=books.choices(), labels=labels, first=foresight.below_from(len(labels)))
    title = books.book(policy).ruleset.title
    context = _fared(policy, form=form, who=f"“{title}”")
    context["policy_title"] = "Choose from what is on offer" if form.problem else title
    return render(request, "categorisation/workbench/fared.html", context)


def _labels(policy: str) -> list[str]:
    return [each.label for each in books.book(policy).ruleset.categories]


def _fared(policy: str, *, form: RecordForm, who: str) -> dict[str, Any]:
    ground, until = form.ground(), form.last_day()
    context: dict[str, Any] = {"filter_form": form, "problem": form.problem}
    if ground is None or until is None:
        return context
    found = _records(policy, ground=ground, form=form, who=who)
    return context | {
        "as_at": ground.as_at,
        "until": until,
        "expects": _labels(policy)[form.below()],
        "draft_record": found[0],
        "draft_share": tables.share_in_words(found[0]),
        "yardstick": found[1],
        "yardstick_share": tables.share_in_words(found[1]),
        "table": tables.records_table(found),
    }


@needs(Permission.EDIT_POLICY)
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with every change of the draft, who made it and when."""
    draft = draft_or_404(slug)
    versions = draft.versions.all()
    happenings = [
        Happening(f"{each.number}. {each.note}", each.written_at, each.written_by_name) for each in versions
    ]
    context = of_draft(request, draft, tab="draft-history") | {"happenings": happenings}
    return render(request, "categorisation/workbench/history.html", context)


def _moved(request: HttpRequest, draft: DraftRuleset) -> tuple[LookForm, Look | None, list[int]]:
    """Return the form, both policies asked, and the places of the schools that move and are wanted."""
    others = [(key, title) for key, title in books.choices() if key != draft.slug]
    form = LookForm(request.GET or None, choices=others)
    against = form.chosen("against") or books.in_use()
    found = form.look(books.book(against), books.book(draft.slug))
    if found is None:
        return form, None, []
    phase, towards = form.chosen("phase"), form.chosen("towards")
    places = [
        place
        for place in moving.places_moved(found)
        if phase in ("", found.ground.columns.schools[place].phase)
        and towards in ("", moving.towards_of(found, place=place))
    ]
    sorted_by = chosen_sort(request.GET, allowed=_SORTS, default="towards")
    if sorted_by.endswith("name"):
        places.sort(key=lambda place: moving.name_of(found, place=place))
    return form, found, places[::-1] if sorted_by.startswith("-") else places


def _load(policy: str, *, ground: Ground) -> workload.Workload:
    found = proposed(books.book(policy), on=ground)
    return workload.workload(found, authority=ground.authority, as_at=ground.as_at)


def _records(slug: str, *, ground: Ground, form: RecordForm, who: str) -> list[foresight.Record]:
    until: Any = form.last_day()
    found = foresight.next_inspections(ground.schools, after=ground.as_at, until=until)
    in_use = books.book(books.in_use())
    first = foresight.below_from(len(in_use.ruleset.categories))
    own = foresight.of_policy(proposed(books.book(slug), on=ground), below_from=form.below())
    views = {
        who: own,
        _YARDSTICK: dict.fromkeys(own, False),
        f"Policy in use: {in_use.ruleset.title}": foresight.of_policy(
            proposed(in_use, on=ground), below_from=first
        ),
        "Final decisions of the council": foresight.of_decisions(ground.schools, on=ground.as_at),
        "What advisers expected": foresight.of_advisers(ground.schools, on=ground.as_at),
    }
    if slug == books.in_use():
        views.pop(f"Policy in use: {in_use.ruleset.title}")
    return [foresight.record(who, expected=expected, found=found) for who, expected in views.items()]


def back_to_rules(slug: str) -> str:
    """Return the address of the rules of a draft."""
    return reverse("categorisation:draft-rules", args=(slug,))
