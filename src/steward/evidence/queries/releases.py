"""Reads of data releases and of the generation of tables in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q

from steward.analysis.sources.definition import Layout, SourceDefinition
from steward.evidence import catalogues, engine, store
from steward.evidence.models import DataRelease, Generation, ReleaseStatus


class NothingLoaded(LookupError):
    """No data has been loaded yet; the message says how to load some."""


def current() -> Generation:
    """Return the generation in use, or raise NothingLoaded."""
    found = Generation.objects.filter(current=True).first()
    if found is None:
        raise NothingLoaded(
            "No data has been loaded yet. Download the published files and run: "
            "steward load FOLDER --authority CODE"
        )
    return found


def current_folder() -> Path:
    """Return the folder of the tables in use, or raise NothingLoaded."""
    name = Generation.objects.filter(current=True).values_list("folder", flat=True).first()
    return store.generation_folder(name or current().folder)


def live() -> list[DataRelease]:
    """Return every live release, by publication and year."""
    return list(DataRelease.objects.filter(status=ReleaseStatus.LIVE).select_related("loaded_by"))


def every() -> list[DataRelease]:
    """Return every release that was ever loaded, live or not."""
    return list(DataRelease.objects.select_related("loaded_by"))


def found(
    *, publication: str = "", year: int | None = None, status: str = "", text: str = ""
) -> list[DataRelease]:
    """Return releases by publication, newest year first.

    `year` is the calendar year in which an academic year ends; `text` are words of title or file name.
    """
    chosen = DataRelease.objects.select_related("loaded_by")
    given = {"source": publication, "period": year, "status": status}
    chosen = chosen.filter(**{name: value for name, value in given.items() if value})
    for word in text.split():
        chosen = chosen.filter(Q(title__icontains=word) | Q(file_name__icontains=word))
    return sorted(chosen, key=_by_publication)


def _by_publication(one: DataRelease) -> tuple[object, ...]:
    day = one.as_at.toordinal() if one.as_at else 0
    return (publication_title(one.source), -(one.period or 0), -day, -one.loaded_at.timestamp())


def publications_and_years() -> tuple[dict[str, str], list[int]]:
    """Return the publications loaded (title by id, by title) and the years (by their ends), newest first."""
    pairs = set(DataRelease.objects.order_by().values_list("source", "period"))
    titles = {source: publication_title(source) for source, _ in pairs}
    years = sorted({period for _, period in pairs if period}, reverse=True)
    return dict(sorted(titles.items(), key=lambda item: item[1])), years


def publication_title(source: str) -> str:
    """Return the title of a publication; its id when the definition is no longer there."""
    known = catalogues.sources().get(source)
    return known.title if known else source


def release(release_id: str) -> DataRelease | None:
    """Return a release, or None."""
    return DataRelease.objects.select_related("loaded_by").filter(pk=release_id).first()


def others_of_slot(chosen: DataRelease) -> list[DataRelease]:
    """Return the other releases of the same publication, year and version, newest first."""
    return list(DataRelease.objects.filter(slot=chosen.slot).exclude(pk=chosen.pk).order_by("-loaded_at"))


def titles(release_ids: Sequence[str]) -> dict[str, str]:
    """Return the title of each release by id."""
    return dict(DataRelease.objects.filter(pk__in=release_ids).values_list("id", "title"))


def definition_of(chosen: DataRelease) -> tuple[SourceDefinition, Layout]:
    """Return the publication and the layout a release was read with."""
    source = catalogues.sources()[chosen.source]
    return source, next(layout for layout in source.layouts if layout.id == chosen.layout)


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One cell of a published file: the column as the publisher names it, and the text."""

    column: str
    text: str


def published_row(release_id: str, row: int) -> list[PublishedCell] | None:
    """Return a record of a published file as it was printed, or None when there is no such record."""
    path = store.release_file(release_id)
    if not path.exists():
        return None
    table = engine.table(path)
    found = engine.connection().to_pyarrow(table.filter(table.row == row)).to_pylist()
    if not found:
        return None
    return [PublishedCell(name, text or "") for name, text in found[0].items() if name != "row"]
