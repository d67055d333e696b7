"""Reads of data releases and of the generation of tables in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
    return store.generation_folder(current().folder)


def live() -> list[DataRelease]:
    """Return every live release, by publication and year."""
    return list(DataRelease.objects.filter(status=ReleaseStatus.LIVE).select_related("loaded_by"))


def every() -> list[DataRelease]:
    """Return every release that was ever loaded, live or not."""
    return list(DataRelease.objects.select_related("loaded_by"))


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
