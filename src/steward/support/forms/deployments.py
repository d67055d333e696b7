"""Forms of support: brokering, terms, measures, signatures, visits and reviews."""

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from django import forms

from steward.interface.careful_forms import AboutNobody
from steward.interface.fields import DayField
from steward.support.deployment_steps import DeploymentState, Party
from steward.support.forms.fields import ALL, days, long_text, pounds, radio, short_text
from steward.support.models import Deployment, ReviewKind, Verdict
from steward.support.operations.deployments import Terms
from steward.support.operations.progress import NewMeasure, NewReview, NewVisit
from steward.support.queries.deployments import SORTS, Wanted

_ABOUT = "Support is of schools, never about one child"


class DeploymentFilters(forms.Form):
    """Which pieces of support to list."""

    text = forms.CharField(label="School or provider", required=False, max_length=100)
    state = forms.ChoiceField(
        label="Where it stands",
        required=False,
        choices=[ALL, ("under_way", "Under way"), *DeploymentState.choices],
    )

    def wanted(self, *, sort: str) -> Wanted:
        """Return which are asked for; what cannot be read is left out."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        chosen = sort if sort.removeprefix("-") in SORTS else "school"
        return Wanted(**{name: text for name, text in given.items() if text}, sort=chosen)


class BrokerForm(AboutNobody):
    """Which provider is to support a need, and why."""

    meant_for = _ABOUT

    provider = forms.ChoiceField(label="Provider", error_messages={"required": "Select the provider"})
    reason = long_text("Why this provider", required="Enter why", rows=3)

    def __init__(self, *args: object, providers: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        """Offer the providers who can."""
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ChoiceField", self.fields["provider"])
        chosen.choices = [("", "Choose"), *((str(key), said) for key, said in providers)]


class TermsForm(AboutNobody):
    """What is agreed."""

    meant_for = _ABOUT

    objectives = long_text("Objectives", hint="What is to be reached", required="Enter the objectives")
    approach = long_text("Approach", hint="What is done, how often, by whom")
    days = days("Days in the whole")
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")
    price_per_day = pounds("Pounds a day", hint="0 where it is free")
    payer = short_text("Who pays", required="Enter who pays")
    data_protection = long_text(
        "Data protection",
        hint="What is shared, why it may be, who sees it and when it is deleted. No personal data of pupils "
        "unless a data sharing agreement allows it.",
        required="Enter what is shared, or that nothing is",
    )

    def terms(self) -> Terms:
        """Return what is agreed."""
        given = {name: text for name, text in self.cleaned_data.items() if name != "confirmed"}
        return Terms(**given)


def terms_as_typed(one: Deployment) -> dict[str, object]:
    """Return the terms as their form shows them."""
    names = ("objectives", "approach", "days", "starts_on", "ends_on", "price_per_day", "payer")
    return {name: getattr(one, name) for name in (*names, "data_protection")}


def _value(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={"required": f"Enter {label[:1].lower()}{label[1:]}", "invalid": "Enter a number"},
    )


class MeasureForm(forms.Form):
    """What is to be measured."""

    name = short_text(
        "What is measured", hint="Such as pupils who meet the phonics standard", required="Enter it"
    )
    unit = short_text("Unit", hint="Such as percent or points", required="Enter the unit", longest=40)
    baseline = _value("Value before")
    baseline_on = DayField(label="Day of the value before")
    baseline_source = short_text("Source", hint="From where the value is", required="Enter the source")
    target = _value("Value to be reached")
    target_on = DayField(label="To be reached by")

    def measure(self) -> NewMeasure:
        """Return what is to be kept."""
        return NewMeasure(**self.cleaned_data)


class AfterForm(forms.Form):
    """The value of a measure after the support."""

    after = _value("Value after")
    on = DayField(label="Day of the value")
    source = short_text("Source", hint="The same as before, where it can be", required="Enter the source")

    def given(self) -> tuple[Decimal, object, str]:
        """Return value, day and source."""
        return self.cleaned_data["after"], self.cleaned_data["on"], self.cleaned_data["source"]


class SignForm(forms.Form):
    """A signature by who is signed in."""

    agreed = forms.BooleanField(
        label="I have read the agreement and sign it",
        error_messages={"required": "Tick that you have read the agreement and sign it"},
    )


class PaperForm(forms.Form):
    """A signature on paper, recorded by an officer."""

    party = radio(
        "Who signed",
        choices=[pair for pair in Party.choices if pair[0] != Party.COUNCIL],
        required="Select who signed",
    )
    name = short_text("Name of who signed", required="Enter the name")
    paper = short_text("Where the paper is kept", required="Enter where the paper is kept")


class VisitForm(AboutNobody):
    """A visit that was made."""

    meant_for = _ABOUT

    on = DayField(label="Day")
    hours = days("Hours")
    activity = long_text("What was done", required="Enter what was done")
    outcome = long_text("What came of it", hint="Leave empty when it is too early to say", rows=3)

    def visit(self) -> NewVisit:
        """Return what is to be kept."""
        given = self.cleaned_data
        return NewVisit(given["on"], given["hours"], given["activity"], given["outcome"])


class ReviewForm(AboutNobody):
    """What a party found."""

    meant_for = _ABOUT

    party = radio("Whose view", choices=Party.choices, required="Select whose view it is")
    verdict = radio("Were the objectives met", choices=Verdict.choices, required="Select how far")
    text = long_text(
        "What was found",
        hint="Is it working, was it the right support, what changed and how one can see it; what comes next.",
        required="Enter what was found",
    )

    def __init__(self, *args: object, parties: Iterable[Party] = (), **kwargs: object) -> None:
        """Offer the parties for whom the person may write."""
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ChoiceField", self.fields["party"])
        chosen.choices = [(one.value, one.label) for one in parties]

    def review(self, *, kind: ReviewKind) -> NewReview:
        """Return what is to be kept."""
        given = self.cleaned_data
        return NewReview(kind, Verdict(given["verdict"]), given["text"], Party(given["party"]))
