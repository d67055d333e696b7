"""A form for each kind of condition that reads evidence: its fields, and the condition they make."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from pydantic import TypeAdapter, ValidationError

from steward.analysis.rules.conditions import Condition
from steward.categorisation.workbench.editing import Tree
from steward.evidence import catalogues
from steward.interface.words import number
from steward.vocabulary.facts import FactKind
from steward.vocabulary.phases import Governance

Signals = Sequence[tuple[str, str]]  # each signal of the draft by id, with its title
_NARROW = {"class": "govuk-input--width-5", "inputmode": "decimal"}
_CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
_BY = {"number": "a number", "england": "the figure of England", "authority": "the figure of the authority"}
_GOVERNANCE = (Governance.MAINTAINED, Governance.ACADEMY)


def _number(label: str, *, hint: str = "", required: bool = True) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.TextInput(_NARROW),
        error_messages={"required": f"Enter {label[:1].lower()}{label[1:]}", "invalid": "Enter a number"},
    )


def _whole(label: str, *, least: int, most: int, hint: str = "", required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint or f"From {least} to {most}",
        required=required,
        min_value=least,
        max_value=most,
        widget=forms.TextInput({**_NARROW, "inputmode": "numeric"}),
        error_messages={
            "required": f"Enter {label[:1].lower()}{label[1:]}",
            "invalid": "Enter a whole number",
            "min_value": f"Enter {least} or more",
            "max_value": f"Enter {most} or less",
        },
    )


class KindForm(forms.Form):
    """A form of one kind of condition. `condition` is read once it is valid."""

    kind = ""
    title = ""
    about = ""

    def __init__(
        self, *args: object, signals: Signals = (), own: Tree | None = None, **kwargs: object
    ) -> None:
        """Offer what there is; `own` is the condition that is changed."""
        if own is not None and own["kind"] == self.kind:
            kwargs["initial"] = self.read(own)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.signals = list(signals)
        self.offer()

    def offer(self) -> None:
        """Fill the lists from which is chosen."""

    @classmethod
    def read(cls, own: Tree) -> dict[str, Any]:
        """Return what the fields show of a condition."""
        return {name: own[name] for name in own if name != "kind"}

    def made(self, given: Mapping[str, Any]) -> Tree:
        """Return the condition that the fields make."""
        return {name: each for name, each in given.items() if each is not None}

    def clean(self) -> dict[str, Any]:
        """Return what was typed with the condition it makes, checked like one in a file."""
        given = super().clean() or {}
        if not self.errors:
            try:
                condition = _CONDITION.validate_python({"kind": self.kind, **self.made(given)})
                given["condition"] = condition.model_dump(mode="json", exclude_defaults=True) | {
                    "kind": self.kind
                }
            except ValidationError as fault:
                self.add_error(None, fault.errors()[0]["msg"].removeprefix("Value error, "))
        return given


class _Measured(KindForm):
    indicator = forms.ChoiceField(label="Figure", error_messages={"required": "Select a figure"})
    minimum_cohort = _whole(
        "Least pupils (optional)",
        least=0,
        most=1000,
        hint="A figure on fewer pupils is not used. Left empty: as the figure itself asks, 11 for most.",
        required=False,
    )

    def offer(self) -> None:
        """Offer every figure of all pupils, by theme."""
        found = [each for each in catalogues.indicators().values() if not each.group and self.suits(each)]
        found.sort(key=lambda each: (each.theme, each.title))
        themes = groupby(found, key=lambda each: each.theme)
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            ("", "Select a figure"),
            *(
                (theme.replace("_", " ").capitalize(), [(each.id, _titled(each)) for each in group])
                for theme, group in themes
            ),
        ]

    def suits(self, indicator: Any) -> bool:  # noqa: ANN401 - an indicator
        """Return whether the kind can read the figure."""
        return True


def _titled(indicator: Any) -> str:  # noqa: ANN401 - an indicator
    unit = {"percent": "%", "pounds": "£"}.get(indicator.unit, indicator.unit)
    return f"{indicator.title} ({unit})"


class _Threshold(_Measured):
    held_against = forms.ChoiceField(
        label="Held against", choices=list(_BY.items()), initial="number", widget=forms.RadioSelect
    )
    amount = _number(
        "Number, or margin beyond the figure of the area",
        hint="In the unit of the figure. For an area: 5 means more than 5 percentage points beyond it.",
    )
    years = _whole("Years in a row", least=1, most=5, hint="1 for the newest year only")
    years.initial = 1
    field_order = ("indicator", "held_against", "amount", "years", "minimum_cohort")

    @classmethod
    def read(cls, own: Tree) -> dict[str, Any]:
        """Return the number, or the area and its margin."""
        than = own["than"]
        area = isinstance(than, dict)
        return {
            "indicator": own["indicator"],
            "held_against": than["area"] if area else "number",
            "amount": than.get("margin", 0.0) if area else than,
            "years": own.get("years", 1),
            "minimum_cohort": own.get("minimum_cohort"),
        }

    def made(self, given: Mapping[str, Any]) -> Tree:
        """Return the threshold."""
        by, amount = given["held_against"], given["amount"]
        if by != "number" and amount < 0:
            self.add_error("amount", "A margin beyond the figure of an area is 0 or more")
            amount = 0
        than: Any = amount if by == "number" else {"area": by, "margin": amount}
        found = {"indicator": given["indicator"], "than": than, "years": given["years"]}
        return found | _least(given)


def _least(given: Mapping[str, Any]) -> Tree:
    least = given.get("minimum_cohort")
    return {} if least is None else {"minimum_cohort": least}


class BelowForm(_Threshold):
    """A figure below a number or an area."""

    kind, title = "below", "A figure is below a number or an area"
    about = "At the number is not below it."


class AboveForm(_Threshold):
    """A figure above a number or an area."""

    kind, title = "above", "A figure is above a number or an area"
    about = "At the number is not above it."


class _Change(_Measured):
    by = _number("At least how much", hint="In the unit of the figure, from the first year to the last")
    over_years = _whole("Over how many years of results", least=2, most=6)
    field_order = ("indicator", "by", "over_years", "minimum_cohort")


class FallingForm(_Change):
    """A figure fell over years in a row."""

    kind, title = "falling", "A figure has fallen over some years"
    about = "A missing year, or a break in the series, leaves it not known."


class RisingForm(_Change):
    """A figure rose over years in a row."""

    kind, title = "rising", "A figure has risen over some years"
    about = "A missing year, or a break in the series, leaves it not known."


class DeclineForm(_Measured):
    """A mean of pupils' scores fell by more than chance."""

    kind, title = "substantial_decline", "A score has fallen by more than chance explains"
    about = (
        "For means of pupils' scores, such as progress. Few pupils say little, and are drawn to the middle."
    )
    school_spread = _number(
        "Spread of schools", hint="Standard deviation of the true means of schools, in the unit of the figure"
    )
    middle = _number("Mean of schools", hint="0 for progress")
    middle.initial = 0
    years_before = _whole("Years before that count", least=1, most=3)
    years_before.initial = 3
    field_order = ("indicator", "school_spread", "middle", "years_before", "minimum_cohort")

    def suits(self, indicator: Any) -> bool:  # noqa: ANN401 - an indicator
        """Return whether it is known how far pupils differ."""
        return bool(indicator.pupil_spreads)


