"""Every definition of a publication loads, and layouts of one publication do not claim the same file."""

from steward.analysis.sources import catalogue
from steward.analysis.sources.definition import Holds


def test_every_definition_loads_and_says_who_owns_it():
    sources = catalogue.read_sources()
    assert len(sources) > 30
    assert all(source.owner and source.review_on > source.reviewed_on for source in sources.values())


def test_layouts_have_their_own_names_and_spans():
    for source in catalogue.read_sources().values():
        ids = [layout.id for layout in source.layouts]
        assert len(ids) == len(set(ids)), source.id
        assert all(layout.covers_from <= layout.covers_to for layout in source.layouts), source.id


def test_columns_that_are_read_are_columns_of_the_layout():
    for source in catalogue.read_sources().values():
        for layout in source.layouts:
            read = {*layout.requires, *layout.keys.values(), *layout.fields.values(), *layout.ranges}
            if source.holds is not Holds.UNUSED and not layout.more_columns:
                assert read <= set(layout.columns), (source.id, layout.id, read - set(layout.columns))


def test_unused_publications_say_why():
    unused = [one for one in catalogue.read_sources().values() if one.holds is Holds.UNUSED]
    assert unused
    assert all(len(one.not_used_because) > 20 for one in unused)
