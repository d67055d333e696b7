"""Filters of the lists of releases and indicators, and the choice of files to load."""

from django import forms

from steward.evidence.models import ReleaseStatus
from steward.evidence.queries import indicators, releases
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Phase

_ANY = ("", "Any")


class ReleaseFilters(forms.Form):
    """Which releases to list."""

    text = forms.CharField(label="Words in the title or file name", required=False, max_length=100)
    publication = forms.ChoiceField(label="Publication", required=False)
    year = forms.ChoiceField(label="Year", required=False)
    status = forms.ChoiceField(label="Status", required=False, choices=[_ANY, *ReleaseStatus.choices])

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the publications and years that are loaded."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        publications, years = releases.publications_and_years()
        self.fields["publication"].choices = [_ANY, *publications.items()]  # type: ignore[attr-defined]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            _ANY,
            *((str(year), str(AcademicYear(year))) for year in years),
        ]


class IndicatorFilters(forms.Form):
    """Which indicators to list."""

    text = forms.CharField(label="Words in the title or meaning", required=False, max_length=100)
    phase = forms.ChoiceField(
        label="Phase", required=False, choices=[_ANY, *((phase.value, phase.label) for phase in Phase)]
    )
    source = forms.ChoiceField(label="Publication", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the publications that indicators are read from."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            _ANY,
            *indicators.publications_read().items(),
        ]


class RowChoice(forms.Form):
    """The number of a row to open."""

    row = forms.IntegerField(label="Row number", min_value=1, help_text="The header is row 1.")
