"""Average points in the English Baccalaureate."""

from steward.analysis.accountability.ebacc import EbaccResults, average_points


def test_the_best_of_each_pillar_counts_and_two_sciences() -> None:
    results = EbaccResults(english=(5, 7), maths=(6,), sciences=(4, 9, 8), humanities=(3, 5), languages=(7,))
    assert average_points(results) == (7 + 6 + 9 + 8 + 5 + 7) / 6


def test_a_pillar_that_is_not_filled_counts_nothing() -> None:
    assert average_points(EbaccResults(english=(6,), sciences=(6,))) == 2
    assert average_points(EbaccResults()) == 0
