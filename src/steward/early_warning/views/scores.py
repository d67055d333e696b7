"""The schools of an authority by their early-warning score, what moved, and one school with its workings."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.early_warning import definitions
from steward.early_warning.forms import ScoreFilters
from steward.early_warning.models import KeptScore, ScoreRun
from steward.early_warning.queries import concerns as concern_queries
from steward.early_warning.queries import events as event_queries
from steward.early_warning.queries import scores as queries
from steward.early_warning.queries.lineage import lineage_of
from steward.early_warning.views import concern_parts, event_parts, files, lineage_parts, score_parts
from steward.interface import words
from steward.interface.lists import chosen_sort
from steward.interface.parts import Concern, Table
from steward.register import queries as register

_PAGE_LENGTH = 50
_MOVERS = 5
_NOT_A_JUDGEMENT = "A score starts a conversation and is not a judgement of the school."


@needs(Permission.VIEW_EARLY_WARNING)
def scores(request: HttpRequest) -> HttpResponse:
    """Answer with the schools of the authority by their score, what moved, and whom to talk about."""
    served = register.served_authority()
    run = queries.current_run(served.code) if served else None
    today = timezone.localdate()
    talks = event_queries.discussions(today, viewer=request.user)
    if run is None:
        return render(request, "early_warning/nothing_yet.html", {"discussions": event_parts.talks(talks)})
    asked = _Asked(request, run=run)
    page = Paginator(asked.found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    within = queries.reach_of(request.user)
    movers = queries.moved(run, within=within)
    context = {
        "run": run,
        "finding": _finding(run, scores=queries.scores_in(run, within=within)),
        "filter_form": asked.form,
        "page": page,
        "count": page.paginator.count,
        "table": score_parts.list_table(page, before=asked.before, sort=asked.sort, tones=_tones(run)),
        "csv": f"scores.csv{'?' + query if query else ''}",
        "xlsx": f"scores.xlsx{'?' + query if query else ''}",
        "movers": _movers(movers),
        "compared": _compared(run),
        "discussions": event_parts.talks(talks),
        "not_a_judgement": _NOT_A_JUDGEMENT,
    }
    return render(request, "early_warning/scores.html", context)


@needs(Permission.VIEW_EARLY_WARNING)
@records("early_warning.scores.downloaded", subject="scores")
def scores_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the list as a CSV file."""
    asked = _Asked(request, run=_run_or_404())
    rows = (score_parts.csv_row(one, before=asked.before) for one in asked.found)
    return files.csv_answer("early-warning", header=score_parts.CSV_HEADER, rows=rows)


@needs(Permission.VIEW_EARLY_WARNING)
@records("early_warning.scores.downloaded", subject="scores")
def scores_as_xlsx(request: HttpRequest) -> HttpResponse:
    """Answer with the list as a workbook, with the method and the day before it."""
    run = _run_or_404()
    asked = _Asked(request, run=run)
    rows = [score_parts.csv_row(one, before=asked.before) for one in asked.found]
    about = (
        f"{run.method_title}, version {run.method_version}, as at {words.day(run.as_at)}",
        _NOT_A_JUDGEMENT,
        "What is not known is taken out of the points available and is never read as good.",
        "Confidential: for officers of the council only.",
    )
    return files.xlsx_answer("early-warning", header=score_parts.CSV_HEADER, rows=rows, about=about)


