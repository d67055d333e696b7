"""Forms of the register. They clean; operations decide."""

import re

from django import forms

from steward.access.models import Person
from steward.access.roles import Role
from steward.vocabulary.identifiers import NotAnIdentifier, Urn, parse_urn

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
        try:
            return [
                parse_urn(word) for word in re.split(r"[\s,;]+", self.cleaned_data["urns"].strip()) if word
            ]
        except NotAnIdentifier as fault:
            raise forms.ValidationError(str(fault)) from fault
