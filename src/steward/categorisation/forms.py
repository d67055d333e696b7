"""Forms of decisions. They clean; operations decide."""

import re
from collections.abc import Iterable

from django import forms

from steward.access.models import Person
from steward.categorisation.models import (
    LONGEST,
    AnswerKind,
    DecisionVersion,
    Exemption,
    ItemOutcome,
    LookOutcome,
)
from steward.categorisation.queries.worklist import NOT_STARTED, Wanted
from steward.categorisation.schemes import Scheme
from steward.categorisation.steps import OPEN, State
from steward.interface.fields import DayField
from steward.vocabulary.phases import Phase

_ALL = ("", "All")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAME = 150


def _long(label: str, *, hint: str = "", rows: int = 5, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": required} if required else None,
    )


def _radio(label: str, *, choices: Iterable[tuple[str, str]], required: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": required, "invalid_choice": required},
    )


def choices_of(scheme: Scheme) -> list[tuple[str, str]]:
    """Return the support categories of a scheme, least concern first, with their meaning."""
    return [(each.key, f"{each.label}. {each.meaning}") for each in scheme.choices]


class ActForm(forms.Form):
    """A form whose act may be refused; `theirs` is what somebody else saved meanwhile."""

    theirs: DecisionVersion | None = None

    def clean(self) -> dict[str, object]:
        """Return what was typed, without the control characters that come with pasted text."""
        cleaned = super().clean() or {}
        return {
            name: _CONTROL.sub(" ", given) if isinstance(given, str) else given
            for name, given in cleaned.items()
        }


class WorklistFilters(forms.Form):
    """Which schools to list."""

    text = forms.CharField(label="Name or URN", required=False, max_length=100)
    state = forms.ChoiceField(
        label="Where it stands",
        required=False,
        choices=[
            _ALL,
            (NOT_STARTED, "Not started"),
            *((state.value, state.label) for state in (*OPEN, State.FINAL)),
        ],
    )
    phase = forms.ChoiceField(
        label="Phase", required=False, choices=[_ALL, *((each.value, each.label) for each in Phase)]
    )
    officer = forms.ChoiceField(label="Link officer", required=False)
    review_by = forms.DateField(
        label="Final, and to be reviewed by",
        required=False,
        help_text="For example, 2026-12-31",
        widget=forms.DateInput({"class": "govuk-input--width-10"}),
    )

    def __init__(self, *args: object, officers: Iterable[str] = (), **kwargs: object) -> None:
        """Offer the link officers there are."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["officer"].choices = [_ALL, *((name, name) for name in officers)]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return which schools are asked for; what cannot be read is left out."""
        self.is_valid()
        return Wanted(**{name: text for name, text in self.cleaned_data.items() if text})


class ChooseForm(ActForm):
    """Which support category an officer proposes."""

    def __init__(self, *args: object, scheme: Scheme, **kwargs: object) -> None:
        """Offer the support categories of the scheme."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["category"] = _radio(
            "Which support category do you propose?",
            choices=choices_of(scheme),
            required="Select the support category that you propose",
        )


class WriteForm(ActForm):
    """What an officer writes about a school whose support category is chosen."""

    category = forms.CharField(widget=forms.HiddenInput, max_length=40)
    reason = _long(
        "Reason",
        hint="Write it as if it may be read in public. It is printed in the letter to the school.",
        rows=8,
        required="Enter the reason",
    )
    differing_reason = _long("Why it is not what the policy proposes", rows=5)
    strengths = _long("Strengths", rows=4)
    areas = _long("Areas to improve", rows=4)
    review_on = DayField(label="Day by which it is looked at again")

    def __init__(self, *args: object, differs: bool, **kwargs: object) -> None:
        """Ask why it differs only where it does."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not differs:
            del self.fields["differing_reason"]
        else:
            self.fields["differing_reason"].required = True
            self.fields[
                "differing_reason"
            ].help_text = "Or how you answered what the policy could not settle."
            self.fields["differing_reason"].error_messages["required"] = "Say why it differs"


class ReasonForm(ActForm):
    """One reason."""

    reason = _long("Reason", required="Enter the reason")


class ConfirmForm(ActForm):
    """Nothing but the button."""


