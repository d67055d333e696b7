"""The filters of the record of what happened."""

from typing import Any

from django import forms

from steward.audit.queries import Wanted
from steward.interface.fields import DayField


class WhatHappenedFilter(forms.Form):
    """Which events to list."""

    who = forms.CharField(label="Who", required=False, max_length=100, help_text="Part of a name")
    text = forms.CharField(
        label="What", required=False, max_length=100, help_text="A word, such as letter or final"
    )
    app = forms.ChoiceField(label="Part of Steward", required=False)
    school = forms.IntegerField(
        label="URN of a school",
        required=False,
        min_value=1,
        max_value=9_999_999,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-10"}),
        error_messages={"invalid": "Enter the URN as a number, such as 107833"},
    )
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the parts of Steward of which there are events."""
        super().__init__(*args, **kwargs)
        self.fields["app"].choices = [("", "All"), *areas]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return which events are asked for; a filter that cannot be read is left out, with its error."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return Wanted(
            who=str(given.get("who") or "").strip(),
            app=str(given.get("app") or ""),
            text=str(given.get("text") or "").strip(),
            school=given.get("school"),
            since=given.get("since"),
            until=given.get("until"),
        )
