"""How gaps are said in words: the size, the two figures, the change and what may not be read into it."""

from steward.analysis.comparison.gap_measures import Gap, GapMeasure
from steward.analysis.comparison.group_gaps import (
    GapChange,
    GapYear,
    Movement,
    Position,
    movement_of,
    width,
)
from steward.interface import words
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Value

NO_NUMBERS = (
    "The series prints no numbers of pupils, so how far chance alone could move a figure is not known and no "
    "intervals are drawn."
)

USUAL_NOT_KNOWN = "how far such gaps usually move in a year is not known"

FILE_NUMBERS = (
    "These figures come from the whole performance tables, which print how many pupils are in the group: "
    "whether chance could explain the newest gap is said above."
)
MOST_HAVE_NO_NUMBERS = (
    "The series of authorities prints no numbers of pupils, so how far chance alone could move its figures "
    "is not known. Gaps from the whole performance tables, such as those by first language, have numbers: "
    "the page of each says what chance could explain."
)


def size(amount: float, *, measure: GapMeasure, decimals: int) -> str:
    """Return the size of a gap: "22 percentage points", "12.4 points"; the sign is left out."""
    text = words.number(abs(amount), decimals=decimals)
    one = round_half_away(abs(amount), decimals) == 1
    unit = "percentage point" if measure.unit == "percent" else "point"
    return f"{text} {unit}{'' if one else 's'}"


def figure(value: Value, *, measure: GapMeasure, decimals: int) -> str:
    """Return a figure of one side, or the words of the reason it is missing."""
    if isinstance(value, Missing):
        return value.reason.label
    return words.with_unit(words.number(value.value, decimals=decimals), unit=measure.unit)


def signed(value: Value, *, decimals: int) -> str:
    """Return a gap with its sign, or the words of the reason it is missing."""
    if isinstance(value, Missing):
        return value.reason.label
    return words.signed(value.value, decimals=decimals)


def gap_words(year: GapYear, *, gap: Gap) -> str:
    """Return a gap such as "22 percentage points below other pupils"."""
    amount = year.amount
    if isinstance(amount, Missing):
        return amount.reason.label
    if amount.value == 0:
        return f"the same as {gap.against_name}"
    where = "above" if amount.value > 0 else "below"
    return f"{size(amount.value, measure=gap.measure, decimals=year.decimals)} {where} {gap.against_name}"


def both_figures(year: GapYear, *, gap: Gap) -> str:
    """Return the two figures: "41% of disadvantaged pupils, 67% of other pupils"."""
    group, other = (
        figure(side.value, measure=gap.measure, decimals=side.decimals) for side in (year.group, year.other)
    )
    joint = " of" if gap.measure.unit == "percent" else " for"
    return f"{group}{joint} {gap.name}, {other}{joint} {gap.against_name}"


def change_words(change: GapChange | None, *, gap: Gap, usual: float | None = None) -> str:
    """Return how a gap moved: "Narrower by 2.3 percentage points than in the year before", and a caution."""
    if change is None:
        return "No earlier year to compare with"
    if change.amount is None:
        return change.why or "Not comparable with the year before"
    moved = size(change.amount, measure=gap.measure, decimals=change.decimals)
    since = "than in the year before" if change.until - change.since == 1 else f"than in {change.since}"
    if change.movement is Movement.TURNED:
        return f"Turned round: whoever was ahead in {change.since} is behind now"
    if change.amount == 0:
        return "The same as in the year before"
    side = "wider" if change.amount > 0 else "narrower"
    if change.movement is Movement.STEADY:
        return f"About the same: {moved} {side} {since}, too little to tell"
    caution = _caution(change, gap=gap, usual=usual) if change.until - change.since == 1 else ""
    return f"{side.capitalize()} by {moved} {since}{caution}"


def _caution(change: GapChange, *, gap: Gap, usual: float | None) -> str:
    if usual is None:
        return f"; {USUAL_NOT_KNOWN}"
    usually = size(usual, measure=gap.measure, decimals=1)
    if movement_of(change, usual=usual) is Movement.USUAL:
        return f"; such gaps usually move by up to {usually} a year"
    return f", more than such gaps usually move in a year (up to {usually})"


def change_note(change: GapChange | None, *, gap: Gap, usual: float | None) -> str:
    """Return how a gap moved in a few words for a table: "0.5 points wider (usual: up to 2.3)"."""
    if change is None:
        return "No earlier year"
    if change.amount is None:
        return "Cannot be compared with the year before"
    moved = size(change.amount, measure=gap.measure, decimals=change.decimals)
    side = "wider" if change.amount > 0 else "narrower" if change.amount < 0 else "either way"
    usually = "" if usual is None else f" (usual: up to {words.number(usual, decimals=1)})"
    return f"{moved} {side}{usually}"


def beside_words(own: GapYear, *, other: Value, name: str, gap: Gap) -> str:
    """Return how a gap compares with another area's: "3 percentage points wider than England's"."""
    amount = own.amount
    if not isinstance(amount, Known) or not isinstance(other, Known):
        return f"{name} has no such figure"
    mine, theirs = (width(one.value, polarity=gap.measure.polarity) for one in (amount, other))
    beyond = round_half_away(mine - theirs, own.decimals)
    if beyond == 0:
        return f"as wide as {name}"
    side = "wider" if beyond > 0 else "narrower"
    return f"{size(beyond, measure=gap.measure, decimals=own.decimals)} {side} than {name}"


_UNCOUNTED = "Chance is not allowed for: the series prints no numbers of pupils"
_COUNTED = "Chance is not allowed for in the place"


def position_words(found: Position | None, *, numbers: bool = False) -> str:
    """Return the place among authorities with what rounding leaves open, or why there is none.

    `numbers` is whether the figures come with numbers of pupils.
    """
    chance = _COUNTED if numbers else _UNCOUNTED
    if found is None:
        return "Fewer than ten authorities have this gap, so it is not ranked."
    place = f"{_ordinal(found.place)} of {found.of} authorities, from the narrowest gap to the widest"
    if found.low == found.high:
        return f"{place}. {chance}."
    return (
        f"{place}, by the printed figures; rounding alone leaves {_ordinal(found.low)} to "
        f"{_ordinal(found.high)} open. {chance}, so the true range is wider."
    )


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def capital(text: str) -> str:
    """Return a sentence with a capital at its start."""
    return f"{text[:1].upper()}{text[1:]}"
