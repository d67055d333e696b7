"""Forms of free text that warn whoever writes before a child is named."""

from typing import Any, ClassVar

from django import forms

from steward.vocabulary.identities import Suspicion, suspicions


class AboutNobody(forms.Form):
    """A form of free text, which asks once more where the text looks as if it named a child."""

    meant_for: ClassVar = "What is written here is not about one child"
    """A clause that says what the text is about instead."""

    confirmed = forms.BooleanField(
        label="Nothing here names or describes one child",
        required=False,
        help_text="Tick this only after you have read the text again.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Put the tick last, below what it is about."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.order_fields([*(name for name in self.fields if name != "confirmed"), "confirmed"])

    def suspicious(self) -> tuple[Suspicion, ...]:
        """Return what in the typed text looks as if it were about one child."""
        typed = (text for text in self.cleaned_data.values() if isinstance(text, str))
        return tuple(one for text in typed for one in suspicions(text))

    def clean(self) -> dict[str, Any]:
        """Return what was typed; adds an error while it looks as if it named a child."""
        cleaned = super().clean() or {}
        found = self.suspicious()
        if found and not self.cleaned_data.get("confirmed"):
            first = found[0]
            self.add_error(
                "confirmed",
                f"“{first.text}” looks like {first.kind}. {self.meant_for}: take it out, or "
                "tick that nothing here names or describes one child.",
            )
        return cleaned
