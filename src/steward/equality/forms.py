"""Forms of gaps: what to look at."""

from django import forms

from steward.analysis.comparison.gap_measures import Stage
from steward.equality.queries.comparisons import ComparisonSet
from steward.evidence import catalogues

_ALL = ("", "All")


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
        published = {gap.group.id for gap in catalogues.gaps().values() if gap.pair.value}
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
