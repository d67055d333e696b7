"""Wards as they are printed."""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse

from steward.interface import words
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries import measures
from steward.pages.queries.earlier_figures import CarriedFigure
from steward.pages.queries.rows import SchoolRow
from steward.pages.queries.school import UsedRelease, used_releases
from steward.pages.queries.ward_results import Pooled, roll_of
from steward.pages.queries.wards import LISTED, Ward, Wards, year_words
from steward.vocabulary.phases import Phase
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Reason

SORTS = ("name", "schools", "pupils")


def sources_of(wards: Iterable[Ward], *, outlines: Iterable[str] = ()) -> tuple[UsedRelease, ...]:
    """Return the releases on which wards rest, with those of their outlines."""
    schools = [school for ward in wards for school in ward.schools]
    used = {school.register_release for school in schools} | {school.inspection.release for school in schools}
    used |= {measure.release for school in schools for measure in school.measures.values()}
    return used_releases((used | set(outlines)) - {""})


def wards_table(found: Wards, *, shown: Sequence[Ward], sort: str) -> Table:
    """Return one row for each ward shown, with the results of LISTED."""
    listed = [
        (one.id, f"{measures.short_title(one)}, {year_words(period)}")
        for one, period in found.results
        if one.id in LISTED
    ]
    columns = (
        Column("Ward", sort="name"),
        Column("Schools", numeric=True, sort="schools"),
        Column("Pupils on roll", numeric=True, sort="pupils", minor=True),
        *(Column(title, numeric=True, minor=number > 0) for number, (_, title) in enumerate(listed)),
    )
    codes = [code for code, _ in listed]
    rows = tuple(_ward_row(ward, found=found, codes=codes) for ward in shown)
    caption = f"Wards of {found.authority.name} and the state-funded schools that stand in them"
    return Table(caption, columns, rows, sorted_by=sort)


def in_order(wards: Sequence[Ward], *, sort: str) -> list[Ward]:
    """Return wards sorted by a key of SORTS, the other way round with "-" before it."""
    ordered = sorted(wards, key=lambda ward: ward.name)
    key = sort.removeprefix("-")
    if key != "name":
        ordered.sort(key=lambda ward: len(ward.schools) if key == "schools" else ward.pupils or 0)
    return list(reversed(ordered)) if sort.startswith("-") else ordered


def _ward_row(ward: Ward, *, found: Wards, codes: Sequence[str]) -> tuple[object, ...]:
    return (
        Cell(ward.name, reverse("pages:ward", args=[found.authority.code, ward.slug])),
        Cell(words.number(len(ward.schools)), note=_phases(ward)),
        _pupils(ward),
        *(_pooled_cell(ward.pooled_of(code)) for code in codes),
    )


def _phases(ward: Ward) -> str:
    return ", ".join(f"{ward.phases[phase]} {phase.label.lower()}" for phase in Phase if phase in ward.phases)


def _pupils(ward: Ward) -> object:
    if ward.pupils is None:
        return Missing(Reason.NOT_AVAILABLE)
    unknown = ward.pupils_unknown
    note = f"of {words.counted(unknown, one='school')} not known" if unknown else ""
    return Cell(words.number(ward.pupils), note=note)


def _pooled_cell(pooled: Pooled | None) -> object:
    return (
        "No school of the authority has one" if pooled is None else Cell(pooled.words, note=pooled.rests_on)
    )


def sentence_of(ward: Ward) -> str:
    """Return the one sentence about a ward."""
    outcomes = ", ".join(f"{count} {label.lower()}" for label, count in ward.outcomes.items())
    pupils = "" if ward.pupils is None else f" with {words.counted(ward.pupils, one='pupil')} on roll"
    schools = words.counted(len(ward.schools), one="state-funded school")
    stand = "stands" if len(ward.schools) == 1 else "stand"
    return f"{schools}{pupils} {stand} in {ward.name}. By their latest inspection: {outcomes}."


