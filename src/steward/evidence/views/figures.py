"""One number in full: a school's or an area's."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs
from steward.access.permissions import Permission, Viewer, may, reach
from steward.analysis.indicators.computed_areas import BY_ROLL
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import wording
from steward.evidence.queries import behind, numbers
from steward.evidence.queries.behind import SchoolBehind
from steward.evidence.queries.numbers import Number, Version
from steward.evidence.views import trails
from steward.evidence.views.indicators import facts_of
from steward.evidence.views.release_parts import breakable, hash_in_groups
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Table, Tag
from steward.register import queries as register
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Value

_ON_A_PAGE = 50


@needs(Permission.VIEW_PUBLISHED_FIGURES, and_before=register.predecessors_of)
def school_figure(request: HttpRequest, urn: int, code: str, period: int) -> HttpResponse:
    """Show a school's number: what it is, its versions, and where each is printed."""
    number = numbers.school_number(urn, code=code, period=period)
    if number is None:
        raise Http404(f"No live release has this figure of school {urn} for the year that ended in {period}.")
    return render(
        request,
        "evidence/figure.html",
        {
            **_told(number, opens=may(request.user, Permission.VIEW_RELEASES)),
            "urn": urn,
            "crumbs": trails.school(number.definition.title, urn=urn, name=number.of, viewer=request.user),
        },
    )


@needs(Permission.VIEW_AREA_FIGURES)
def area_figure(
    request: HttpRequest, area: str, level: str, phase: str, code: str, period: int
) -> HttpResponse:
    """Show an area's number: published, or computed with the schools behind it."""
    if level not in set(Level):
        raise Http404(f"'{level}' is not a level of area: it is authority, region or england.")
    number = numbers.area_number(Level(level), area, phase=phase, code=code, period=period)
    if number is None:
        raise Http404(f"There is no such figure of this area for the year that ended in {period}.")
    opens = may(request.user, Permission.VIEW_RELEASES)
    told = _told(number, opens=opens)
    told["phase"] = wording.phase(phase)
    told["level"] = wording.level(Level(level))
    told["crumbs"] = _area_crumbs(number, level=Level(level), area=area)
    computed = _computed(number)
    if computed is not None:
        told["computed"] = _computed_sentence(computed, phase=phase)
        told |= _schools(request, computed, number=number)
    return render(request, "evidence/area_figure.html", told)


def _computed(number: Number) -> Version | None:
    """Return the computed figure whose schools are listed: the one compared with the published one."""
    if number.pair is not None:
        return number.pair[1]
    return next((one for one in number.versions if one.basis is Basis.COMPUTED), None)


def _area_crumbs(number: Number, *, level: Level, area: str) -> trails.Crumbs:
    here = f"{number.of}: {number.definition.title}"
    if level is Level.AUTHORITY:
        return trails.area(number.definition.title, code=area, name=number.of)
    return trails.areas(here)


def _told(number: Number, *, opens: bool) -> dict[str, object]:
    definition = number.definition
    return {
        "number": number,
        "definition": definition,
        "shown": number.shown,
        "year": str(AcademicYear(number.period)),
        "sentence": _sentence(number),
        "difference": _difference(number),
        "breaks": [one.why for one in definition.breaks if one.year == number.period],
        "facts": facts_of(definition),
        "method": wording.area_method(definition.area),
        "opens": opens,
        "source": _source(number, opens=opens),
        "versions": _versions_table(number, opens=opens),
    }


def _sentence(number: Number) -> str:
    value = number.shown.value
    if isinstance(value, Missing):
        printed = f" The file prints “{number.shown.mark}”." if number.shown.mark else ""
        return value.reason.explanation + printed
    says = number.says_pupils
    if says is None or says.value.cohort is None:
        return "No file that prints it says how many pupils it rests on."
    pupils = words.counted(round(says.value.cohort), one="pupil")
    other = wording.version(says.version).lower()
    rests = f"It rests on {pupils}" if says is number.shown else f"The {other} file says it rests on {pupils}"
    if number.is_small:
        return (
            f"{rests}, fewer than the {number.definition.minimum_cohort} this service draws "
            "conclusions from: one pupil more or less changes it a good deal, so read it with care."
        )
    return f"{rests}."


def _difference(number: Number) -> str:
    pair = number.pair
    if pair is None:
        return ""
    printed, worked_out = pair
    definition = number.definition
    published, computed = (
        round_half_away(one.value.value, definition.decimals) for one in pair if isinstance(one.value, Known)
    )
    size = words.number(abs(computed - published), decimals=definition.decimals)
    unit = {"percent": " percentage points", "pounds": " pounds"}.get(definition.unit, "")
    where = "above" if computed > published else "below"
    gap = "the same" if computed == published else f"{size}{unit} {where}"
    same = "the same file" if printed.release == worked_out.release else worked_out.release_title
    shown = [words.value_in_words(Known(one), measured=definition) for one in (published, computed)]
    return (
        f"{printed.release_title} prints {shown[0]}. Worked out from the schools of {same} it is {shown[1]}, "
        f"{gap}. Only the publisher counts suppressed results and pupils in alternative provision."
    )