@needs(Permission.VIEW_EARLY_WARNING)
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the score of a school and its workings, its events and concerns."""
    found = register.school(urn)
    if found is None:
        raise Http404(f"There is no school with the URN {urn}.")
    run = queries.current_run(found.authority_id or "")
    within = queries.reach_of(request.user)
    kept = queries.score_of(urn, run=run, within=within) if run else None
    today = timezone.localdate()
    lineage = lineage_of(urn)
    context: dict[str, object] = {
        "carried_on": lineage_parts.carried_on(found, lineage=lineage),
        "others": lineage_parts.links(lineage, page="early_warning:school"),
        "why_none": lineage_parts.why_no_score(found, as_at=run.as_at if run else None, lineage=lineage),
        "school": found,
        "run": run,
        "kept": kept,
        "not_a_judgement": _NOT_A_JUDGEMENT,
        "events": event_parts.table(event_queries.events_of(urn, viewer=request.user), today=today),
        "concerns": concern_parts.table(
            concern_queries.concerns_of(urn, viewer=request.user), today=today, with_school=False
        ),
        "talk": event_parts.talks(event_queries.discussions(today, viewer=request.user, urn=urn)),
    }
    if run is not None and kept is not None:
        context |= _workings(kept, run=run, name=found.name)
    return render(request, "early_warning/school.html", context)


class _Asked:
    """Which scores of a run the address asks for, in which order, with the points of the run before."""

    def __init__(self, request: HttpRequest, *, run: ScoreRun) -> None:
        within = queries.reach_of(request.user)
        self.form = ScoreFilters(request.GET or None, bands=list(_tones(run)))
        self.sort = chosen_sort(request.GET, allowed=score_parts.SORTS, default="-share")
        chosen = _filtered(queries.scores_in(run, within=within), form=self.form)
        self.found = score_parts.ordered(chosen, sort=self.sort)
        earlier = queries.run_before(run)
        listed: Iterable[KeptScore] = queries.scores_in(earlier, within=within) if earlier else ()
        self.before = {one.school_id: one for one in listed}


def _filtered(found: QuerySet[KeptScore], *, form: ScoreFilters) -> QuerySet[KeptScore]:
    given = form.cleaned_data if form.is_valid() else {}
    if given.get("text"):
        found = found.filter(school__name__icontains=given["text"])
    for name in ("phase", "band"):
        if given.get(name):
            found = found.filter(**{name: given[name]})
    return found


def _tones(run: ScoreRun) -> dict[str, Concern]:
    method = definitions.methods().get(run.method)
    return score_parts.tones_of([] if method is None else [band.label for band in method.bands])


def _finding(run: ScoreRun, *, scores: QuerySet[KeptScore]) -> str:
    """Return the sentence that matters: how many schools show most signs, and how many cannot be ranked."""
    bands = list(_tones(run))[:-1]
    most = bands[-2:] or [""]
    number = scores.filter(band__in=most).count()
    unknown = scores.filter(ranked=False).count()
    verb = "shows" if number == 1 else "show"
    said = f"{words.counted(number, one='school')} of {scores.count()} {verb} many signs or more."
    if unknown:
        said += f" For {words.counted(unknown, one='school')} too little is known to say."
    return said


def _compared(run: ScoreRun) -> str:
    """Return with which run this one is compared, and whether the method is another."""
    before = queries.run_before(run)
    if before is None:
        return ""
    said = (
        f"Compared with the run as at {words.day(before.as_at)}, with events in force on "
        f"{words.day(before.events_on)}."
    )
    if not queries.are_comparable(run, before):
        said += (
            f" That run asked another method ({before.method_title}, version {before.method_version}): "
            "points may differ for that alone."
        )
    return said


def _movers(movers: list[queries.Moved]) -> dict[str, Table]:
    """Return the tables of what moved: more points, improvements, and fewer points only for less known."""
    falls = list(reversed(movers))
    chosen = (
        ("up", [one for one in movers if one.by > 0], "More points than in the run before"),
        ("down", [one for one in falls if one.is_improved], "Fewer points on what is known: improvements"),
        (
            "less_known",
            [one for one in falls if one.by <= 0 and one.is_less_known],
            "Less is known than in the run before: no improvement",
        ),
    )
    return {name: _moved(found, caption=caption) for name, found, caption in chosen if found}


def _moved(found: list[queries.Moved], *, caption: str) -> Table:
    """Return those that moved most, and say how many they are of."""
    shown = queries.with_reasons(found[:_MOVERS])
    of = f" (the first {_MOVERS} of {len(found)})" if len(found) > _MOVERS else ""
    return score_parts.movers_table(shown, caption=f"{caption}{of}")


def _workings(kept: KeptScore, *, run: ScoreRun, name: str) -> dict[str, object]:
    score = queries.workings(kept)
    before = queries.run_before(run)
    earlier = queries.score_of(kept.school_id, run=before, within=queries.EVERY_SCHOOL) if before else None
    return {
        "score": score,
        "tone": _tones(run).get(kept.band, Concern.PLAIN),
        "contributions": score_parts.contributions_table(score),
        "missing": [
            (one.title, score_parts.reason_words(one.reason) or "Not known", f"{one.unknown:g}")
            for one in score_parts.missing_of(score)
        ],
        "bars": score_parts.bars_of(score, name=name),
        "is_new": earlier is None,
        "changes": [
            (score_parts.changed(one), one.because)
            for one in (queries.changes(earlier.result, kept.result) if earlier else ())
        ],
        "compared": _compared(run),
    }


def _run_or_404() -> ScoreRun:
    served = register.served_authority()
    run = queries.current_run(served.code) if served else None
    if run is None:
        raise Http404("No score has been worked out yet.")
    return run
