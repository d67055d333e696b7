"""Forms of gaps and assessments. They clean; operations decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django import forms

from steward.analysis.comparison.gap_measures import Stage
from steward.equality.models import AssessmentVersion, Characteristic, Effect, Kind, Outcome, State
from steward.equality.operations import Written, WrittenEffect
from steward.equality.queries import gap_books
from steward.equality.queries.assessments import Wanted
from steward.equality.queries.comparisons import ComparisonSet
from steward.evidence import catalogues
from steward.evidence.queries.pupil_groups import Crossing
from steward.interface.careful_forms import AboutNobody
from steward.interface.fields import DayField
from steward.vocabulary.academic_year import AcademicYear

_ALL = ("", "All")
_LONGEST = 10_000
_USUAL_PAIRS = ("disadvantaged+sex", "sex+disadvantaged")
_USUAL_MEASURES = ("rwm_expected", "english_maths_grade_5")


class GapFilters(forms.Form):
    """Which gaps to show, and whom to hold them against."""

    stage = forms.ChoiceField(
        label="Stage", required=False, choices=[_ALL, *((one.value, one.label) for one in Stage)]
    )
    group = forms.ChoiceField(label="Characteristic", required=False)
    beside = forms.ChoiceField(label="Held against", required=False)

    def __init__(self, *args: object, sets: tuple[ComparisonSet, ...] = (), **kwargs: object) -> None:
        """Offer the characteristics that are defined and the sets of authorities there are."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        published = {gap.group.id for gap in gap_books.published_gaps().values()}
        groups = sorted(catalogues.groups().values(), key=lambda one: one.title)
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            _ALL,
            *((one.id, one.title) for one in groups if one.id in published),
        ]
        self.fields["beside"].choices = [  # type: ignore[attr-defined]
            ("", "As usual"),
            *((one.id, one.title) for one in sets),
        ]

    def wanted(self) -> tuple[Stage | None, str, str]:
        """Return stage, characteristic and set; what cannot be read is left out."""
        self.is_valid()
        given = self.cleaned_data
        stage = given.get("stage", "")
        return Stage(stage) if stage else None, given.get("group", ""), given.get("beside", "")


