"""Form fields that Django lacks: a date in three boxes."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError


class ThreeBoxes(forms.MultiWidget):
    """Day, month and year in three boxes, as GOV.UK asks for dates people know by heart."""

    template_name = "interface/forms/date.html"
    use_fieldset = True

    def __init__(self) -> None:
        """Make the three boxes."""
        box = {"inputmode": "numeric", "maxlength": "4"}
        super().__init__({name: forms.TextInput(box) for name in ("day", "month", "year")})

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """Return what the template needs, with whether the date has a fault."""
        context: dict[str, object] = super().get_context(name, value, attrs)
        return context | {"faulty": "aria-invalid" in (attrs or {})}

    def decompress(self, value: object) -> list[object]:
        """Return day, month and year of a date, or three blanks."""
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]


class DayField(forms.MultiValueField):
    """A date typed as day, month and year; its error says which part is wrong."""

    widget = ThreeBoxes

    def __init__(
        self, *, label: str, help_text: str = "For example, 27 3 2026", required: bool = True
    ) -> None:
        """Make the field; an empty one is allowed when `required` is False."""
        parts = tuple(forms.CharField(required=False) for _ in range(3))
        missing = {"required": f"Enter {label[:1].lower()}{label[1:]}"}
        super().__init__(
            parts,
            label=label,
            help_text=help_text,
            required=required,
            require_all_fields=False,
            error_messages=missing,
        )

    def compress(self, data_list: Sequence[str]) -> date | None:
        """Return the date, None when all boxes are empty; raises ValidationError for a day that is none."""
        parts = [str(part).strip() for part in data_list or ("", "", "")]
        if not any(parts):
            return None
        for part, name in zip(parts, ("a day", "a month", "a year"), strict=True):
            if not part:
                raise ValidationError(f"{self.label} must include {name}")
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError as fault:
            raise ValidationError(f"{self.label} must be a real date") from fault
