"""Moderation meetings: the list, a new one, its agenda, each item in turn, and the minutes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.categorisation import operations, schemes, stepping
from steward.categorisation.forms import ConfirmForm, ItemForm, MeetingForm, MinutesForm
from steward.categorisation.models import ItemOutcome, ModerationMeeting
from steward.categorisation.operations import Said
from steward.categorisation.queries import moderation as queries
from steward.categorisation.queries.moved_on import moved_on
from steward.categorisation.views.asking import ActPage, act_page, at_hand, seen_by
from steward.interface import words
from steward.register import queries as register


@needs(Permission.VIEW_DECISIONS)
def meetings(request: HttpRequest) -> HttpResponse:
    """Answer with the moderation meetings, the newest first."""
    found = queries.meetings_visible_to(request.user)
    return render(request, "categorisation/meetings.html", {"meetings": list(found)})


@needs(Permission.MODERATE_DECISIONS)
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a new meeting, or call it."""
    form = MeetingForm(request.POST or None, initial={"held_on": timezone.localdate()})
    served = register.served_authority()
    if served is None:
        raise Http404("No authority is served here yet: load a register of schools first.")
    authority = served.code
    if request.method == "POST" and form.is_valid():
        made = operations.call_meeting(
            authority=authority,
            held_on=form.cleaned_data["held_on"],
            panel=form.cleaned_data["panel"],
            actor=person_asking(request),
        )
        return redirect("categorisation:meeting", key=made.pk)
    page = ActPage(
        title="A moderation meeting",
        button="Keep the meeting",
        said="",
        then=reverse("categorisation:meetings"),
    )
    return render(request, "categorisation/act.html", {"form": form, "page": page})


@needs(Permission.VIEW_DECISIONS)
def meeting(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the agenda of a meeting, what it has taken, and its minutes; made to be printed too."""
    found = _meeting(request, key)
    agenda = queries.agenda(found, viewer=request.user)
    context = {
        "meeting": found,
        "agenda": [(each, stepping.newest_version(each)) for each in agenda],
        "items": queries.items(found),
    }
    return render(request, "categorisation/meeting.html", context)


@needs(Permission.MODERATE_DECISIONS)
def take(request: HttpRequest, urn: int, key: int) -> HttpResponse:
    """Answer with one proposal before the meeting, or keep what the meeting said and go to the next."""
    found, hand = _meeting(request, key), at_hand(request, urn)
    version = stepping.newest_version(hand)
    form = ItemForm(request.POST or None, scheme=schemes.kept(hand))

    def act() -> object:
        given = form.cleaned_data
        said = Said(ItemOutcome(given["outcome"]), given["category"], given["reason"], given["dissent"])
        return operations.take_item(
            found,
            decision=hand,
            said=said,
            seen=seen_by(request, now=hand.changes),
            actor=person_asking(request),
        )

    left = [each for each in queries.agenda(found, viewer=request.user) if each.school_id != urn]
    after = (
        reverse("categorisation:take", args=(left[0].school_id, key))
        if request.method == "POST" and "next" in request.POST and left
        else reverse("categorisation:meeting", args=(key,))
    )
    page = ActPage(
        title=hand.school.name,
        caption=f"Moderation meeting, {words.day(found.held_on)}",
        button="Keep, back to the agenda",
        said=f"Kept: {hand.school.name}",
        then=after,
        seen=hand.changes,
        more={
            "hand": hand,
            "version": version,
            "next": bool(left),
            "meeting": found,
            "news": moved_on(hand),
        },
        template="categorisation/take.html",
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.MODERATE_DECISIONS)
def minutes(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for the minutes, or keep them; when others saved, theirs stand beside."""
    found = _meeting(request, key)
    form = MinutesForm(request.POST or None, initial={"minutes": found.minutes})

    def act() -> object:
        return operations.write_minutes(
            found,
            minutes=form.cleaned_data["minutes"],
            seen=seen_by(request, now=found.changes),
            actor=person_asking(request),
        )

    page = ActPage(
        title="Minutes",
        caption=f"Moderation meeting, {words.day(found.held_on)}",
        button="Keep the minutes",
        said="The minutes are kept",
        then=reverse("categorisation:meeting", args=(key,)),
        seen=found.changes,
        more={"kept_minutes": found.minutes},
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.MODERATE_DECISIONS)
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with what closing means, or close the minutes."""
    found = _meeting(request, key)
    form = ConfirmForm(request.POST or None)

    def act() -> object:
        seen = seen_by(request, now=found.changes)
        return operations.close_meeting(found, seen=seen, actor=person_asking(request))

    page = ActPage(
        title="Close the minutes",
        caption=f"Moderation meeting, {words.day(found.held_on)}",
        button="Close the minutes",
        said="The minutes are closed",
        then=reverse("categorisation:meeting", args=(key,)),
        seen=found.changes,
        more={"warning": "Once closed, nothing is added to this meeting.", "lead": found.minutes},
    )
    return act_page(request, form=form, page=page, act=act)


def _meeting(request: HttpRequest, key: int) -> ModerationMeeting:
    return get_object_or_404(queries.meetings_visible_to(request.user), pk=key)
