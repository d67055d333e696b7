"""Filters of the lists of releases and indicators, and the choice of files to load."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File

from steward.evidence.models import ReleaseStatus
from steward.evidence.queries import indicators, releases
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Phase

_ANY = ("", "Any")
_MOST_FILES = 40
_MOST_BYTES = 200_000_000


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


class FileInput(forms.FileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each within the largest size that a publication has."""

    widget = FileInput

    def clean(self, data: object, initial: object = None) -> "list[File[bytes]]":
        """Return the files; raises ValidationError when there is none, or one is empty or too large."""
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given if one] or [
            super().clean(None, initial)
        ]
        if len(files) > _MOST_FILES:
            raise ValidationError(f"Choose at most {_MOST_FILES} files at a time, or use steward load.")
        for one in files:
            if one.size > _MOST_BYTES:
                raise ValidationError(
                    f"{one.name} is larger than {_MOST_BYTES // 1_000_000} MB. Check that it is right."
                )
        return files


class FilesToLoad(forms.Form):
    """Published files to be loaded, and their year where they do not say it."""

    chosen = FilesField(
        label="Published files",
        help_text="As downloaded: .csv, .csv.gz, .txt, .xlsx or .parquet. You can choose several.",
        error_messages={
            "required": "Choose at least one file",
            "empty": "The file is empty: download it again",
        },
    )
    year = forms.CharField(
        label="Academic year (optional)",
        required=False,
        max_length=20,
        help_text="The year of the folder you downloaded them from, if it had one. For example, 2018-2019.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def clean_year(self) -> str:
        """Return the year as typed; raises ValidationError when it is not an academic year."""
        typed: str = self.cleaned_data["year"].strip()
        if not typed:
            return ""
        found = AcademicYear.find(typed)
        if found is None:
            raise ValidationError(f"'{typed}' is not an academic year: write it as 2018-2019")
        return f"{found.ends - 1}-{found.ends}"


class RowChoice(forms.Form):
    """The number of a row to open."""

    row = forms.IntegerField(
        label="Row number",
        min_value=1,
        help_text="The header is row 1.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
