"""Forms of events, concerns and scores. They clean; operations decide."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django import forms

from steward.analysis.forecasting.asking import BANDS
from steward.analysis.scoring.events import EventDefinition
from steward.early_warning.models.concerns import Level, Origin, State, Topic
from steward.early_warning.operations.concerns import NewConcern, Step
from steward.early_warning.operations.events import NewEvent
from steward.early_warning.queries.concerns import Wanted
from steward.early_warning.steps import Act
from steward.interface.careful_forms import AboutNobody
from steward.interface.fields import DayField
from steward.vocabulary.phases import Phase

_LONGEST = 4_000
_ALL = ("", "All")


def _long(label: str, *, hint: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": required},
    )


class EventForm(AboutNobody):
    """An event at a school, with its evidence and until when it counts."""

    meant_for = "Events are about schools, never about one child"

    kind = forms.ChoiceField(
        label="What happened",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what happened"},
    )
    since = DayField(label="Since")
    expires = DayField(
        label="Until",
        required=False,
        help_text="The last day on which it counts. Leave empty for the length usual for its kind.",
    )
    number = forms.IntegerField(
        label="How many",
        required=False,
        min_value=1,
        max_value=999,
        help_text="For complaints, exclusions and pupils: a number, and no names.",
        widget=forms.TextInput({"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    evidence = _long(
        "Evidence",
        hint="Who said so, when and in what document. No child, parent or member of staff by name.",
        required="Enter the evidence",
    )
    link = forms.CharField(
        label="Address of the document",
        required=False,
        max_length=500,
        help_text="Leave empty if there is none.",
    )

    def __init__(self, *args: object, kinds: Iterable[EventDefinition] = (), **kwargs: object) -> None:
        """Offer the kinds that the person may record."""
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ChoiceField", self.fields["kind"])
        chosen.choices = [(one.id, _said(one)) for one in kinds]

    def event(self, *, urn: int) -> NewEvent:
        """Return what is to be recorded of a school."""
        given = self.cleaned_data
        return NewEvent(
            urn,
            given["kind"],
            given["since"],
            given["evidence"],
            given["expires"],
            given["number"],
            given["link"],
        )


def _said(one: EventDefinition) -> str:
    points = f"{one.points:g} point{'' if one.points == 1 else 's'}"
    return f"{one.title} ({points}, {one.lasts_days} days)"


class EndEventForm(AboutNobody):
    """Why an event no longer counts."""

    why = forms.ChoiceField(
        label="What is to be done?",
        choices=[
            ("ended", "It has ended, or will end before its day"),
            ("mistake", "It was recorded by mistake and must not count at all"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is to be done"},
    )
    last_day = DayField(
        label="Last day", required=False, help_text="Only where it has ended. For example, 27 3 2026"
    )
    reason = _long("Why", hint="", required="Enter why")

    def clean(self) -> dict[str, object]:
        """Return what was typed; an event that has ended has a last day."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("why") == "ended" and not cleaned.get("last_day"):
            self.add_error("last_day", "Enter last day")
        return cleaned


class ConcernForm(AboutNobody):
    """A concern about a school."""

    meant_for = "Concerns are about schools, never about one child"

    topic = forms.ChoiceField(
        label="What it is about",
        choices=Topic.choices,
        error_messages={"required": "Select what it is about"},
    )
    origin = forms.ChoiceField(
        label="Where it comes from",
        choices=Origin.choices,
        error_messages={"required": "Select where it comes from"},
    )
    level = forms.ChoiceField(
        label="How pressing it is",
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how pressing it is"},
    )
    facts = _long(
        "What is known",
        hint="Facts with their source. No child, parent or member of staff by name.",
        required="Enter what is known",
    )

    def concern(self, *, urn: int) -> NewConcern:
        """Return what is raised about a school."""
        given = self.cleaned_data
        return NewConcern(
            urn, Topic(given["topic"]), Origin(given["origin"]), Level(given["level"]), given["facts"]
        )


class StepForm(AboutNobody):
    """The next step of a concern, with its reason."""

    meant_for = "Concerns are about schools, never about one child"

    act = forms.ChoiceField(
        label="Next step", widget=forms.RadioSelect, error_messages={"required": "Select the next step"}
    )
    passed_to = forms.CharField(
        label="Passed on to",
        required=False,
        max_length=200,
        help_text="Only when it is passed on: the service or body, such as the regional director or trust.",
    )
    level = forms.ChoiceField(
        label="How pressing it is now", choices=[("", "As before"), *Level.choices], required=False
    )
    reason = _long("Why", hint="What was found, agreed or decided.", required="Enter why")
    next_step_by = DayField(
        label="Next step due by",
        required=False,
        help_text="Leave empty for the time usual for how pressing it is.",
    )

    def __init__(self, *args: object, acts: Iterable[Act] = (), **kwargs: object) -> None:
        """Offer the steps that may follow."""
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ChoiceField", self.fields["act"])
        chosen.choices = [(act.value, act.label) for act in acts]

    def step(self) -> Step:
        """Return the step to be taken."""
        given = self.cleaned_data
        level = Level(given["level"]) if given["level"] else None
        return Step(Act(given["act"]), given["reason"], given["passed_to"], level, given["next_step_by"])


class ConcernFilters(forms.Form):
    """Which concerns to list."""

    text = forms.CharField(label="School", required=False)
    topic = forms.ChoiceField(label="About", required=False, choices=[_ALL, *Topic.choices])
    level = forms.ChoiceField(label="How pressing", required=False, choices=[_ALL, *Level.choices])
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[_ALL, ("open", "Open"), ("closed", "Closed"), *State.choices],
    )
    overdue = forms.ChoiceField(
        label="Next step", required=False, choices=[("", "Any"), ("yes", "Overdue only")]
    )

    def wanted(self, *, today: date) -> Wanted:
        """Return which concerns are asked for; what cannot be read is left out."""
        given = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            text=given.get("text", ""),
            topic=given.get("topic", ""),
            level=given.get("level", ""),
            state=given.get("state", ""),
            overdue_on=today if given.get("overdue") else None,
        )


class ScoreFilters(forms.Form):
    """Which schools to list by their score."""

    text = forms.CharField(label="School", required=False)
    phase = forms.ChoiceField(
        label="Phase", required=False, choices=[_ALL, *((one.value, one.label) for one in Phase)]
    )
    band = forms.ChoiceField(label="Signs", required=False, choices=[_ALL])

    def __init__(self, *args: object, bands: Iterable[str] = (), **kwargs: object) -> None:
        """Offer the bands of the method."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = cast("forms.ChoiceField", self.fields["band"])
        chosen.choices = [_ALL, *((one, one) for one in bands)]


class ForecastFilters(forms.Form):
    """Which schools to list by their forecast."""

    text = forms.CharField(label="School", required=False)
    phase = forms.ChoiceField(
        label="Phase",
        required=False,
        choices=[_ALL, *((one.value, one.label) for one in (Phase.PRIMARY, Phase.SECONDARY))],
    )
    band = forms.ChoiceField(
        label="Below good next time", required=False, choices=[_ALL, *((one, one) for one, _ in BANDS)]
    )
