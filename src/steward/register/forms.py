"""Forms of the register. They clean; operations decide."""

import re

from django import forms

from steward.access.models import Person
from steward.access.roles import Role
from steward.register.policies import MOST_SCHOOLS
from steward.vocabulary.identifiers import NotAnIdentifier, Urn, parse_urn

MINE, EVERYBODY = "mine", "everybody"
_ROLES = (Role.ADVISER, Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE)


class LinkOfficerForm(forms.Form):
    """Who is to look after which schools."""

    person = forms.ModelChoiceField(
        label="Link officer",
        queryset=Person.objects.filter(is_active=True, role__in=_ROLES),
        empty_label="Select a person",
        error_messages={"required": "Select who looks after the schools"},
    )
    urns = forms.CharField(
        label="URNs of the schools",
        help_text="One on each line, or separated by spaces or commas. Each school has one link officer.",
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        error_messages={"required": "Enter the URN of at least one school"},
    )

    def clean_urns(self) -> list[Urn]:
        """Return the URNs, or say which word is none."""
        return _urns(self.cleaned_data["urns"])


class SchoolSetForm(forms.Form):
    """What a set of schools is called, what it is for, who sees it and which schools are in it."""

    name = forms.CharField(
        label="Name of the set",
        max_length=80,
        error_messages={"required": "Enter a name, such as Large primaries with many languages"},
    )
    purpose = forms.CharField(
        label="What it is for",
        max_length=400,
        help_text="Readers of a comparison see this, so that they know why these schools were chosen.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Enter what the set is for"},
    )
    urns = forms.CharField(
        label="URNs of the schools",
        help_text=f"Up to {MOST_SCHOOLS}, one on each line, or separated by spaces or commas.",
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        error_messages={"required": "Enter the URN of at least one school"},
    )
    shared = forms.ChoiceField(
        label="Who may use it",
        choices=[(MINE, "Only me"), (EVERYBODY, "Every officer of the service")],
        widget=forms.RadioSelect,
        initial=MINE,
        error_messages={"required": "Select who may use it"},
    )

    def clean_urns(self) -> list[Urn]:
        """Return the URNs, or say which word is none."""
        return _urns(self.cleaned_data["urns"])

    def clean_shared(self) -> bool:
        """Return whether every officer may use it."""
        return bool(self.cleaned_data["shared"] == EVERYBODY)


def _urns(written: str) -> list[Urn]:
    try:
        return [parse_urn(word) for word in re.split(r"[\s,;]+", written.strip()) if word]
    except NotAnIdentifier as fault:
        raise forms.ValidationError(str(fault)) from fault
