"""Overrides of final decisions: asking, and reading as the second reader."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from steward.access.guards import needs, person_asking
from steward.access.models import Person
from steward.access.permissions import Permission
from steward.categorisation import operations, schemes
from steward.categorisation.forms import OverrideForm, ReaderForm
from steward.categorisation.queries import decisions as queries
from steward.categorisation.views.asking import ActPage, act_page, final_one
from steward.interface import words


@needs(Permission.OVERRIDE_DECISIONS)
def ask(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for an override, or ask for it."""
    final = final_one(request, urn)
    readers = queries.second_readers(request.user)
    form = OverrideForm(request.POST or None, scheme=schemes.kept(final), readers=readers)

    def act() -> object:
        given = form.cleaned_data
        return operations.ask_override(
            final,
            category=given["category"],
            reason=given["reason"],
            second_reader=_reader(readers, key=given["second_reader"]),
            expires_on=given["expires_on"],
            actor=person_asking(request),
        )

    page = ActPage(
        title="Override for a time",
        caption=final.school.name,
        button="Ask for the override",
        said="The override waits for its second reader",
        then=reverse("categorisation:decision", args=(urn,)),
        more={
            "lead": f"The final support category is “{final.label}”. An override puts another in its place "
            "until its last day. Both are always shown, and the decision holds again afterwards."
        },
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.OVERRIDE_DECISIONS)
def override(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with an override for its second reader, or keep what the second reader says."""
    found = queries.override_of(key, viewer=request.user)
    if found is None:
        raise Http404("There is no such override.")
    form = ReaderForm(request.POST or None)

    def act() -> object:
        given = form.cleaned_data
        answer = operations.confirm_override if given["confirmed"] == "yes" else operations.refuse_override
        return answer(found, note=given["note"], actor=person_asking(request))

    waits = found.state == "waiting"
    until = words.day(found.expires_on)
    page = ActPage(
        title=f"Override: {found.label}",
        caption=found.decision.school.name,
        button="Keep your answer",
        said="Your answer is kept",
        then=reverse("categorisation:decision", args=(found.decision.school_id,)),
        more={
            "lead": f"{found.officer_name} asks for “{found.label}” in the place of “{found.decision.label}” "
            f"until {until}. Second reader: {found.second_reader_name}. "
            f"It is {found.get_state_display().lower()}.",
            "second_lead": found.reason,
            "no_form": not (waits and found.second_reader_id == person_asking(request).pk),
        },
    )
    return act_page(request, form=form, page=page, act=act)


def _reader(readers: list[Person], *, key: str) -> Person | None:
    return next((each for each in readers if str(each.pk) == key), None)
