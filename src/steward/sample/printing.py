"""Numbers and days as the publishers print them, with the marks that stand for missing ones."""

import math

import numpy as np

from steward.sample.arrays import ALWAYS, NEVER, Flags, Floats, Ints, Texts, texts

_TOLERANCE = math.sqrt(2.220446e-16)


def rounded(values: Floats, places: int = 0) -> Floats:
    """Return the values rounded half away from zero, as the Department for Education rounds."""
    scale = 10.0**places
    size = np.trunc(np.abs(values) * scale + 0.5 + _TOLERANCE) / scale
    signed: Floats = np.copysign(size, values) + 0.0
    return signed


def whole(values: Ints | Floats) -> Texts:
    """Return counts as digits."""
    return texts(list(map(str, np.asarray(rounded(values.astype(np.float64))).astype(np.int64).tolist())))


def fixed(values: Floats, *, places: int) -> Texts:
    """Return numbers with all their decimals, such as 44.0."""
    pattern = f"%.{places}f"
    return texts([pattern % value for value in rounded(values, places).tolist()])


def trimmed(values: Floats, *, places: int) -> Texts:
    """Return numbers without closing noughts, such as 44 or 44.5."""
    return texts([f"{value:.10g}" for value in rounded(values, places).tolist()])


def percent(values: Floats, *, places: int = 0) -> Texts:
    """Return shares of a hundred with the sign, such as 65%."""
    pattern = f"%.{places}f%%"
    return texts([pattern % value for value in rounded(values, places).tolist()])


def share(part: Ints, whole_: Ints) -> Floats:
    """Return a part of a whole in percent, nought where the whole is nought."""
    return 100.0 * part / np.maximum(whole_, 1)


def thousands(values: Floats, *, sign: str = "") -> Texts:
    """Return amounts with commas and, if asked, a currency sign: "£46,053"."""
    return texts([f"{sign}{value:,.0f}" for value in rounded(values).tolist()])


def marked(column: Texts, *, where: Flags, mark: str) -> Texts:
    """Return the column with `mark` in place of the value on some rows."""
    changed = column.copy()
    changed[where] = mark
    return changed


def days(values: Ints, pattern: str) -> Texts:
    """Return days in a format of strftime; never and always are blank."""
    kinds, places = np.unique(values, return_inverse=True)
    names = [
        "" if kind in (NEVER, ALWAYS) else np.datetime64(kind, "D").item().strftime(pattern)
        for kind in kinds.tolist()
    ]
    return texts(names)[places]


def same(word: str, rows: int) -> Texts:
    """Return a column with one text on every row."""
    return texts([word] * rows)
