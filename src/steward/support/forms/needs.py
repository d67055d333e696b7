"""Forms of needs."""

from collections.abc import Iterable
from typing import cast

from django import forms

from steward.evidence import catalogues
from steward.interface.careful_forms import AboutNobody
from steward.support import definitions
from steward.support.forms.fields import ALL, boxes, days, long_text, radio, short_text, urn
from steward.support.models import Need, Origin, Urgency
from steward.support.need_policies import NeedFacts
from steward.support.queries.needs import SORTS, Wanted
from steward.support.steps import NeedState
from steward.support.terms import Term
from steward.vocabulary.phases import Phase

_PHASES = [(phase.value, phase.label) for phase in Phase if phase is not Phase.UNKNOWN]
_ABOUT_SCHOOLS = "Needs are of schools, never about one child"


class NeedFilters(forms.Form):
    """Which needs to list."""

    text = forms.CharField(label="School", required=False, max_length=100)
    state = forms.ChoiceField(
        label="Where it stands", required=False, choices=[ALL, ("live", "Not over"), *NeedState.choices]
    )
    urgency = forms.ChoiceField(label="Urgency", required=False, choices=[ALL, *Urgency.choices])
    origin = forms.ChoiceField(label="Known from", required=False, choices=[ALL, *Origin.choices])
    tag = forms.ChoiceField(label="About", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the specialisms in force."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        tag = cast("forms.ChoiceField", self.fields["tag"])
        tag.choices = [ALL, *definitions.specialisms().labels().items()]

    def wanted(self, *, sort: str) -> Wanted:
        """Return which needs are asked for; what cannot be read is left out."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        chosen = sort if sort.removeprefix("-") in SORTS else "school"
        return Wanted(**{name: text for name, text in given.items() if text}, sort=chosen)


class AskForm(AboutNobody):
    """What a school asks support for."""

    meant_for = _ABOUT_SCHOOLS

    tags = boxes("What it is about", choices=(), required="Select at least one")
    objective = long_text(
        "What is to be reached",
        hint="Measurable: by what, from where to where, and by when. No child or member of staff by name.",
        required="Enter what is to be reached",
    )
    urgency = radio("How soon", choices=Urgency.choices, required="Select how soon")
    term = forms.ChoiceField(label="Begins in")
    days = days("Days of one supporter", hint="In the whole, such as 6 or 2.5")
    target_groups = boxes("Groups of pupils it is meant for", choices=(), hint="Leave empty for all pupils")
    funder = short_text("Who pays", hint="The council, a fund, or the school", required="Enter who pays")
    vetoes = long_text(
        "Will not work with",
        hint="Trusts or religious characters, one a line, as the register names them. Usually empty.",
        rows=2,
    )

    def __init__(self, *args: object, terms: Iterable[Term] = (), **kwargs: object) -> None:
        """Offer the specialisms, groups and terms there are."""
        super().__init__(*args, **kwargs)
        tags = cast("forms.MultipleChoiceField", self.fields["tags"])
        tags.choices = list(definitions.specialisms().labels().items())
        groups = cast("forms.MultipleChoiceField", self.fields["target_groups"])
        groups.choices = group_choices()
        term = cast("forms.ChoiceField", self.fields["term"])
        term.choices = [(one.key, one.words) for one in terms]

    def facts(self, *, urn: int, origin: Origin, decision: int | None, concern: int | None) -> NeedFacts:
        """Return what is said."""
        given = self.cleaned_data
        return NeedFacts(
            urn=urn,
            origin=origin,
            objective=given["objective"],
            tags=tuple(given["tags"]),
            urgency=Urgency(given["urgency"]),
            term=given["term"],
            days=given["days"],
            funder=given["funder"],
            phase=given.get("phase", ""),
            target_groups=tuple(given["target_groups"]),
            vetoes=tuple(given["vetoes"].splitlines()),
            decision_id=decision,
            concern_id=concern,
        )


class NeedForm(AskForm):
    """A need as an officer records it."""

    urn = urn(hint="As in the register", required=True)
    origin = forms.ChoiceField(label="Known from")
    phase = forms.ChoiceField(
        label="Phase in which", required=False, choices=[("", "That of the school"), *_PHASES]
    )
    field_order = ("urn", "origin", "phase")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer from where an officer may know of a need."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        origin = cast("forms.ChoiceField", self.fields["origin"])
        origin.choices = [pair for pair in Origin.choices if pair[0] != Origin.SCHOOL]
        self.order_fields([*self.field_order, *self.fields])


class ChangeNeedForm(AskForm):
    """A need as it is changed."""

    phase = forms.ChoiceField(label="Phase in which", choices=_PHASES)
    reason = long_text("Why", required="Enter why it is changed", rows=2)


class ReasonForm(AboutNobody):
    """Why something is done, where the text is about a school."""

    meant_for = _ABOUT_SCHOOLS

    reason = long_text("Why", required="Enter why")


def group_choices() -> list[tuple[str, str]]:
    """Return the characteristics of pupils that support may be meant for."""
    return [(key, one.title) for key, one in catalogues.groups().items() if not one.open_members]


def as_typed(need: Need) -> dict[str, object]:
    """Return what is said of a need as its form shows it."""
    names = ("tags", "objective", "urgency", "term", "days", "target_groups", "funder", "phase")
    return {name: getattr(need, name) for name in names} | {"vetoes": "\n".join(need.vetoes)}
