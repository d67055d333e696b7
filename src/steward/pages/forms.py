"""Forms of the pages that only read: the filters of a list, in the address."""

from typing import Any

from django import forms

from steward.evidence.queries.upkeep import Upkeep
from steward.pages.queries.all_changes import Wanted
from steward.pages.queries.changes import Kind
from steward.pages.queries.filters import STANDINGS, SchoolFilter
from steward.pages.queries.schools import Choices
from steward.vocabulary.phases import Governance, Phase, Standing

_UNKNOWN = {"invalid_choice": "Select from the list: no school here has “%(value)s”"}


class SchoolsForm(forms.Form):
    """The filters of the list of schools; it offers only what some school of the authority has."""

    q = forms.CharField(
        label="Name, URN, LAESTAB or postcode",
        required=False,
        max_length=100,
        help_text="Part of a name is enough",
    )
    proposal = forms.MultipleChoiceField(label="Proposal", required=False, error_messages=_UNKNOWN)
    phase = forms.MultipleChoiceField(label="Phase", required=False, error_messages=_UNKNOWN)
    governance = forms.MultipleChoiceField(label="Governance", required=False, error_messages=_UNKNOWN)
    inspection = forms.MultipleChoiceField(
        label="Latest inspection",
        required=False,
        error_messages=_UNKNOWN,
        help_text="In the words of the framework of the day",
    )
    type = forms.ChoiceField(label="Type", required=False, error_messages=_UNKNOWN)
    ward = forms.ChoiceField(label="Ward", required=False, error_messages=_UNKNOWN)
    trust = forms.ChoiceField(label="Trust", required=False, error_messages=_UNKNOWN)
    standing = forms.MultipleChoiceField(
        label="Standing", required=False, error_messages=_UNKNOWN, help_text="Open schools unless you choose"
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Make the form for what can be asked of the schools there are."""
        super().__init__(*args, **kwargs)
        ticked = {
            "proposal": list(choices.proposals.items()),
            "phase": [(each.value, each.label) for each in choices.phases],
            "governance": [(each.value, each.label) for each in choices.governance],
            "inspection": [(word, word) for word in choices.outcomes],
            "standing": [(each.value, STANDINGS[each].capitalize()) for each in Standing],
        }
        for name, options in ticked.items():
            self._offer(name, options)
        for name, words in (("type", choices.types), ("ward", choices.wards), ("trust", choices.trusts)):
            self._offer(name, [(word, word) for word in words], any_of=name)

    def _offer(self, name: str, options: list[tuple[str, str]], *, any_of: str = "") -> None:
        field = self.fields[name]
        if not options:
            del self.fields[name]
            return
        if isinstance(field, forms.MultipleChoiceField):
            field.widget = forms.CheckboxSelectMultiple(attrs={"compact": True})
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", f"Any {any_of}"), *options] if any_of else options

    def chosen(self) -> SchoolFilter:
        """Return the filter; a part that cannot be used is left out, and the form says so."""
        self.is_valid()
        clean = self.cleaned_data
        return SchoolFilter(
            text=clean.get("q", "").strip(),
            phases=tuple(Phase(each) for each in self._ticked("phase")),
            governance=tuple(Governance(each) for each in self._ticked("governance")),
            proposals=tuple(self._ticked("proposal")),
            outcomes=tuple(self._ticked("inspection")),
            type=clean.get("type", ""),
            ward=clean.get("ward", ""),
            trust=clean.get("trust", ""),
            standings=tuple(Standing(each) for each in self._ticked("standing")) or (Standing.OPEN,),
        )

    def _ticked(self, name: str) -> list[str]:
        """Return those ticked that are offered: one that is not does not undo the others."""
        field = self.fields.get(name)
        if not isinstance(field, forms.MultipleChoiceField):
            return []
        asked = field.widget.value_from_datadict(self.data, self.files, name) or []
        return [each for each in dict.fromkeys(asked) if field.valid_value(each)]


class SearchForm(forms.Form):
    """The search box for a school."""

    q = forms.CharField(
        label="Find a school",
        max_length=100,
        help_text="Name, part of a name, URN, LAESTAB or postcode",
        error_messages={"required": "Enter a name, a URN, a LAESTAB or a postcode"},
    )


class ChangesFilter(forms.Form):
    """Which changes to list."""

    text = forms.CharField(label="Name of school", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("", "All"), *((kind.value, f"{kind.value.title()}s") for kind in Kind)],
        required=False,
    )
    towards = forms.ChoiceField(
        label="Which way",
        choices=[
            ("", "Any"),
            ("worse", "More concern"),
            ("better", "For the better"),
            ("same", "The same"),
            ("unclear", "Neither, or not compared"),
        ],
        required=False,
    )
    whose = forms.ChoiceField(
        label="Schools",
        choices=[("", "All schools"), ("mine", "Schools I look after"), ("watched", "Schools I watch")],
        required=False,
    )
    phase = forms.ChoiceField(
        label="Phase", choices=[("", "All"), *((each.value, each.label) for each in Phase)], required=False
    )
    unread = forms.ChoiceField(
        label="Since",
        choices=[("", "As far back as is told"), ("yes", "Since I last marked it as read")],
        required=False,
    )

    def wanted(self) -> Wanted:
        """Return which changes are asked for; an unknown filter is left out."""
        given = self.cleaned_data if self.is_valid() else {}
        texts = {name: str(given.get(name, "")) for name in ("text", "kind", "towards", "whose", "phase")}
        return Wanted(**texts, unread=given.get("unread") == "yes")


class DefinitionsFilter(forms.Form):
    """Which definition files to list."""

    text = forms.CharField(label="Title, owner or name of file", required=False, max_length=100)
    own = forms.ChoiceField(
        label="Whose",
        choices=[("", "All"), ("yes", "The authority's own"), ("no", "Shipped")],
        required=False,
    )

    def fitting(self, found: tuple[Upkeep, ...]) -> list[Upkeep]:
        """Return the files that fit; an unknown filter is left out."""
        given = self.cleaned_data if self.is_valid() else {}
        words = str(given.get("text", "")).lower().split()
        own = given.get("own", "")
        return [
            each
            for each in found
            if all(word in f"{each.title} {each.owner} {each.id}".lower() for word in words)
            if not own or each.own is (own == "yes")
        ]
