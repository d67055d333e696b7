"""The series of authorities and their dictionary, written for fast reading by measure."""

from collections.abc import Iterable

from steward.analysis import columns
from steward.analysis.indicators import series as reading
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.sources.definition import Holds

SERIES_FILE = "series.parquet"
MEASURES_FILE = "measures.parquet"
PLACES_FILE = "series_places.parquet"

_DICTIONARY_FIELDS = {"measure", "title", "topic", "polarity", "decimals", "axis", "meaning", "quartiles"}
_ORDER = ("measure", "year", "label", "area")


def write_series(kitchen: Kitchen, *, releases: Iterable[StoredRelease]) -> None:
    """Write every cell of the series, their measures and their areas; empty where none was loaded.

    Of several releases the newest stands, since each is published whole.
    """
    listed = list(releases)
    found = _newest(one for one in kitchen.of_kind(listed, kind=Holds.SERIES) if one.layout.levels)
    dictionary = _newest(
        one
        for one in kitchen.of_kind(listed, kind=Holds.LOOKUP)
        if one.layout.fields.keys() >= _DICTIONARY_FIELDS
    )
    table, places, measures = None, None, None
    if found is not None:
        raw = kitchen.opened(found)
        table = reading.series(raw, found.layout, release=found.id).order_by(*_ORDER)
        places = reading.places(raw, found.layout).order_by("area")
    written = kitchen.write(table, SERIES_FILE, shape=columns.SERIES)
    kitchen.write(places, PLACES_FILE, shape=reading.SERIES_PLACES)
    if dictionary is not None and found is not None:
        raw = kitchen.opened(dictionary)
        measures = reading.measures(raw, dictionary.layout, series=written, release=dictionary.id)
    kitchen.write(measures, MEASURES_FILE, shape=columns.MEASURES)


def _newest(releases: Iterable[StoredRelease]) -> StoredRelease | None:
    ordered = sorted(releases, key=lambda one: (one.period or 0, str(one.as_at or ""), one.id))
    return ordered[-1] if ordered else None