def results_table(ward: Ward) -> Table | None:
    """Return the pooled results of a ward, each with its pupils and schools; None where there are none."""
    rows = tuple(
        (
            Cell(one.indicator.title, reverse("evidence:indicator", args=[one.indicator.id])),
            year_words(one.period),
            one.words,
            words.number(one.pupils),
            words.number(one.schools),
            words.number(one.without),
        )
        for one in ward.pooled
        if one.of_age
    )
    columns = (
        Column("Result"),
        Column("Year"),
        Column("Pooled over its schools", numeric=True),
        Column("Pupils", numeric=True),
        Column("Schools", numeric=True),
        Column("Schools without a figure", numeric=True),
    )
    return Table(f"Results of the schools in {ward.name}, pooled", columns, rows) if rows else None


def schools_table(ward: Ward) -> Table:
    """Return the schools of a ward."""
    columns = (
        Column("School"),
        Column("Phase"),
        Column("Pupils on roll", numeric=True),
        Column("Latest inspection"),
        Column("Headline result", numeric=True),
    )
    return Table(
        f"Schools in {ward.name}", columns, tuple(_school_row(school, ward=ward) for school in ward.schools)
    )


def _school_row(school: SchoolRow, *, ward: Ward) -> tuple[object, ...]:
    roll = roll_of(school)
    return (
        Cell(school.name, reverse("pages:school", args=[school.urn])),
        school.phase.label,
        Missing(Reason.NOT_AVAILABLE) if roll is None else words.number(roll),
        Cell(school.inspection.words, note=", ".join(school.inspection.notes)),
        _result(school, ward=ward),
    )


def _result(school: SchoolRow, *, ward: Ward) -> object:
    """Return the first result of a school that is in the pooled ones, else its headline, with its URN."""
    for one in ward.pooled:
        held = one.of_school(school.urn)
        if held is not None:
            text = words.value_in_words(held.figure.value, measured=one.indicator)
            parts = [measures.short_title(one.indicator), year_words(one.period)]
            if isinstance(held.figure.value, Known) and held.figure.value.cohort:
                parts.append(words.counted(round(held.figure.value.cohort), one="pupil"))
            if held.as_urn:
                parts.append(f"as URN {held.as_urn}")
            return Cell(text, _source(held), note=", ".join(parts))
    headline = school.headline_measure
    if headline is None or headline.value is None:
        return Missing(Reason.NOT_AVAILABLE)
    text = words.value_in_words(headline.value, measured=headline.indicator)
    return Cell(text, note=f"{headline.short_title}, {year_words(headline.period)}")


def _source(held: CarriedFigure) -> str:
    figure = held.figure
    return reverse("evidence:figure", args=[figure.urn, figure.indicator, figure.period])


def _rounded(one: Pooled) -> float | str:
    """Return a pooled result with the decimals of its indicator, since it is worked out here."""
    return "" if one.value is None else round_half_away(one.value, one.indicator.decimals)


def csv_rows(found: Wards) -> Iterator[tuple[object, ...]]:
    """Yield the header and one row for each ward; a value not shown is empty, its words beside it."""
    pooled = [
        name
        for indicator, period in found.results
        for name in (
            f"{indicator.id}_{period}",
            f"{indicator.id}_{period}_words",
            f"{indicator.id}_pupils",
            f"{indicator.id}_schools",
            f"{indicator.id}_schools_without",
        )
    ]
    yield ("ward", "schools", "pupils_on_roll", "schools_without_roll", *pooled)
    for ward in found.wards:
        cells: list[object] = []
        for indicator, _ in found.results:
            one = ward.pooled_of(indicator.id)
            shown = one is not None and one.value is not None
            cells += (
                [_rounded(one), one.words, round(one.pupils)]
                if one and shown
                else ["", one.words if one else "", ""]
            )
            cells += [one.schools, one.without] if one else ["", ""]
        pupils = "" if ward.pupils is None else ward.pupils
        yield (ward.name, len(ward.schools), pupils, ward.pupils_unknown, *cells)
