"""A page that has nothing to show yet says so, with the first step."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from steward.equality.queries.area_gaps import NoSuchArea
from steward.evidence.queries.releases import NothingLoaded

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def says_when_empty(view: View[P]) -> View[P]:
    """Answer with the first step where no data is loaded, and that there is no such authority."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NothingLoaded as fault:
            return render(request, "equality/nothing_yet.html", {"sentence": str(fault)})
        except NoSuchArea as fault:
            shown = {"sentence": str(fault), "unknown": True}
            return render(request, "equality/nothing_yet.html", shown, status=404)

    return answered
