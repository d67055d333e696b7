"""The English Baccalaureate: the average point score of a pupil."""

from collections.abc import Sequence
from dataclasses import dataclass

PILLARS = 6


@dataclass(frozen=True, slots=True)
class EbaccResults:
    """A pupil's points by pillar, in points of GCSE grades; combined science is two results."""

    english: Sequence[float] = ()
    maths: Sequence[float] = ()
    sciences: Sequence[float] = ()
    humanities: Sequence[float] = ()
    languages: Sequence[float] = ()


def average_points(results: EbaccResults) -> float:
    """Return a pupil's average points in English, mathematics, two sciences, a humanity and a language.

    The best results of each pillar count; a pillar that is not filled counts 0. Source: methods 1.5, from
    general knowledge, not verified against the primary source.
    """
    single = (results.english, results.maths, results.humanities, results.languages)
    points = sum(max(pillar, default=0.0) for pillar in single)
    return (points + sum(sorted(results.sciences, reverse=True)[:2])) / PILLARS
