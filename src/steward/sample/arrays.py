"""Names for the arrays the sample is made of, and the calendar they share."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

NEVER = 99_999
"""A day that does not come: no closing day, no conversion."""

ALWAYS = 0
"""Opened before anyone wrote the day down."""

NO_ROW = -1
"""Where an index of another row is expected and there is none."""

_EPOCH = date(1970, 1, 1).toordinal()


def day(year: int, month: int, of_month: int) -> int:
    """Return a calendar day as a number of days since 1 January 1970."""
    return date(year, month, of_month).toordinal() - _EPOCH


def texts(values: list[str]) -> Texts:
    """Return a list of strings as an array that masks and indexes can be used on."""
    return np.array(values, dtype=object)


def worded(words: Sequence[str], numbers: Ints) -> Texts:
    """Return for each number the word at that place."""
    column: Texts = texts(list(words))[numbers]
    return column


@dataclass(frozen=True, slots=True)
class Chance:
    """The source of every random number: one stream a topic, so that topics do not disturb each other."""

    seed: int

    def of(self, topic: str) -> np.random.Generator:
        """Return the stream of a topic, always the same for the same seed and name."""
        return np.random.default_rng([self.seed, zlib.crc32(topic.encode())])


def bounded(values: Floats, *, least: float, most: float) -> Floats:
    """Return the values held between two bounds."""
    return np.clip(values, least, most)


def chance_of(log_odds: Floats) -> Floats:
    """Return the probability whose log-odds are given."""
    return 1.0 / (1.0 + np.exp(-log_odds))