class FinalForm(ActForm):
    """Nothing but the button, and where evidence has moved on how that was considered."""

    considered = _long(
        "How was what arrived since considered?",
        hint="It is kept with the decision. If it changes the decision, have the proposal withdrawn and "
        "written anew instead.",
        required="Say how what arrived since was considered",
    )
    pieces = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, pieces: int, **kwargs: object) -> None:
        """Ask how news were considered where there are any, and keep how many were shown."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if pieces:
            self.fields["pieces"].initial = pieces
        else:
            del self.fields["considered"], self.fields["pieces"]


class DisclosureForm(ActForm):
    """Whether a decision would be given to who asks for it."""

    exemption = _radio(
        "Would an exemption be claimed?",
        choices=Exemption.choices,
        required="Select whether an exemption would be claimed",
    )
    public_interest = _long(
        "Reasons of public interest",
        hint="For and against giving it out, and which weigh more.",
        required="Enter the reasons for and against giving it out",
    )


class MeetingForm(ActForm):
    """A new moderation meeting."""

    held_on = DayField(label="Day of the meeting")
    panel = forms.CharField(
        label="Panel",
        max_length=2000,
        help_text="One name and office on each line",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Enter who sits on the panel"},
    )


class ItemForm(ActForm):
    """What a meeting said of one school."""

    outcome = _radio(
        "What did the meeting say?",
        choices=ItemOutcome.choices,
        required="Select what the meeting said",
    )
    category = forms.ChoiceField(label="If changed: the support category", required=False)
    reason = _long("If changed or deferred: the reason", rows=4)
    dissent = _long("Dissent", hint="Who disagreed, and why. Leave empty when nobody did.", rows=3)

    def __init__(self, *args: object, scheme: Scheme, **kwargs: object) -> None:
        """Offer the support categories of the scheme."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(each.key, each.label) for each in scheme.choices]
        self.fields["category"].choices = [("", "Not changed"), *named]  # type: ignore[attr-defined]


class MinutesForm(ActForm):
    """The note of the minutes."""

    minutes = forms.CharField(
        label="Note of the minutes",
        max_length=10_000,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": "Enter the note of the minutes"},
    )


class LetterForm(ActForm):
    """To whom a letter is sent."""

    head = forms.CharField(
        label="Name of the head teacher",
        max_length=_NAME,
        error_messages={"required": "Enter the name of the head teacher"},
    )
    chair = forms.CharField(
        label="Name of the chair of governors",
        max_length=_NAME,
        error_messages={"required": "Enter the name of the chair of governors"},
    )


class AnswerForm(ActForm):
    """What the school answers."""

    kind = _radio(
        "Do you agree with the support category?",
        choices=[(AnswerKind.AGREED.value, "Agreed"), (AnswerKind.NOT_AGREED.value, "Not agreed")],
        required="Select whether you agree",
    )
    text = _long("What you want to say", hint="If you do not agree, say why.", rows=6)

    def clean(self) -> dict[str, object]:
        """Return what was typed; a school that does not agree says why."""
        cleaned = super().clean()
        if cleaned.get("kind") == AnswerKind.NOT_AGREED and not str(cleaned.get("text", "")).strip():
            self.add_error("text", "Say why you do not agree")
        return cleaned


class RecordedAnswerForm(AnswerForm):
    """What a school answered by another way than the site, as an officer records it."""

    who = forms.CharField(
        label="Who answered for the school",
        help_text="Name and office, such as “Ms Ada Example, head teacher”",
        max_length=100,
        error_messages={"required": "Enter who answered for the school"},
    )
    how = _radio(
        "How it came",
        choices=[("by letter", "By letter"), ("by e-mail", "By e-mail"), ("at a meeting", "At a meeting")],
        required="Select how it came",
    )
    received_on = DayField(label="Day it came in")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask of the school, not of the reader."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].label = "What did the school answer?"
        self.fields["text"].label = "What the school said"
        self.fields["text"].help_text = "In its own words. If it did not agree, its reasons."


class LookForm(ActForm):
    """What a second officer found."""

    outcome = _radio("What did you find?", choices=LookOutcome.choices, required="Select what you found")
    category = forms.ChoiceField(label="If changed: the support category", required=False)
    reason = _long("Reason", hint="The school reads it in the final letter.", required="Enter the reason")

    def __init__(self, *args: object, scheme: Scheme, **kwargs: object) -> None:
        """Offer the support categories of the scheme."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(each.key, each.label) for each in scheme.choices]
        self.fields["category"].choices = [("", "Not changed"), *named]  # type: ignore[attr-defined]


class OverrideForm(ActForm):
    """Another support category for a time."""

    second_reader = forms.ChoiceField(
        label="Second reader",
        help_text="A senior colleague who reads your reason. Nothing is in force until they confirm it.",
        error_messages={"required": "Select a second reader"},
    )
    reason = _long("Reason", required="Enter the reason for the override")
    expires_on = DayField(label="Last day of the override")

    def __init__(self, *args: object, scheme: Scheme, readers: Iterable[Person], **kwargs: object) -> None:
        """Offer the support categories of the scheme and the people who may read."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = _radio(
            "Which support category holds for a time?",
            choices=choices_of(scheme),
            required="Select the support category that holds for a time",
        )
        self.fields = {"category": chosen, **self.fields}
        people = [(str(each.pk), f"{each.name}, {each.get_role_display()}") for each in readers]
        self.fields["second_reader"].choices = [("", "Select a person"), *people]  # type: ignore[attr-defined]


class ReaderForm(ActForm):
    """What the second reader of an override says."""

    confirmed = _radio(
        "Do you confirm the override?",
        choices=[("yes", "Yes, it is in force from today"), ("no", "No, I refuse it")],
        required="Select whether you confirm the override",
    )
    note = _long("Note", hint="If you refuse it, say why.", rows=3)
