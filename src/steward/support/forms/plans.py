"""Forms of the plan of a term."""

from collections.abc import Iterable
from typing import cast

from django import forms

from steward.interface.careful_forms import AboutNobody
from steward.support.forms.fields import long_text, pounds


class MakePlanForm(forms.Form):
    """What the plan must keep to."""

    budget = pounds("Most pounds", hint="Leave empty where money does not limit it", required=False)


class AnswerForm(AboutNobody):
    """Why a pair is accepted or refused."""

    meant_for = "Support is of schools, never about one child"

    reason = long_text("Why", required="Enter why", rows=3)


class ChangePairForm(AnswerForm):
    """Another provider in the place of the one planned, and why."""

    provider = forms.ChoiceField(label="Provider", error_messages={"required": "Select the provider"})
    field_order = ("provider", "reason")

    def __init__(self, *args: object, providers: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        """Offer the providers who can."""
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ChoiceField", self.fields["provider"])
        chosen.choices = [("", "Choose"), *((str(key), said) for key, said in providers)]
        self.order_fields([*self.field_order, *self.fields])
