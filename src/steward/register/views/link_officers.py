"""Link officers: who looks after which schools."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.interface import words
from steward.register import operations, queries
from steward.register.forms import LinkOfficerForm


@needs(Permission.MANAGE_PEOPLE)
def link_officers(request: HttpRequest) -> HttpResponse:
    """Answer with who looks after what, or give schools to somebody."""
    form = LinkOfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, urns = form.cleaned_data["person"], form.cleaned_data["urns"]
        try:
            given = operations.look_after(
                urns, person=person, since=timezone.localdate(), actor=person_asking(request)
            )
        except operations.CannotLookAfter as refusal:
            form.add_error("urns", str(refusal))
        else:
            counted = words.counted(len(given), one="school")
            messages.success(request, f"{person.name} looks after {counted} of this list")
            return redirect("register:link-officers")
    served = queries.served_authority()
    held = queries.link_officers(served.code) if served else []
    return render(request, "register/link_officers.html", {"form": form, "held": held, "served": served})


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def end(request: HttpRequest, urn: int) -> HttpResponse:
    """End a link officer's care of a school today."""
    operations.stop_looking_after(urn, until=timezone.localdate(), actor=person_asking(request))
    messages.success(request, "The school has no link officer now")
    return redirect("register:link-officers")
