"""Forms of providers and of what is kept beside them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from django import forms

from steward.interface.fields import DayField
from steward.support import definitions
from steward.support.forms.fields import ALL, boxes, days, long_text, pounds, radio, short_text, urn
from steward.support.models import Provider, Quality
from steward.support.operations.supply import NewConflict, NewDesignation
from steward.support.policies import ProviderFacts
from steward.support.queries.providers import SORTS, Wanted
from steward.support.steps import ProviderState
from steward.support.terms import Term, term_of
from steward.vocabulary.phases import Phase

_PHASES = [(phase.value, phase.label) for phase in Phase if phase is not Phase.UNKNOWN]


class ProviderFilters(forms.Form):
    """Which providers to list."""

    text = forms.CharField(label="Name or school", required=False, max_length=100)
    state = forms.ChoiceField(label="Standing", required=False, choices=[ALL, *ProviderState.choices])
    kind = forms.ChoiceField(label="Kind", required=False)
    phase = forms.ChoiceField(label="Phase", required=False, choices=[ALL, *_PHASES])
    specialism = forms.ChoiceField(label="Specialism", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the kinds and specialisms in force."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [ALL, *definitions.provider_kinds().labels().items()]
        specialism = cast("forms.ChoiceField", self.fields["specialism"])
        specialism.choices = [ALL, *definitions.specialisms().labels().items()]

    def wanted(self, *, sort: str) -> Wanted:
        """Return which providers are asked for; what cannot be read is left out."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        chosen = sort if sort.removeprefix("-") in SORTS else "name"
        return Wanted(**{name: text for name, text in given.items() if text}, sort=chosen)


class ProviderForm(forms.Form):
    """What is said of a provider."""

    name = short_text("Name", hint="Of the school, body or person", required="Enter the name")
    kind = forms.ChoiceField(label="Kind", error_messages={"required": "Select the kind"})
    urn = urn(
        hint="Of the school it belongs to. Leave empty for consultants, trusts and teams of the council."
    )
    phases = boxes("Phases", choices=_PHASES, required="Select at least one phase")
    specialisms = boxes("Specialisms", choices=())
    cost_per_day = pounds("Pounds a day", hint="0 where it is free")
    trust = short_text("Trust", hint="Name as in the register; for trust vetoes and conflicts")
    faith = short_text("Religious character", hint="Only where it matters to schools", longest=120)
    easting = forms.IntegerField(
        label="Easting", required=False, min_value=0, help_text="Travel base, metres. Empty: from the school."
    )
    northing = forms.IntegerField(label="Northing", required=False, min_value=0)
    references = long_text("References", hint="Work elsewhere, and who can tell about it")
    reason = long_text("Why", hint="Why the provider is added or changed", required="Enter why", rows=2)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the kinds and specialisms in force."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [("", "Choose"), *definitions.provider_kinds().labels().items()]
        tags = cast("forms.MultipleChoiceField", self.fields["specialisms"])
        tags.choices = list(definitions.specialisms().labels().items())

    def facts(self) -> ProviderFacts:
        """Return what is said."""
        given = self.cleaned_data
        names = ("name", "kind", "cost_per_day", "urn", "trust", "faith", "easting", "northing", "references")
        said = {name: given[name] for name in names}
        return ProviderFacts(phases=tuple(given["phases"]), specialisms=tuple(given["specialisms"]), **said)


def as_typed(provider: Provider) -> dict[str, object]:
    """Return what is said of a provider as its form shows it."""
    names = ("name", "kind", "phases", "specialisms", "cost_per_day", "trust", "faith", "references")
    said = {name: getattr(provider, name) for name in (*names, "easting", "northing")}
    return said | {"urn": provider.school_id}


class WhyForm(forms.Form):
    """Why something is done."""

    reason = long_text("Why", required="Enter why")


class DesignationForm(forms.Form):
    """What a provider was designated as."""

    kind = forms.ChoiceField(label="Designated as")
    body = short_text("By whom", hint="Such as the National College or the council", required="Enter by whom")
    since = DayField(label="From")
    until = DayField(label="Until", required=False, help_text="Leave empty while it holds.")
    review_on = DayField(label="To be reviewed on", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the kinds that somebody designates."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [(one.key, one.label) for one in definitions.provider_kinds().kinds if one.designated]

    def designation(self) -> NewDesignation:
        """Return what is to be kept."""
        return NewDesignation(**self.cleaned_data)


class LastDayForm(forms.Form):
    """The last day of something, and why."""

    last_day = DayField(label="Last day")
    reason = long_text("Why", required="Enter why")


class DaysForm(forms.Form):
    """Days offered in each of the terms to come."""

    def __init__(self, *args: object, terms: Iterable[Term] = (), **kwargs: object) -> None:
        """Ask for the days of each term."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for term in terms:
            self.fields[term.key] = days(f"Days in {term.words}", required=False)
        self.fields["reason"] = long_text("Why", hint="Who agreed to it", required="Enter why", rows=2)

    def days(self) -> dict[Term, Decimal]:
        """Return the days by term; a term left empty is left as it is."""
        given = self.cleaned_data
        found = ((term_of(key), amount) for key, amount in given.items() if key != "reason")
        return {term: amount for term, amount in found if term is not None and amount is not None}


class CommitmentForm(forms.Form):
    """Days promised elsewhere."""

    term = forms.ChoiceField(label="Term")
    days = days("Days")
    what = short_text("What for", hint="Such as work for another authority", required="Enter what for")

    def __init__(self, *args: object, terms: Iterable[Term] = (), **kwargs: object) -> None:
        """Offer the terms to come."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        term = cast("forms.ChoiceField", self.fields["term"])
        term.choices = [(one.key, one.words) for one in terms]


class ConflictForm(forms.Form):
    """A school or trust that a provider must not support."""

    urn = urn(hint="The school. Leave empty for a whole trust.")
    trust = short_text("Trust", hint="Name as in the register. Leave empty for one school.")
    reason = short_text(
        "Why",
        hint="Such as same trust, related, or an earlier dispute. As little about a person as will do.",
        required="Enter why",
        longest=400,
    )
    since = DayField(label="From")

    def conflict(self) -> NewConflict:
        """Return what is to be kept."""
        return NewConflict(**self.cleaned_data)


class AssuranceForm(forms.Form):
    """What was found of the quality of a provider's work."""

    quality = radio("What was found", choices=Quality.choices, required="Select what was found")
    on = DayField(label="Day")
    evidence = long_text("Evidence", hint="What was seen, read or asked", required="Enter the evidence")


class ImportForm(forms.Form):
    """A file of providers."""

    file = forms.FileField(label="CSV file", error_messages={"required": "Select a file"})
    term = forms.ChoiceField(label="Term of the column “days”")

    def __init__(self, *args: object, terms: Iterable[Term] = (), **kwargs: object) -> None:
        """Offer the terms to come."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        term = cast("forms.ChoiceField", self.fields["term"])
        term.choices = [(one.key, one.words) for one in terms]
