"""The parts of the pages of gaps within schools as they are printed."""

from collections.abc import Sequence
from typing import Protocol

from django.urls import reverse

from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.school_gaps import SchoolGap
from steward.equality import wording
from steward.equality.queries.school_gaps import SchoolGaps, SchoolLine
from steward.interface import words
from steward.interface.charts.figures import DotPlot, DotRow
from steward.interface.parts import Cell, Column, Table
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Value

_MOST_ROWS = 30
CSV_HEADER = (
    "urn",
    "school",
    "years",
    "group_value",
    "group_pupils",
    "other_value",
    "other_pupils",
    "gap",
    "interval_low",
    "interval_high",
    "too_few_pupils",
    "smallest_gap_that_could_be_seen",
    "gap_to_national",
    "bucks_the_trend_adjusted_p",
)


def finding(found: SchoolGaps, *, name: str) -> str:
    """Return the one sentence about the schools of an authority."""
    if not found.lines:
        return f"No school in {name} has figures of this gap in the files that were loaded."
    sure = [one for one in found.lines if one.gap.is_unlikely_chance]
    counted = words.counted(len(found.lines), one="school")
    years = years_words(found.years)
    if not found.definition.share_of_pupils:
        return f"{counted} in {name} have figures of {found.gap.name} in {years}."
    wide = len([one for one in sure if isinstance(one.gap.amount, Known) and one.gap.amount.value < 0])
    told = sum(isinstance(one.gap.amount, Known) for one in found.lines)
    if not told:
        return (
            f"Figures of {found.gap.name} of {counted} in {name} in {years} are all withheld or suppressed, "
            "because so few pupils could be recognised."
        )
    shown = words.counted(told, one="school")
    have = f"{words.number(wide)} have" if wide > 1 else "1 has" if wide else "none has"
    return (
        f"Of {shown} in {name} whose gap of {found.gap.name} in {years} may be shown, {have} one behind "
        f"{found.against} that is unlikely to be chance."
    )


class Measured(Protocol):
    """A measure or indicator: its unit and how many decimals its figures are printed with."""

    @property
    def unit(self) -> str:
        """Percent, score or another unit of the definitions."""

    @property
    def decimals(self) -> int:
        """How many decimals its figures are printed with."""


def years_words(years: tuple[int, ...]) -> str:
    """Return school years as "2018 to 2019", or the first and last of several."""
    if not years:
        return "no year"
    if len(years) == 1:
        return str(AcademicYear(years[0]))
    return f"the {len(years)} school years from {years[0] - 1} to {years[-1]}"


def schools_table(found: SchoolGaps) -> Table:
    """Return each school with its figures, cohort, gap, interval, and the gap to England."""
    columns = (
        Column("School"),
        Column(wording.capital(found.gap.name), numeric=True),
        Column(wording.capital(found.against), numeric=True),
        Column("Gap within the school", numeric=True),
        Column("What can be said"),
        Column(f"Gap to {found.national_name}", numeric=True, minor=len(found.lines) > 1),
    )
    rows = tuple(_row(one, found=found) for one in found.lines)
    return Table("Gaps within schools", columns, rows, hide_caption=True)


def _row(one: SchoolLine, *, found: SchoolGaps) -> tuple[object, ...]:
    places = figure_places(found.definition)
    return (
        Cell(one.school.name, href=reverse("equality:school", args=(one.school.urn,))),
        _figure(one.gap.of.group, found=found),
        _figure(one.gap.of.other, found=found),
        _signed(one.gap.amount, decimals=places),
        what_can_be_said(one.gap, decimals=interval_places(found.definition)),
        _signed(one.national, decimals=places),
    )


def _figure(value: Value, *, found: SchoolGaps) -> object:
    if isinstance(value, Missing):
        return value
    number = words.number(value.value, decimals=figure_places(found.definition))
    text = words.with_unit(number, unit=found.definition.unit)
    return Cell(text, note=words.counted(round(value.cohort), one="pupil") if value.cohort else "")


def _signed(value: Value, *, decimals: int) -> object:
    return value if isinstance(value, Missing) else words.signed(value.value, decimals=decimals)


def figure_places(measured: Measured) -> int:
    """Return with how many decimals figures worked out from pupils are shown, at least one."""
    return max(1, measured.decimals)


