"""What is read before the first visitor comes, so that he does not wait for it."""

from steward.command import serve
from steward.equality.queries import gap_books


def test_gaps_of_the_authority_served_are_read_before_the_first_visit(sample_home):
    gap_books._book.cache_clear()
    serve._warm(None)
    assert gap_books._book.cache_info().currsize > 0


def test_a_home_without_data_is_served_too(db, settings, tmp_path):
    settings.STEWARD_HOME, settings.STEWARD_STORE = tmp_path, tmp_path / "store"
    serve._warm(None)
