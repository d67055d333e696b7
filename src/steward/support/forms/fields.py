"""Fields that the forms of support share."""

from collections.abc import Iterable

from django import forms

from steward.support.models.supply import LONGEST

ALL = ("", "All")


def long_text(label: str, *, hint: str = "", required: str = "", rows: int = 4) -> forms.CharField:
    """Return a field for a text of some sentences; `required` is what is said when it is empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": required} if required else None,
    )


def short_text(label: str, *, hint: str = "", required: str = "", longest: int = 200) -> forms.CharField:
    """Return a field for some words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=longest,
        error_messages={"required": required} if required else None,
    )


def radio(label: str, *, choices: Iterable[tuple[str, str]], required: str) -> forms.ChoiceField:
    """Return a field to choose one of a few."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": required, "invalid_choice": required},
    )


def boxes(
    label: str, *, choices: Iterable[tuple[str, str]], hint: str = "", required: str = ""
) -> forms.MultipleChoiceField:
    """Return a field to tick some of several."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=bool(required),
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": required} if required else None,
    )


def pounds(label: str, *, hint: str = "", required: bool = True) -> forms.DecimalField:
    """Return a field for pounds."""
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=required,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={
            "required": "Enter pounds, 0 where it is free",
            "invalid": "Enter a number of pounds",
        },
    )


def days(label: str, *, hint: str = "", required: bool = True) -> forms.DecimalField:
    """Return a field for days, in halves or tenths."""
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=required,
        min_value=0,
        max_digits=5,
        decimal_places=1,
        widget=forms.TextInput({"class": "govuk-input--width-4", "inputmode": "decimal"}),
        error_messages={"required": "Enter a number of days", "invalid": "Enter days, such as 2.5"},
    )


def urn(label: str = "URN of the school", *, hint: str = "", required: bool = False) -> forms.IntegerField:
    """Return a field for the URN of a school."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        min_value=1,
        max_value=9_999_999,
        widget=forms.TextInput({"class": "govuk-input--width-10", "inputmode": "numeric"}),
        error_messages={"required": "Enter the URN", "invalid": "The URN must be a whole number"},
    )