def interval_places(measured: Measured) -> int:
    """Return with how many decimals the ends of an interval are shown: none of shares, those of a score."""
    return 0 if measured.unit == "percent" else measured.decimals


def what_can_be_said(gap: SchoolGap, *, decimals: int) -> str:
    """Return whether a gap may be chance, with its interval and what could be seen at all."""
    if isinstance(gap.amount, Missing):
        return _why_no_gap(gap)
    seen = ""
    if gap.could_see is not None:
        size = min(gap.could_see, 100.0)
        seen = f" Only a gap of {words.number(size)} points or more would probably be seen with so few."
    if gap.too_few:
        return f"Too few pupils to say.{seen}"
    if gap.interval is None:
        return _why_no_interval(gap)
    low, high = (words.signed(end, decimals=decimals) for end in (gap.interval.low, gap.interval.high))
    ends = f"95% interval {low} to {high}"
    if gap.is_unlikely_chance:
        return f"Unlikely to be chance ({ends})."
    return f"Chance could explain it ({ends}).{seen}"


def _why_no_interval(gap: SchoolGap) -> str:
    """Return what is missing for an interval: a number of pupils, or how their scores spread."""
    sides = (("the group", gap.of.group), ("those it is held against", gap.of.other))
    uncounted = [name for name, value in sides if not value.cohort]
    if uncounted:
        return f"No interval: the number of pupils of {' and of '.join(uncounted)} is not printed."
    if gap.could_see is not None:
        return "No interval: the figures and the numbers of pupils printed with them do not fit together."
    return f"No interval: how far scores of pupils spread in {years_words(gap.of.years)} is not known."


def _why_no_gap(gap: SchoolGap) -> str:
    """Return which side of a gap has no figure, and why."""
    group, other = gap.of.group, gap.of.other
    if isinstance(group, Known) and isinstance(other, Missing):
        return f"No gap: the figure it is held against is missing ({other.reason.label.lower()})."
    if isinstance(group, Missing):
        return f"No gap: the group's figure is missing ({group.reason.label.lower()})."
    return "No gap can be said of these figures."


def whole_sentence(found: SchoolGaps, *, name: str) -> str:
    """Return the gap in the authority as a whole, where pupil files say it; else an empty text."""
    if found.whole is None or isinstance(found.whole.amount, Missing):
        return ""
    amount = words.signed(found.whole.amount.value, decimals=figure_places(found.definition))
    said = what_can_be_said(found.whole, decimals=interval_places(found.definition))
    return f"In {name} as a whole the gap is {amount}. {said}"


def whole_table(found: Sequence[tuple[Gap, SchoolGap]], *, area: str) -> Table | None:
    """Return the gaps that the pupil files of an authority say, with numbers and intervals, or None."""
    if not found:
        return None
    columns = (
        Column("Group"),
        Column("Group's figure", numeric=True),
        Column("Held against", numeric=True),
        Column("Gap", numeric=True),
        Column("What can be said"),
    )
    rows = tuple(
        (
            Cell(
                gap.title,
                href=reverse("equality:schools", args=(area, gap.id)),
                note=years_words(one.of.years),
            ),
            _plainly(one.of.group, decimals=figure_places(gap.measure)),
            _plainly(one.of.other, decimals=figure_places(gap.measure)),
            _signed(one.amount, decimals=figure_places(gap.measure)),
            what_can_be_said(one, decimals=interval_places(gap.measure)),
        )
        for gap, one in found
    )
    return Table("Gaps from pupil files", columns, rows, hide_caption=True)


def _plainly(value: Value, *, decimals: int) -> object:
    if isinstance(value, Missing):
        return value
    note = words.counted(round(value.cohort), one="pupil") if value.cohort else ""
    return Cell(words.number(value.value, decimals=decimals), note=note)


def england_words(found: SchoolGaps) -> str:
    """Return what the same group reaches in England, or an empty text where that is not known."""
    if isinstance(found.elsewhere, Missing):
        return ""
    text = words.number(found.elsewhere.value, decimals=figure_places(found.definition))
    return words.with_unit(text, unit=found.definition.unit)