class TwoGroupsFilters(forms.Form):
    """Which measure to show, of which year, of which two characteristics at once."""

    measure = forms.ChoiceField(label="Measure", required=False)
    year = forms.TypedChoiceField(label="School year", required=False, coerce=int, empty_value=None)
    two = forms.ChoiceField(label="Two characteristics", required=False)

    def __init__(self, *args: object, held: Sequence[Crossing] = (), **kwargs: object) -> None:
        """Offer only what there are figures of."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.held = held
        indicators, groups = catalogues.indicators(), catalogues.groups()
        measures = {one.indicator: indicators[one.indicator].title for one in held}
        years = sorted({one.period for one in held}, reverse=True)
        pairs = {
            one.dimension: " and ".join(groups[name].title for name in one.characteristics) for one in held
        }
        choices = {
            "measure": sorted(measures.items(), key=lambda item: item[1]),
            "year": [(year, str(AcademicYear(year))) for year in years],
            "two": sorted(pairs.items(), key=lambda item: item[1]),
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        usual = self._usual()
        if usual is not None:
            self.initial.update(measure=usual.indicator, year=usual.period, two=usual.dimension)

    def _usual(self) -> Crossing | None:
        """Return what is shown unasked: boys and girls by disadvantage in the newest year, where held."""
        telling = (
            [one for one in self.held if (one.dimension, one.indicator) == (dimension, indicator)]
            for dimension in _USUAL_PAIRS
            for indicator in _USUAL_MEASURES
        )
        first = next(filter(None, telling), list(self.held))
        return max(first, key=lambda one: one.period, default=None)

    def wanted(self) -> Crossing | None:
        """Return what is asked for, the usual in the place of what is left out; None where there is none."""
        usual = self._usual()
        if usual is None:
            return None
        given = self.cleaned_data if self.is_bound and (self.is_valid() or self.cleaned_data) else {}
        asked = Crossing(
            period=given.get("year") or usual.period,
            dimension=given.get("two") or usual.dimension,
            indicator=given.get("measure") or usual.indicator,
        )
        return asked if asked in self.held else None


class AssessmentFilters(forms.Form):
    """Which assessments to list."""

    text = forms.CharField(label="Words in the title", required=False, max_length=100)
    kind = forms.ChoiceField(label="What is assessed", required=False, choices=[_ALL, *Kind.choices])
    state = forms.ChoiceField(label="State", required=False, choices=[_ALL, *State.choices])
    group = forms.ChoiceField(
        label="Negative effect on",
        required=False,
        choices=[("", "Anybody or nobody"), *Characteristic.choices],
    )
    overdue = forms.ChoiceField(
        label="Review", required=False, choices=[("", "Any"), ("yes", "Overdue only")]
    )

    def wanted(self, *, today: date) -> Wanted:
        """Return which assessments are asked for; what cannot be read is left out."""
        given = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            text=given.get("text", ""),
            kind=given.get("kind", ""),
            state=given.get("state", ""),
            group=given.get("group", ""),
            overdue_on=today if given.get("overdue") else None,
        )


def _long(label: str, *, hint: str = "", rows: int = 5, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": required} if required else None,
    )


class _AboutNobody(AboutNobody):
    """A form of free text of an assessment."""

    meant_for = "Assessments are about groups"


@dataclass(frozen=True, slots=True)
class GroupFields:
    """The fields of a form about one group, and whether they are shown unfolded."""

    title: str
    fields: tuple[forms.BoundField, ...]
    is_open: bool


class AssessmentForm(_AboutNobody):
    """What an assessment says; the parts about each group are made from the closed list of groups."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Enter a title of the assessment"}
    )
    kind = forms.ChoiceField(
        label="What is assessed",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is assessed"},
    )
    proposal = _long(
        "What is proposed",
        hint="What would change, for whom, and when.",
        required="Enter what is proposed",
    )
    evidence = _long(
        "What is known",
        hint="Figures, consultation, research. Say too what is not known.",
    )
    links = _long(
        "Links to the evidence",
        hint="One address on each line: of the web, which begins with https:// or http://, or of a page of "
        "Steward, such as /equality/383/ks2_rwm_expected-disadvantaged/",
        rows=3,
    )
    reason = _long("Why this version is written", rows=2, required="Enter why this version is written")

    field_order = ["title", "kind", "proposal", "evidence", "links"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Make three fields for each group."""
        super().__init__(*args, **kwargs)
        reason, confirmed = self.fields.pop("reason"), self.fields.pop("confirmed")
        for key, label in Characteristic.choices:
            self.fields[f"{key}_effect"] = forms.ChoiceField(
                label=f"{label}: likely effect",
                required=False,
                choices=[("", "Not considered yet"), *Effect.choices],
            )
            self.fields[f"{key}_evidence"] = _long(f"{label}: evidence", rows=2)
            self.fields[f"{key}_mitigation"] = _long(f"{label}: what makes a negative effect less", rows=2)
        self.fields |= {"reason": reason, "confirmed": confirmed}

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields about the whole assessment, before those about each group."""
        return [self[name] for name in self.field_order or ()]

    @property
    def last_fields(self) -> list[forms.BoundField]:
        """The fields that close the form."""
        return [self["reason"], self["confirmed"]]

    @property
    def group_fields(self) -> list["GroupFields"]:
        """The three fields about each group, folded where nothing is said of it and nothing is wrong."""
        found = []
        for key, label in Characteristic.choices:
            fields = tuple(self[f"{key}_{part}"] for part in ("effect", "evidence", "mitigation"))
            said = any(one.value() or one.errors for one in fields)
            found.append(GroupFields(label, fields, is_open=said))
        return found

    def clean_links(self) -> str:
        """Return the links as typed, or say which line is no address."""
        typed = str(self.cleaned_data["links"])
        for line in filter(None, map(str.strip, typed.splitlines())):
            if not is_address(line):
                raise forms.ValidationError(
                    f"“{line[:100]}” is no address. Write one that begins with https:// or http://, or a "
                    "page of Steward that begins with one /; say in “What is known” what has no address."
                )
        return typed

    def clean(self) -> dict[str, object]:
        """Return what was typed; a negative effect needs what makes it less, and text needs an effect."""
        cleaned = super().clean()
        for key, label in Characteristic.choices:
            effect = cleaned.get(f"{key}_effect")
            if effect in (Effect.NEGATIVE, Effect.MIXED) and not cleaned.get(f"{key}_mitigation"):
                self.add_error(
                    f"{key}_mitigation", f"Enter what makes the effect less on: {label}, or why nothing can"
                )
            if not effect and (cleaned.get(f"{key}_evidence") or cleaned.get(f"{key}_mitigation")):
                self.add_error(f"{key}_effect", f"Select the likely effect on: {label}")
        return cleaned

    def written(self) -> Written:
        """Return what was typed, once it is valid."""
        given = self.cleaned_data
        return Written(
            title=given["title"].strip(),
            kind=given["kind"],
            proposal=given["proposal"],
            evidence=given["evidence"],
            links=tuple(line.strip() for line in given["links"].splitlines() if line.strip()),
            effects=tuple(
                WrittenEffect(
                    key,
                    given[f"{key}_effect"],
                    given[f"{key}_evidence"],
                    given[f"{key}_mitigation"],
                )
                for key in Characteristic.values
                if given[f"{key}_effect"]
            ),
            reason=given["reason"],
        )


def is_address(text: str) -> bool:
    """Return whether a link leads to the web by http or https, or to a page of Steward."""
    if any(letter.isspace() for letter in text):
        return False
    found = urlsplit(text)
    if found.scheme in ("http", "https"):
        return bool(found.hostname)
    return text.startswith("/") and not text.startswith(("//", "/\\"))


def initial_of(version: AssessmentVersion) -> dict[str, object]:
    """Return what the form shows when a version is opened for writing."""
    shown: dict[str, object] = {
        "title": version.title,
        "kind": version.kind,
        "proposal": version.proposal,
        "evidence": version.evidence,
        "links": "\n".join(version.links),
    }
    for one in version.effects.all():
        shown[f"{one.characteristic}_effect"] = one.effect
        shown[f"{one.characteristic}_evidence"] = one.evidence
        shown[f"{one.characteristic}_mitigation"] = one.mitigation
    return shown


class DecisionForm(_AboutNobody):
    """What is decided, why, and when it is looked at again."""

    outcome = forms.ChoiceField(
        label="Decision",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the decision"},
    )
    reasons = _long(
        "Reasons", hint="What weighed most, and any changes to be made.", required="Enter the reasons"
    )
    review_on = DayField(label="Day of the review")
    field_order = ["outcome", "reasons", "review_on", "confirmed"]


class ReviewForm(_AboutNobody):
    """What was found when the decision was looked at again."""

    found = _long(
        "What was found",
        hint="What happened to the groups since, and whether what was to make it less worked.",
        required="Enter what was found",
    )
    review_on = DayField(
        label="Day of the next review", help_text="Leave empty if none is needed", required=False
    )
    field_order = ["found", "review_on", "confirmed"]
