"""Forms of what stands around a condition: a rule, a signal, an adjuster, a support category, the policy."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from steward.categorisation.models import DraftVersion
from steward.categorisation.workbench.editing import Tree
from steward.interface.fields import DayField
from steward.vocabulary.phases import Governance, Phase

_PHASES = [(each.value, each.label) for each in Phase if each is not Phase.UNKNOWN]
_GOVERNANCE = [(each.value, each.label) for each in Governance]
_SHORT = {"class": "govuk-input--width-5", "inputmode": "numeric"}


def _text(label: str, *, most: int, hint: str = "", rows: int = 0, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=required,
        widget=forms.Textarea({"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": f"Enter {label[:1].lower()}{label[1:]}"},
    )


def _ticks(label: str, *, choices: list[tuple[str, str]], hint: str = "", required: bool = False) -> Any:  # noqa: ANN401 - a field of Django
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": f"Select {label[:1].lower()}{label[1:]}"},
    )


class DraftForm(forms.Form):
    """A form whose act may be refused; `theirs` is what somebody else saved meanwhile."""

    theirs: DraftVersion | None = None


class StartForm(DraftForm):
    """A new draft."""

    base = forms.ChoiceField(label="Begin from")
    title = _text("Title", most=200)
    slug = forms.CharField(
        label="Short name",
        max_length=60,
        help_text="Small letters, digits and hyphens, such as four-category-2027. It stands in addresses.",
        error_messages={"required": "Enter a short name"},
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        """Offer the policies there are."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["base"].choices = choices  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        """Return the short name, which stands in addresses and files."""
        slug: str = self.cleaned_data["slug"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or slug in RESERVED:
            raise forms.ValidationError(
                "Use small letters, digits and single hyphens, and another name than new"
            )
        return slug


RESERVED = frozenset({"new", "import", "compare", "officer-days", "record"})
"""Short names that are pages of the workbench."""


class ImportForm(DraftForm):
    """A draft as text."""

    title = _text("Title", most=200)
    slug = StartForm.base_fields["slug"]
    text = _text(
        "Ruleset as YAML", most=200_000, rows=24, hint="As it is exported from a draft, or from a file"
    )
    clean_slug = StartForm.clean_slug


class ReplaceForm(DraftForm):
    """The whole of a draft as text, for experts."""

    text = _text("Ruleset as YAML", most=200_000, rows=30)


class ItemForm(DraftForm):
    """What stands around the condition of a rule, signal or adjuster."""

    title = _text("Title", most=120)
    source = _text(
        "Source", most=500, rows=2, hint="Where the rule comes from: a law, a published policy, or “Proposed”"
    )
    gives = forms.ChoiceField(label="Support category it gives")
    raises = forms.IntegerField(
        label="Raises concern by how many support categories",
        min_value=1,
        max_value=9,
        widget=forms.TextInput(_SHORT),
    )
    at_most = forms.ChoiceField(label="But not beyond")
    phases = _ticks("Phases asked", choices=_PHASES, hint="None ticked: all")
    governance = _ticks("Kinds of school asked", choices=_GOVERNANCE, hint="None ticked: all")
    oldest_pupils_at_least = forms.IntegerField(
        label="Only schools with pupils up to this age or older (optional)",
        required=False,
        min_value=2,
        max_value=19,
        widget=forms.TextInput(_SHORT),
    )
    youngest_pupils_at_most = forms.IntegerField(
        label="Only schools with pupils from this age or younger (optional)",
        required=False,
        min_value=2,
        max_value=19,
        widget=forms.TextInput(_SHORT),
    )
    since = DayField(label="Asked from (optional)", required=False)
    until = DayField(label="Asked until (optional)", required=False)

    def __init__(
        self,
        *args: object,
        part: str,
        categories: list[tuple[str, str]],
        own: Tree | None = None,
        **kwargs: object,
    ) -> None:
        """Offer the support categories; `own` is the item that is changed."""
        if own is not None:
            kwargs["initial"] = _shown(own)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.part = part
        for name in ("gives",) if part != "rules" else ():
            del self.fields[name]
        for name in ("raises", "at_most") if part != "adjusters" else ():
            del self.fields[name]
        for name_of in ("gives", "at_most"):
            if name_of in self.fields:
                self.fields[name_of].choices = categories  # type: ignore[attr-defined]

    def item(self, *, key: str, when: Tree) -> Tree:
        """Return the item that the fields make around a condition."""
        given = self.cleaned_data
        asked = {name: given[name] for name in _ASKED if given.get(name) not in (None, "", [])}
        asked = {name: each.isoformat() if isinstance(each, date) else each for name, each in asked.items()}
        found: Tree = {"id": key, "title": given["title"], "when": when, "source": given["source"]}
        found |= {"asked_of": asked} if asked else {}
        return found | {name: given[name] for name in ("gives", "raises", "at_most") if name in self.fields}


_ASKED = ("phases", "governance", "oldest_pupils_at_least", "youngest_pupils_at_most", "since", "until")


def _shown(own: Mapping[str, Any]) -> dict[str, Any]:
    asked = dict(own.get("asked_of", {}))
    for name in ("since", "until"):
        if asked.get(name):
            asked[name] = date.fromisoformat(asked[name])
    return {"raises": 1, **{name: own[name] for name in own if name != "when"}, **asked}


class CategoryForm(DraftForm):
    """A support category."""

    key = forms.SlugField(
        label="Short name",
        max_length=40,
        help_text="Such as concern, or C4. It stands in files",
        error_messages={"required": "Enter a short name"},
    )
    label = _text("Name", most=80)
    meaning = _text("Meaning", most=400, rows=3)
    visits = forms.IntegerField(
        label="Visits a year (optional)", required=False, min_value=0, widget=forms.TextInput(_SHORT)
    )
    days = forms.FloatField(
        label="Days of support a year (optional)", required=False, min_value=0, widget=forms.TextInput(_SHORT)
    )
    review = _text(
        "How often it is looked at again", most=80, required=False, hint="In words, such as once a term"
    )

    def __init__(self, *args: object, own: Tree | None = None, **kwargs: object) -> None:
        """Show the category that is changed."""
        if own is not None:
            kwargs["initial"] = {**own, **(own.get("entitlement") or {})}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        """Return what was typed; visits and days need a review, as they are one promise."""
        given = super().clean() or {}
        promised = given.get("visits") is not None or given.get("days") is not None
        if promised and not given.get("review"):
            self.add_error("review", "Enter how often it is looked at again")
        return given

    def category(self) -> Tree:
        """Return the support category that the fields make."""
        given = self.cleaned_data
        found: Tree = {name: given[name] for name in ("key", "label", "meaning")}
        if given["review"]:
            names = ("visits", "days", "review")
            found["entitlement"] = {name: given[name] for name in names if given[name] is not None}
        return found


class AboutForm(DraftForm):
    """What stands about the policy as a whole."""

    title = _text("Title", most=200)
    about = _text("What the policy is about", most=1000, rows=4)
    version = _text("Version", most=20)
    owner = _text("Owner", most=120)
    source = _text("Source", most=1000, rows=3)
    phases = _ticks("Phases it is for", choices=_PHASES, required=True)
    governance = _ticks("Kinds of school it is for", choices=_GOVERNANCE, required=True)
    newest_years = forms.IntegerField(
        label="How many years old a figure may be", min_value=1, max_value=5, widget=forms.TextInput(_SHORT)
    )
    decides = forms.ChoiceField(
        label="How rules decide",
        choices=[
            ("most_concern", "Every rule is asked; the one that means most concern decides"),
            ("first_match", "Rules are asked in order; the first that is met decides"),
        ],
        widget=forms.RadioSelect,
    )
    default = forms.ChoiceField(label="When no rule is met", required=False)
    academy_words = _text("Words before the support category of an academy", most=80)
    note = _text("What is said of academies", most=1000, rows=4)
    review_on = DayField(label="Next review")

    def __init__(self, *args: object, content: Mapping[str, Any], **kwargs: object) -> None:
        """Show what the draft says; never offer the best support category as default."""
        view = content["councils_view"]
        shown = {
            **content,
            "academy_words": view["prefix"],
            "note": view["note"],
            "review_on": date.fromisoformat(content["review_on"]),
        }
        super().__init__(*args, initial=shown, **kwargs)  # type: ignore[arg-type, misc]
        named = [(each["key"], each["label"]) for each in content["categories"][1:]]
        self.fields["default"].choices = [("", "An officer must answer"), *named]  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """Return the keys of the draft that change."""
        given = dict(self.cleaned_data)
        view = {"prefix": given.pop("academy_words"), "note": given.pop("note")}
        given["review_on"] = given["review_on"].isoformat()
        return {**given, "councils_view": view, "default": given["default"] or None}


class ApproveForm(DraftForm):
    """Who approved a policy."""

    body = _text("Approved by", most=200, hint="The committee, board or officer with the power")
    minute = _text(
        "Reference of the minute or decision", most=120, hint="Such as minute 43, or a decision number"
    )
    approved_on = DayField(label="Day of approval")
    effective_from = DayField(label="In effect from")


class ReasonForm(DraftForm):
    """One reason."""

    reason = _text("Reason", most=400, rows=3)


class DaysForm(forms.Form):
    """Officer days by phase in a year."""

    def __init__(self, *args: object, initial: Mapping[Phase, Any], **kwargs: object) -> None:
        """Show the days entered."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for phase, label in _PHASES:
            self.fields[phase] = forms.DecimalField(
                label=f"Days for {label.lower()} schools",
                required=False,
                min_value=0,
                max_value=99_999,
                decimal_places=1,
                max_digits=7,
                initial=initial.get(Phase(phase)),
                widget=forms.TextInput(_SHORT),
                error_messages={"invalid": "Enter a number of days, such as 120 or 120.5"},
            )