def bucking_table(found: SchoolGaps) -> Table | None:
    """Return the schools whose group does well against the same group in England, or None."""
    if not found.bucking:
        return None
    columns = (
        Column("School"),
        Column(wording.capital(found.gap.name), numeric=True),
        Column("The same group in England", numeric=True, minor=True),
    )
    rows = tuple(
        (
            Cell(one.school.name, href=reverse("equality:school", args=(one.school.urn,))),
            _figure(one.gap.of.group, found=found),
            _figure(found.elsewhere, found=found),
        )
        for one in found.bucking
    )
    return Table("Schools that buck the trend", columns, rows, hide_caption=True)


def nobody_bucks(found: SchoolGaps) -> str:
    """Return why no school is named as bucking the trend: none does, or nothing could say so."""
    if not found.definition.share_of_pupils or found.definition.polarity != "high":
        return "This measure is not a share of pupils in which more is better, so no such schools are sought."
    if not isinstance(found.elsewhere, Known):
        return (
            f"England's figure of {found.gap.name} is not in the files that were loaded, so whether a school "
            "bucks the trend cannot be said. Load the file of England of the same year."
        )
    return (
        f"In no school do {found.gap.name} reach so much more than the same group in England that chance is "
        "unlikely."
    )


def schools_plot(found: SchoolGaps, *, name: str, source: str) -> DotPlot | None:
    """Return the gaps within schools with their intervals, the widest first."""
    shown = [one for one in found.lines if isinstance(one.gap.amount, Known)][:_MOST_ROWS]
    if not shown:
        return None
    return DotPlot(
        title=finding(found, name=name).removesuffix("."),
        description=f"Gaps within schools of {name}, {years_words(found.years)}: "
        f"{found.gap.name} less {found.against}, with the 95% interval.",
        unit="points",
        decimals=0,
        rows=tuple(_dot_row(one) for one in shown),
        reference=0.0,
        reference_name="No gap",
        id="gaps-within-schools",
        measure=f"{found.gap.measure.title}, percentage points",
        cohort=_group_sizes(shown, name=found.gap.name),
        source=source,
    )


def _group_sizes(shown: Sequence[SchoolLine], *, name: str) -> str:
    """Return "4 to 31 disadvantaged pupils in a school", or that the files do not say."""
    sizes = [round(size) for one in shown if (size := one.gap.of.group.cohort)]
    if not sizes:
        return "the files give no number of pupils of the group"
    low, high = words.number(min(sizes)), words.number(max(sizes))
    return f"{low if low == high else f'{low} to {high}'} {name} in a school"


def _dot_row(one: SchoolLine) -> DotRow:
    interval = one.gap.interval
    cohort = one.gap.of.group.cohort
    amount = one.gap.amount
    return DotRow(
        label=one.school.name,
        value=Known(round_half_away(amount.value, 1)) if isinstance(amount, Known) else amount,
        interval=(interval.low, interval.high) if interval else None,
        small=one.gap.too_few,
        cohort=round(cohort) if cohort else None,
        href=reverse("equality:school", args=(one.school.urn,)),
    )


def csv_row(one: SchoolLine, *, measured: Measured) -> tuple[object, ...]:
    """Return a school as a row of a file; what was withheld stands as the key of its reason."""
    gap, of = one.gap, one.gap.of
    low, high = (gap.interval.low, gap.interval.high) if gap.interval else ("", "")
    places = figure_places(measured)
    return (
        one.school.urn,
        one.school.name,
        "; ".join(str(AcademicYear(year)) for year in of.years),
        _plain(of.group, decimals=places),
        "" if of.group.cohort is None else round(of.group.cohort),
        _plain(of.other, decimals=places),
        "" if of.other.cohort is None else round(of.other.cohort),
        _plain(gap.amount, decimals=places),
        low if low == "" else round_half_away(float(low), places),
        high if high == "" else round_half_away(float(high), places),
        "yes" if gap.too_few else "no",
        "" if gap.could_see is None else round_half_away(gap.could_see, 1),
        _plain(one.national, decimals=places),
        "" if one.bucks is None else round_half_away(one.bucks, 4),
    )


def _plain(value: Value, *, decimals: int) -> object:
    return round_half_away(value.value, decimals) if isinstance(value, Known) else value.reason.value