class OutcomeForm(KindForm):
    """The latest inspection had one of some outcomes."""

    kind, title = "inspection_outcome_in", "The latest inspection had one of some outcomes"
    about = "Each framework is read in its own words. One with nothing ticked is one the rule cannot read."
    outcomes = forms.MultipleChoiceField(
        label="Outcomes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one outcome"},
    )

    def offer(self) -> None:
        """Offer the scale of every framework that gives an overall outcome."""
        self.fields["outcomes"].choices = [  # type: ignore[attr-defined]
            (f"{framework.id}|{point.key}", f"{framework.title}: {point.label}")
            for framework in catalogues.frameworks().values()
            for point in framework.scale
        ]

    @classmethod
    def read(cls, own: Tree) -> dict[str, Any]:
        """Return the outcomes ticked."""
        return {"outcomes": [f"{key}|{each}" for key, named in own["outcomes"].items() for each in named]}

    def made(self, given: Mapping[str, Any]) -> Tree:
        """Return the outcomes by framework."""
        found: dict[str, list[str]] = {}
        for pair in given["outcomes"]:
            framework, _, outcome = pair.partition("|")
            found.setdefault(framework, []).append(outcome)
        return {"outcomes": found}


class ConcernCategoryForm(KindForm):
    """The latest inspection placed the school in a category of concern."""

    kind, title = "inspection_category_in", "The latest inspection placed it in an Ofsted category of concern"
    categories = forms.MultipleChoiceField(
        label="Ofsted categories of concern",
        choices=[
            ("special_measures", "Special measures"),
            ("serious_weaknesses", "Serious weaknesses"),
            ("notice_to_improve", "Notice to improve"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one"},
    )


class OlderForm(KindForm):
    """The latest inspection is long ago."""

    kind, title = "inspection_older_than", "The latest inspection was long ago"
    months = _whole("More than how many months ago", least=1, most=240)


class ConsecutiveForm(KindForm):
    """The latest inspections were all below good."""

    kind, title = "consecutive_outcomes_below_good", "Inspections in a row were below good"
    number = _whole("How many in a row", least=2, most=4)
    number.initial = 2


class DriftingForm(KindForm):
    """Absence drifts upwards."""

    kind, title = "attendance_drifting", "Absence has drifted above the school's own level"
    about = (
        "A running sum of what lies above the school's own level, less the rate of England where it is given."
    )
    by = forms.ChoiceField(
        label="By", choices=[("week", "Week"), ("half_term", "Half term")], widget=forms.RadioSelect
    )
    by.initial = "week"
    h = _number(
        "Limit of the running sum", hint="In standard deviations; 4 is usual. Lower finds more, wrongly too."
    )
    h.initial = 4
    k = _number("Reference value", hint="0.5 is usual")
    k.initial = 0.5
    learnt_from = _whole(
        "First figures that show the ordinary level (optional)",
        least=4,
        most=78,
        hint="12 weeks or 6 half terms when left empty",
        required=False,
    )


class FactForm(KindForm):
    """A fact is on record."""

    kind, title = "fact_in_force", "Something is on record with the council"
    fact = forms.ChoiceField(
        label="What is on record",
        choices=[(each.value, each.words[:1].upper() + each.words[1:]) for each in FactKind],
    )
    if_not_recorded = forms.ChoiceField(
        label="Where nothing is on record",
        help_text="“Not so” only for what the council itself does or opens, and so must have on record.",
        choices=[("not_met", "It is not so"), ("unknown", "It is not known")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what nothing on record means"},
    )


class GovernanceForm(KindForm):
    """Who runs the school."""

    kind, title = "governance_in", "The school is run in one of some ways"
    governance = forms.MultipleChoiceField(
        label="Run as",
        choices=[(each.value, each.label) for each in Governance],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one"},
    )


class SignalsForm(KindForm):
    """So many signals are met."""

    kind, title = "signals_at_least", "At least so many signals are met"
    about = "A signal that is not asked of a school does not count."
    number = _whole("At least how many", least=1, most=20)
    named = forms.MultipleChoiceField(
        label="Of these signals",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one signal"},
    )

    def offer(self) -> None:
        """Offer the signals of the draft."""
        self.fields["named"].choices = [(key, f"{key}: {title}") for key, title in self.signals]  # type: ignore[attr-defined]

    @classmethod
    def read(cls, own: Tree) -> dict[str, Any]:
        """Return the number and the signals."""
        return {"number": own["number"], "named": own["signals"]}

    def made(self, given: Mapping[str, Any]) -> Tree:
        """Return the count."""
        if given["number"] > len(given["named"]):
            self.add_error("number", f"Only {number(len(given['named']))} signals are selected")
        return {"number": given["number"], "signals": given["named"]}


KIND_FORMS: dict[str, type[KindForm]] = {
    each.kind: each
    for each in (
        BelowForm,
        AboveForm,
        FallingForm,
        RisingForm,
        DeclineForm,
        OutcomeForm,
        ConcernCategoryForm,
        OlderForm,
        ConsecutiveForm,
        DriftingForm,
        FactForm,
        GovernanceForm,
        SignalsForm,
    )
}
"""Every kind that reads evidence; those that join others are made by the buttons "and", "or" and "not so"."""
