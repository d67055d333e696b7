"""Forms of reminders. They clean; operations decide."""

from django import forms

from steward.reminders.models import Act, Choice, Frequency
from steward.reminders.operations.personal import Chosen
from steward.vocabulary.due import DueKind, Waiting

_ANY = ("", "All")


class Filters(forms.Form):
    """Which reminders to list."""

    text = forms.CharField(label="Name of school", required=False)
    waiting = forms.ChoiceField(
        label="On whom it waits",
        choices=[_ANY, *((each.name.lower(), each.value) for each in Waiting)],
        required=False,
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[_ANY, *((kind.value, kind.neutral_plural.capitalize()) for kind in DueKind)],
        required=False,
    )
    state = forms.ChoiceField(
        label="Show",
        choices=[("", "What is on my list"), ("aside", "What I took off")],
        required=False,
    )
    overdue = forms.ChoiceField(
        label="Day", choices=[("", "Any day"), ("yes", "Overdue only")], required=False
    )


class SettingsForm(forms.Form):
    """How often a person is written to, and of what not."""

    frequency = forms.ChoiceField(
        label="How often should we e-mail you what is due?",
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how often"},
    )
    immediate = forms.BooleanField(
        label="E-mail me at once about clocks that end and second readings",
        required=False,
    )
    quiet = forms.MultipleChoiceField(
        label="Never e-mail me about",
        help_text="These stay on your list in the site.",
        choices=[(kind.value, kind.neutral_plural.capitalize()) for kind in DueKind],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @classmethod
    def showing(cls, choice: Choice) -> "SettingsForm":
        """Return the form with what a person chose."""
        return cls(
            initial={
                "frequency": choice.frequency,
                "immediate": choice.immediate,
                "quiet": choice.quiet,
            }
        )

    def chosen(self) -> Chosen:
        """Return what was chosen."""
        given = self.cleaned_data
        quiet = tuple(DueKind(each) for each in given["quiet"])
        return Chosen(Frequency(given["frequency"]), given["immediate"], quiet)


class MarkForm(forms.Form):
    """What to do with one reminder."""

    key = forms.CharField(max_length=200)
    act = forms.ChoiceField(choices=Act.choices)


class WatchForm(forms.Form):
    """Why a school is watched."""

    reason = forms.CharField(
        label="Why do you watch this school?",
        help_text="One sentence for yourself. Nobody else sees it. Name no child, parent or member of staff.",
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Enter why you watch the school"},
    )


class LookForm(forms.Form):
    """Up to which moment what changed was read."""

    moment = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