def _source(number: Number, *, opens: bool) -> list[Fact]:
    shown = number.shown
    published = shown.basis is Basis.PUBLISHED
    facts = [
        Fact("Published or computed", wording.basis(shown.basis)),
        Fact("Version", f"{wording.version(shown.version)}: {wording.version_meaning(shown.version)}"),
        Fact("Release", Cell(shown.release_title, href=_release(shown, opens=opens))),
        Fact("File", breakable(shown.file_name)),
        Fact("SHA-256 of the file", hash_in_groups(shown.sha256)),
    ]
    if published and shown.row is not None:
        facts.append(Fact("Row of the file", _row_cell(number, opens=opens)))
    return facts


def _row_cell(number: Number, *, opens: bool) -> Cell:
    shown = number.shown
    why = (
        f"This row has no code; it is taken for {number.of} because it stands after the last school of "
        f"{number.of}."
    )
    return Cell(f"Row {shown.row}", href=_row(shown, opens=opens), note=why if shown.by_position else "")


def _versions_table(number: Number, *, opens: bool) -> Table:
    columns = (
        Column("Version"),
        Column("Figure", numeric=True),
        Column("Pupils", numeric=True),
        Column("Shown on pages"),
        Column("Release"),
        Column("Row", numeric=True),
    )
    rows = tuple(_version_row(one, definition=number.definition, opens=opens) for one in number.versions)
    return Table("Every version of this figure", columns, rows)


def _version_row(one: Version, *, definition: IndicatorDefinition, opens: bool) -> tuple[object, ...]:
    kind = wording.version(one.version) + (", computed here" if one.basis is Basis.COMPUTED else "")
    return (
        kind,
        figure_cell(one.value, definition=definition),
        _pupils(one),
        Cell(Tag("Shown", Concern.NONE) if one.shown else Tag("Not shown"), note=one.why),
        Cell(one.release_title, href=_release(one, opens=opens), note=breakable(one.file_name)),
        "Not printed" if one.row is None else Cell(words.number(one.row), href=_row(one, opens=opens)),
    )


def _pupils(one: Version) -> object:
    if one.value.cohort is None:
        return "Not given"
    return Cell(words.number(one.value.cohort), note="on roll" if one.mark == BY_ROLL else "")


def figure_cell(value: Value, *, definition: IndicatorDefinition) -> object:
    """Return a value as a cell prints it: the number with its unit, or why there is none."""
    if isinstance(value, Known):
        return words.value_in_words(value, measured=definition)
    return Cell(value, note=f"printed as {value.mark}" if value.mark else "")


def _schools(request: HttpRequest, computed: Version, *, number: Number) -> dict[str, object]:
    figure = computed.computed_from
    if figure is None:
        return {}
    page = Paginator(range(behind.count_behind(figure)), _ON_A_PAGE).get_page(request.GET.get("page"))
    found = behind.schools_behind(figure, first=page.start_index() - 1, last=page.end_index())
    return {
        "page": page,
        "schools": _schools_table(found, number=number, release=computed.release, viewer=request.user),
    }


def _computed_sentence(one: Version, *, phase: str) -> str:
    schools = words.counted(one.schools or 0, one="school")
    pupils = "" if one.value.cohort is None else f", {words.counted(round(one.value.cohort), one='pupil')}"
    covered = words.number(one.roll_share or 0.0, decimals=1)
    share = "" if one.roll_share is None else f", {covered}% of the pupils on roll"
    of_phase = "" if phase == "all" else f" ({wording.phase(phase).lower()})"
    by_roll = ", each school counted by its pupils on roll" if one.mark == BY_ROLL else ""
    return f"Computed from {schools}{of_phase}{pupils}{share}{by_roll}."


def _schools_table(found: list[SchoolBehind], *, number: Number, release: str, viewer: Viewer) -> Table:
    columns = (
        Column("School"),
        Column("Figure", numeric=True),
        Column("Pupils in the measure", numeric=True),
        Column("Pupils on roll", numeric=True),
        Column("Row", numeric=True),
    )
    definition = number.definition
    seen = reach(viewer, Permission.VIEW_PUBLISHED_FIGURES)
    rows = tuple(
        (
            Cell(
                one.name,
                href=reverse("evidence:figure", args=[one.urn, definition.id, number.period])
                if seen.covers(one.urn)
                else "",
            ),
            figure_cell(one.value, definition=definition),
            "Not given" if one.cohort is None else words.number(one.cohort),
            "Not recorded" if one.pupils is None else words.number(one.pupils),
            Cell(words.number(one.row), href=reverse("evidence:row", args=[release, one.row])),
        )
        for one in found
    )
    return Table("Schools behind the computed figure, largest first", columns, rows)


def _release(one: Version, *, opens: bool) -> str:
    return reverse("evidence:release", args=[one.release]) if opens else ""


def _row(one: Version, *, opens: bool) -> str:
    return reverse("evidence:row", args=[one.release, one.row]) if opens and one.row is not None else ""
