"""What to look at: a policy to hold a draft against, a day, a phase, a year."""

from datetime import date
from typing import Any

from django import forms

from steward.analysis.rules.proposals import Rulebook
from steward.categorisation.workbench import evidence, moving
from steward.categorisation.workbench.moving import Look, Towards
from steward.categorisation.working_out import CannotPropose
from steward.evidence.queries.releases import NothingLoaded
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Phase

_ALL = ("", "All")


class DayForm(forms.Form):
    """The day on which schools are looked at: one of those held."""

    as_at = forms.ChoiceField(label="As at", required=False)
    _asked: tuple[str, ...] = ("as_at", "until", "policy", "against", "before", "after")
    """What must be on offer; other choices fall back to what is usual."""
    problem = ""
    """Why no school can be looked at, in a sentence."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the days held, the newest first."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        try:
            self._days = evidence.dates_held()
        except NothingLoaded as fault:
            self._days, self.problem = [], str(fault)
        offered = [(day.isoformat(), f"{day.day} {day:%B %Y}") for day in self._days]
        self.fields["as_at"].choices = [*offered] or [("", "No day is held")]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """Return what was chosen, or nothing where it is not on offer."""
        if not self.is_bound:
            return ""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def day(self) -> date | None:
        """Return the day chosen, or the newest; None where none is held."""
        text = self.chosen("as_at")
        return date.fromisoformat(text) if text else next(iter(self._days), None)

    def is_refused(self) -> bool:
        """Return whether something was asked for that is not on offer; `problem` then says what."""
        unknown = [name for name in self._asked if self.data.get(name) and name in self.errors]
        if unknown:
            field = self.fields[unknown[0]]
            self.problem = (
                f"“{self.data.get(unknown[0], '')}” is not on offer for “{field.label}”. Choose one of those "
                "listed."
            )
        return bool(unknown)

    def ground(self) -> evidence.Ground | None:
        """Return the evidence on the day; None, with `problem` said, where there is none."""
        if self.problem or self.is_refused():
            return None
        day = self.day()
        if day is None:
            self.problem = (
                self.problem or "No list of inspection outcomes is loaded, so no day can be chosen."
            )
            return None
        try:
            return evidence.ground(day)
        except (CannotPropose, NothingLoaded) as fault:
            self.problem = str(fault)
            return None

    def look(self, before: Rulebook, after: Rulebook) -> Look | None:
        """Return both policies asked on the day; None, with `problem` said, where that cannot be."""
        ground = self.ground()
        return None if ground is None else moving.look(before, after, on=ground)


class LookForm(DayForm):
    """What a draft is held against, and which of the schools that move to show."""

    against = forms.ChoiceField(label="Held against", required=False)
    phase = forms.ChoiceField(
        label="Phase", required=False, choices=[_ALL, *((each.value, each.label) for each in Phase)]
    )
    towards = forms.ChoiceField(
        label="Moves towards",
        required=False,
        choices=[_ALL, *((each.value, each.value.capitalize()) for each in Towards)],
    )
    field_order = ("against", "as_at", "phase", "towards")

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        """Offer the policies there are; the one in use when none is chosen."""
        super().__init__(*args, **kwargs)
        self.fields["against"].choices = [("", "The policy in use"), *choices]  # type: ignore[attr-defined]


class RecordForm(DayForm):
    """The day looked back to, and from which support category on less than good is expected."""

    until = forms.ChoiceField(label="Inspections until", required=False)
    below_from = forms.ChoiceField(label="Less than good is expected from", required=False)

    def __init__(self, *args: object, labels: list[str], first: int, **kwargs: object) -> None:
        """Offer the support categories; days on which anything can have followed."""
        super().__init__(*args, **kwargs)
        named = [(str(place), label) for place, label in enumerate(labels) if place]
        self.fields["below_from"].choices = named  # type: ignore[attr-defined]
        self.fields["below_from"].initial = str(first)
        ends = sorted({*self._days, *_ends_of_years(self._days)}, reverse=True)
        days = [(day.isoformat(), f"{day.day} {day:%B %Y}") for day in ends]
        self.fields["until"].choices = [("", "The newest held"), *days]  # type: ignore[attr-defined]
        self._first = first

    def last_day(self) -> date | None:
        """Return the last day of inspections that count."""
        text = self.chosen("until")
        return date.fromisoformat(text) if text else next(iter(self._days), None)

    def below(self) -> int:
        """Return the order of the first category that expects less than good."""
        return int(self.chosen("below_from") or self._first)

    def day(self) -> date | None:
        """Return the day chosen, or the one before the newest, after which inspections are held."""
        if self.chosen("as_at"):
            return super().day()
        return next(iter(self._days[1:]), super().day())


class FaredForm(RecordForm):
    """A policy, and the day looked back to."""

    policy = forms.ChoiceField(label="Policy")
    field_order = ("policy", "as_at", "until", "below_from")

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        """Offer the policies there are."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["policy"].choices = choices  # type: ignore[attr-defined]


class CompareForm(DayForm):
    """Two policies."""

    before = forms.ChoiceField(label="This policy")
    after = forms.ChoiceField(label="Against this one")
    field_order = ("before", "after", "as_at")

    def __init__(self, *args: object, choices: list[tuple[str, str]], first: str, **kwargs: object) -> None:
        """Offer the policies there are."""
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["before"].initial = first


def _ends_of_years(days: list[date]) -> list[date]:
    """Return each 31 December between the oldest day and the newest."""
    if not days:
        return []
    years = range(min(days).year, max(days).year + 1)
    return [day for year in years if min(days) <= (day := date(year, 12, 31)) <= max(days)]


class YearForm(forms.Form):
    """An academic year."""

    ends = forms.ChoiceField(label="Academic year", required=False)

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        """Offer the years around today and back to 2013."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._now = AcademicYear.containing(today).ends
        years = range(self._now + 1, 2012, -1)
        self.fields["ends"].choices = [(str(year), str(AcademicYear(year))) for year in years]  # type: ignore[attr-defined]
        self.fields["ends"].initial = str(self._now)

    def year(self) -> AcademicYear:
        """Return the year chosen, or the one of today."""
        given: dict[str, Any] = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return AcademicYear(int(given.get("ends") or self._now))
