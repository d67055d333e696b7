"""Working scores out: a new run, one score again from what was kept, and what was kept as a file."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.early_warning.models import KeptScore
from steward.early_warning.operations import scoring
from steward.early_warning.queries import scores as queries
from steward.interface import words
from steward.register import queries as register


@needs(Permission.RECORD_CONCERNS)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Work the score of every school of the authority out again, and go to the list."""
    served = register.served_authority()
    if served is None:
        raise Http404("No authority is served here yet: load a register of schools first.")
    try:
        made = scoring.run(actor=person_asking(request), authority=served.code)
    except scoring.NothingToScore as fault:
        messages.error(request, str(fault))
    else:
        counted = words.counted(made.scores.count(), one="school")
        messages.success(request, f"The score of {counted} is worked out, with the events in force today")
    return redirect("early_warning:scores")


@needs(Permission.VIEW_EARLY_WARNING)
def replay(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer whether the score of a school comes out the same, byte for byte, from what was kept."""
    kept = _kept(request, urn)
    context = {
        "school": kept.school,
        "kept": kept,
        "run": kept.run,
        "same": queries.replayed(kept) == kept.result,
        "bytes": len(kept.result.encode()),
    }
    return render(request, "early_warning/replay.html", context)


@needs(Permission.VIEW_EARLY_WARNING)
@records("early_warning.inputs.downloaded", subject="inputs of a score")
def inputs(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the method, the figures and facts, and the score of a school as they were kept."""
    kept = _kept(request, urn)
    parts = {
        "method": kept.run.scoring,
        "shared": kept.run.shared,
        "school": kept.inputs,
        "score": kept.result,
    }
    found = {"events_on": kept.run.events_on.isoformat()} | {
        name: json.loads(text) for name, text in parts.items()
    }
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1, "sort_keys": True})
    answer["Content-Disposition"] = f'attachment; filename="early-warning-{urn}.json"'
    return answer


def _kept(request: HttpRequest, urn: int) -> KeptScore:
    found = register.school(urn)
    run = queries.current_run(found.authority_id or "") if found else None
    kept = queries.score_of(urn, run=run, within=queries.reach_of(request.user)) if run else None
    if kept is None:
        raise Http404("No score of this school is kept.")
    return kept
