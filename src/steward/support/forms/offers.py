"""The form by which a school offers to support others."""

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from django import forms

from steward.support import definitions
from steward.support.forms.fields import boxes, days, long_text, pounds, short_text
from steward.support.policies import ProviderFacts
from steward.support.terms import Term, term_of
from steward.vocabulary.phases import Phase

_PHASES = [(phase.value, phase.label) for phase in Phase if phase is not Phase.UNKNOWN]


class OfferForm(forms.Form):
    """What a school offers, and the days it has."""

    name = short_text("Who offers", hint="The school, or a leader of it by name", required="Enter who offers")
    kind = forms.ChoiceField(label="As", error_messages={"required": "Select as what"})
    phases = boxes("Phases", choices=_PHASES, required="Select at least one phase")
    specialisms = boxes("What you can help with", choices=(), required="Select at least one")
    cost_per_day = pounds("Pounds a day", hint="0 where it is free")
    reason = long_text("What you offer", hint="And what it rests on", required="Enter what you offer")

    def __init__(self, *args: object, terms: Iterable[Term] = (), **kwargs: object) -> None:
        """Offer the kinds that belong to a school, the specialisms, and ask for the days of each term."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = [(one.key, one.label) for one in definitions.provider_kinds().kinds if one.school]
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
        tags = cast("forms.MultipleChoiceField", self.fields["specialisms"])
        tags.choices = list(definitions.specialisms().labels().items())
        for term in terms:
            self.fields[term.key] = days(f"Days in {term.words}", required=False)

    def facts(self, *, urn: int, trust: str) -> ProviderFacts:
        """Return what is said of the provider."""
        given = self.cleaned_data
        return ProviderFacts(
            name=given["name"],
            kind=given["kind"],
            cost_per_day=given["cost_per_day"],
            phases=tuple(given["phases"]),
            specialisms=tuple(given["specialisms"]),
            urn=urn,
            trust=trust,
        )

    def days(self) -> dict[Term, Decimal]:
        """Return the days by term; a term left empty is left out."""
        found = ((term_of(key), amount) for key, amount in self.cleaned_data.items())
        return {term: amount for term, amount in found if term is not None and amount is not None}
