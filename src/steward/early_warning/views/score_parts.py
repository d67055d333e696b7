"""Scores as they are printed: the ranked table, the movers, the workings of one school."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.urls import reverse

from steward.analysis.rules.answers import Doubt
from steward.analysis.scoring.groups import Group
from steward.analysis.scoring.workings import NOT_ENOUGH_KNOWN, Contribution, Score
from steward.early_warning.models import KeptScore
from steward.early_warning.queries.scores import Change, Moved, unknown_points
from steward.interface import words
from steward.interface.charts.figures import Bar, Share, StackedBars
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Reason

SORTS = {
    "school": ("school__name",),
    "phase": ("phase", "school__name"),
    "points": ("points", "school__name"),
    "available": ("available", "school__name"),
    "share": ("share", "school__name"),
}
"""A sort in the address to fields of the score."""
CSV_HEADER = (
    "urn",
    "school",
    "phase",
    "points",
    "points_available",
    "maximum",
    "percent_of_available",
    "signs",
    "change_since_last_run",
    "points_not_known",
    "change_in_points_not_known",
)
_TONES = (Concern.NONE, Concern.LOW, Concern.MEDIUM, Concern.HIGH)


def tones_of(bands: Iterable[str]) -> dict[str, Concern]:
    """Return how each band is coloured, the fewest signs first; what is not known has its own colour."""
    found = dict(zip(bands, (*_TONES, *([Concern.HIGH] * 8)), strict=False))
    return {**found, NOT_ENOUGH_KNOWN: Concern.UNSETTLED}


def ordered(found: QuerySet[KeptScore], *, sort: str) -> QuerySet[KeptScore]:
    """Return scores in the order asked for."""
    fields = SORTS[sort.removeprefix("-")]
    first = f"-{fields[0]}" if sort.startswith("-") else fields[0]
    return found.order_by(first, *fields[1:], "school_id")


def list_table(
    scores: Iterable[KeptScore], *, before: Mapping[int, KeptScore], sort: str, tones: Mapping[str, Concern]
) -> Table:
    """Return scores as points of those available, with what is not known and the change."""
    columns = (
        Column("School", sort="school"),
        Column("Signs"),
        Column("Points of those available", numeric=True, sort="points"),
        Column("Share", numeric=True, sort="share"),
        Column("Not known", numeric=True),
        Column("Change", numeric=True),
    )
    rows = tuple(
        (
            Cell(
                one.school.name,
                href=reverse("early_warning:school", args=(one.school_id,)),
                note=Phase(one.phase).label,
            ),
            Tag(one.band, tones.get(one.band, Concern.PLAIN)),
            f"{one.points:g} of {one.available:g}",
            words.share(one.points, whole=one.available),
            f"{unknown_points(one):g}",
            change(one, before=before.get(one.school_id)),
        )
        for one in scores
    )
    return Table("Schools by their score", columns, rows, sorted_by=sort, hide_caption=True)


def change(kept: KeptScore, *, before: KeptScore | None) -> Cell:
    """Return how points changed since the run before, in words where there is no number.

    It says where less is known than before, so that a fall is not read as an improvement.
    """
    if before is None:
        return Cell("New")
    by = kept.points - before.points
    note = "Less is known" if unknown_points(kept) > unknown_points(before) else ""
    return Cell("None" if by == 0 else words.signed(by), note=note)


def csv_row(one: KeptScore, *, before: Mapping[int, KeptScore]) -> tuple[object, ...]:
    """Return a score as a row of a file."""
    earlier = before.get(one.school_id)
    return (
        one.school_id,
        one.school.name,
        Phase(one.phase).label,
        one.points,
        one.available,
        one.maximum,
        one.share,
        one.band,
        "not scored before" if earlier is None else one.points - earlier.points,
        unknown_points(one),
        "not scored before" if earlier is None else unknown_points(one) - unknown_points(earlier),
    )


def movers_table(movers: Iterable[Moved], *, caption: str) -> Table:
    """Return schools whose points changed, and what changed in each."""
    columns = (
        Column("School"),
        Column("Before", numeric=True),
        Column("Now", numeric=True),
        Column("What changed"),
    )
    rows = tuple(
        (
            Cell(one.name, href=reverse("early_warning:school", args=(one.urn,))),
            f"{one.before.points:g}",
            f"{one.after.points:g}",
            "; ".join(changed(each) for each in one.changes),
        )
        for one in movers
    )
    return Table(caption, columns, rows)


def changed(one: Change) -> str:
    """Return a change in words: by how many points, and whether less or more of it is known."""
    by = words.signed(one.after - one.before) if one.after != one.before else "points as before"
    if one.is_less_known:
        return f"{one.title} ({by}; not known now)"
    known = "; known now" if one.unknown_after < one.unknown_before else ""
    return f"{one.title} ({by}{known})"


def contributions_table(score: Score) -> Table:
    """Return every part asked of the school with its points, the largest first within its group."""
    columns = (
        Column("Part"),
        Column("Group"),
        Column("Points", numeric=True),
        Column("At most", numeric=True),
        Column("What was found"),
    )
    order = list(Group)
    parts = sorted(score.contributions, key=lambda one: (order.index(one.group), -one.points))
    rows = tuple(
        (
            Cell(one.title, note="Live event" if one.is_event else ""),
            one.group.label,
            _points(one),
            f"{one.available:g}",
            Cell(one.because, href=_source(one), note=_why(one)),
        )
        for one in parts
    )
    return Table("What the score is made of", columns, rows, hide_caption=True)


def missing_of(score: Score) -> list[Contribution]:
    """Return the parts that could not be settled, those that could add most first."""
    return sorted((one for one in score.contributions if one.unknown), key=lambda one: -one.unknown)


def bars_of(score: Score, *, name: str) -> StackedBars | None:
    """Return points given of those available by group as bars; None where nothing is available."""
    bars = tuple(bar for group in Group if (bar := _bar(group, score=score)) is not None)
    if not bars:
        return None
    return StackedBars(
        id="early-warning",
        measure="Points given and not given, of those available, percent",
        title=f"{score.points:g} of {score.available:g} points, by group",
        description=f"For each group of signs, the share of the points available that {name} was given.",
        bars=bars,
    )


def reason_words(reason: str) -> str:
    """Return why something is not known, in words."""
    doubts = {doubt.value: doubt.label for doubt in Doubt}
    return doubts[reason] if reason in doubts else Reason(reason).label if reason else ""


def _bar(group: Group, *, score: Score) -> Bar | None:
    parts = [one for one in score.contributions if one.group is group and one.available > 0]
    available = sum(one.available for one in parts)
    if not parts or available <= 0:
        return None
    points = min(available, sum(one.points for one in parts))
    given = 100 * points / available
    shares = (
        Share("Points given", given, round(points)),
        Share("Points not given", 100 - given, round(available - points)),
    )
    return Bar(group.label, shares, round(available), total_of="points")


def _points(one: Contribution) -> str:
    return "Not known" if one.unknown and not one.points else f"{one.points:g}"


def _why(one: Contribution) -> str:
    if not one.unknown:
        return ""
    reason = reason_words(one.reason)
    return f"{reason}: {one.unknown:g} points not available" if reason else "Not known"


def _source(one: Contribution) -> str:
    if one.release and one.row:
        return reverse("evidence:row", args=(one.release, one.row))
    return ""
