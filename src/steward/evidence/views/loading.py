"""Loading files from the browser, and what became of each."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.evidence.forms import FilesToLoad
from steward.evidence.operations import loading
from steward.evidence.operations.loading import NothingToLoad, State
from steward.evidence.store import StoreBusy
from steward.evidence.views import trails
from steward.evidence.views.release_parts import breakable
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Table, Tag

_KEPT = "evidence.load"
_TAGS = {
    State.LOADED: Tag("Loaded", Concern.NONE),
    State.WARNED: Tag("Loaded, with warnings", Concern.MEDIUM),
    State.ALREADY: Tag("Already loaded"),
    State.NOT_USED: Tag("Not used"),
    State.REFUSED: Tag("Refused", Concern.HIGH),
    State.FAILED: Tag("Failed screening", Concern.HIGH),
}


@needs(Permission.MANAGE_RELEASES)
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponseBase:
    """Ask for files and load them: those that pass screening become live in one step."""
    form = FilesToLoad(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = [(one.name or "", one.chunks()) for one in form.cleaned_data["chosen"]]
        try:
            report = loading.load_uploaded(
                files,
                actor=request.user,  # type: ignore[arg-type]  # a person: the guard let them in
                year=form.cleaned_data["year"],
            )
        except (NothingToLoad, StoreBusy) as refused:
            form.add_error(None, str(refused))
        else:
            request.session[_KEPT] = [
                (one.path, one.state.value, one.sentence, one.release) for one in report.outcomes
            ]
            return redirect("evidence:loaded")
    return render(request, "evidence/load.html", {"form": form, "crumbs": trails.releases("Load files")})


@needs(Permission.MANAGE_RELEASES)
def loaded(request: HttpRequest) -> HttpResponseBase:
    """Show what became of each file of the load just made."""
    kept = request.session.get(_KEPT)
    if kept is None:
        return redirect("evidence:load")
    rows = tuple(
        (
            Cell(breakable(path), href=reverse("evidence:release", args=[release]) if release else ""),
            _TAGS[State(state)],
            sentence,
        )
        for path, state, sentence, release in kept
    )
    states = [State(state) for _, state, _, _ in kept]
    live = sum(state in (State.LOADED, State.WARNED) for state in states)
    wrong = sum(state in (State.REFUSED, State.FAILED) for state in states)
    columns = (Column("File"), Column("Outcome"), Column("What was found"))
    return render(
        request,
        "evidence/loaded.html",
        {
            "sentence": _sentence(live=live, wrong=wrong),
            "table": Table("What became of each file", columns, rows),
            "crumbs": trails.releases("What became of your files"),
        },
    )


def _sentence(*, live: int, wrong: int) -> str:
    told = f"{words.counted(live, one='file')} {'is' if live == 1 else 'are'} live."
    if wrong:
        return f"{told} {words.counted(wrong, one='file')} could not be used: see what to do below."
    return told if live else "Nothing has changed."
