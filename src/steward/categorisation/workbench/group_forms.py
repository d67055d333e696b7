"""Forms of how conditions are joined, and of which kind a condition is."""

from django import forms

from steward.categorisation.workbench.item_forms import DraftForm
from steward.categorisation.workbench.kind_forms import KIND_FORMS


class ConditionForm(DraftForm):
    """Nothing of its own: the fields are those of the kind beside it."""


class GroupForm(DraftForm):
    """How the conditions of a group are joined."""

    by = forms.ChoiceField(
        label="Joined by",
        choices=[("all_of", "All of them must be met"), ("any_of", "At least one must be met")],
        widget=forms.RadioSelect,
    )
    same_year = forms.BooleanField(
        label="Read all figures in the newest year that has them all",
        help_text="Only for figures below or above a number or area, of one year, of two figures or more.",
        required=False,
    )


class ChooseKindForm(forms.Form):
    """Which kind of condition."""

    kind = forms.ChoiceField(label="What is asked?", widget=forms.RadioSelect)

    def __init__(self, *args: object, signals: bool, **kwargs: object) -> None:
        """Offer the kinds; counting signals only where there are any to count."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, f"{form.title}. {form.about}".strip())
            for kind, form in KIND_FORMS.items()
            if signals or kind != "signals_at_least"
        ]
