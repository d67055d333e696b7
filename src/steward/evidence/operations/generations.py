"""Building a complete set of tables from releases, and making it the current one."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from steward.analysis.rebuild.alike import write_alike
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.rebuild.whole import rebuild
from steward.analysis.rebuild.withheld import write_withheld
from steward.analysis.sources.definition import Holds
from steward.audit import operations as audit
from steward.evidence import catalogues, engine, groups, registering, store
from steward.evidence.models import DataRelease, Generation
from steward.register import operations as register


@dataclass(frozen=True, slots=True)
class Built:
    """A generation that is in place on disk and that the database does not know yet."""

    name: str
    releases: tuple[str, ...]


def build(releases: Sequence[DataRelease]) -> Built:
    """Build every table from `releases` in the staging folder, then put the whole folder in place."""
    staged = store.stage()
    connection, held = engine.connect(), [stored(release) for release in releases]
    rebuild(
        connection,
        releases=held,
        sources=catalogues.sources(),
        indicators=catalogues.indicators(),
        frameworks=catalogues.frameworks(),
        into=staged,
    )
    kitchen = Kitchen(connection, catalogues.sources(), staged)
    write_withheld(kitchen, indicators=catalogues.indicators(), policy=catalogues.disclosure_policy())
    write_alike(kitchen, releases=held, comparators=catalogues.comparators())
    groups.write(staged, files=groups.held())
    current = Generation.objects.filter(current=True).first()
    if current is not None:
        groups.keep_released(of=store.generation_folder(current.folder), into=staged)
    name = f"{timezone.now():%Y%m%dT%H%M%S}-{staged.name[:8]}"
    store.put_generation(staged, name)
    return Built(name, tuple(sorted(release.id for release in releases)))


def make_current(built: Built, *, at: datetime.datetime, actor: audit.Actor) -> Generation:
    """Make a built generation the current one and bring the register in step with it.

    Must be called inside a transaction, together with the change of releases that it was built for.
    """
    Generation.objects.filter(current=True).update(current=False)
    made = Generation.objects.create(
        made_at=at, folder=built.name, current=True, releases=list(built.releases)
    )
    folder = store.generation_folder(built.name)
    register.synchronise(
        authorities=registering.authorities(folder),
        schools=registering.schools(folder, whole=whole_registers(built.releases)),
        predecessors=registering.predecessors(folder),
        actor=actor,
    )
    return made


def whole_registers(release_ids: Iterable[str]) -> set[str]:
    """Return those releases that list every school of the authorities in them."""
    listing = {
        (source.id, layout.id)
        for source in catalogues.sources().values()
        if source.holds is Holds.REGISTER
        for layout in source.layouts
        if layout.snapshot
    }
    chosen = DataRelease.objects.filter(id__in=list(release_ids)).values_list("id", "source", "layout")
    return {release for release, source, layout in chosen if (source, layout) in listing}


def stored(release: DataRelease) -> StoredRelease:
    """Return the release as the analysis knows it."""
    source = catalogues.sources()[release.source]
    layout = next(layout for layout in source.layouts if layout.id == release.layout)
    return StoredRelease(
        id=release.id,
        source=source.id,
        layout=layout,
        period=release.period,
        as_at=release.as_at,
        version=release.version,
        parquet=Path(store.release_file(release.id)),
    )
