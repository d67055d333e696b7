"""Forms of the pages that only read: the filters of a list, in the address."""

from typing import Any

from django import forms

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
