"""The second look: the queue of decisions schools did not agree to, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.categorisation import operations, schemes, stepping
from steward.categorisation.forms import LookForm
from steward.categorisation.models import LookOutcome
from steward.categorisation.operations import Looked
from steward.categorisation.queries import decisions as queries
from steward.categorisation.queries.moved_on import moved_on
from steward.categorisation.steps import State
from steward.categorisation.views.asking import ActPage, act_page, at_hand, seen_by


@needs(Permission.LOOK_AGAIN)
def queue(request: HttpRequest) -> HttpResponse:
    """Answer with the decisions schools did not agree to, those waiting longest first."""
    found = queries.visible_to(request.user).filter(state=State.NOT_AGREED).prefetch_related("answers")
    waiting = [(each, each.answers.all()[0]) for each in found]
    waiting.sort(key=lambda pair: pair[1].answered_at)
    return render(request, "categorisation/second_looks.html", {"waiting": waiting})


@needs(Permission.LOOK_AGAIN)
def look(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with what was proposed and what the school said, or keep what the second officer found."""
    hand = at_hand(request, urn)
    if hand.state != State.NOT_AGREED:
        raise Http404("A second look is taken when the school did not agree.")
    form = LookForm(request.POST or None, scheme=schemes.kept(hand))

    def act() -> object:
        given = form.cleaned_data
        return operations.look_again(
            hand,
            looked=Looked(LookOutcome(given["outcome"]), given["reason"], given["category"]),
            seen=seen_by(request, now=hand.changes),
            actor=person_asking(request),
        )

    page = ActPage(
        title="Second look",
        caption=hand.school.name,
        button="Keep what was found",
        said="The second look is kept",
        then=reverse("categorisation:decision", args=(urn,)),
        seen=hand.changes,
        more={
            "hand": hand,
            "version": stepping.newest_version(hand),
            "answer": hand.answers.first(),
            "news": moved_on(hand),
        },
        template="categorisation/second_look.html",
    )
    return act_page(request, form=form, page=page, act=act)
