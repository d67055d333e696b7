"""A page that has nothing to show yet says what will be here and the first step."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from steward.evidence.queries.releases import NothingLoaded
from steward.pages.queries.rows import NoAuthority

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def says_when_empty(view: View[P]) -> View[P]:
    """Answer with the first step where no data is loaded or no authority chosen."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NothingLoaded, NoAuthority) as fault:
            return render(request, "pages/nothing_yet.html", {"sentence": str(fault)})

    return answered
