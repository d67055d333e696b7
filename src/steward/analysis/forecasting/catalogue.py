"""The numbers a forecast may learn from, with their words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """A number a forecast may learn from, and how it is said."""

    id: str
    title: str
    """Within a sentence, such as "progress of pupils"."""
    higher: str
    """What is said when the number is high."""
    lower: str


FEATURES: tuple[Feature, ...] = (
    Feature(
        "previous_grade",
        "the last inspection grade",
        "the last inspection was weaker",
        "the last inspection was stronger",
    ),
    Feature(
        "previous_inadequate",
        "whether it was inadequate",
        "the last inspection was inadequate",
        "the last inspection was not inadequate",
    ),
    Feature(
        "previous_outstanding",
        "whether it was outstanding",
        "the last inspection was outstanding",
        "the last inspection was not outstanding",
    ),
    Feature(
        "years_since",
        "time since the last inspection",
        "the last inspection is long ago",
        "the last inspection is recent",
    ),
    Feature(
        "earlier_grade",
        "the grade before the last",
        "the inspection before it was weaker",
        "the inspection before it was stronger",
    ),
    Feature(
        "progress",
        "progress of pupils",
        "pupils make more progress than elsewhere",
        "pupils make less progress than elsewhere",
    ),
    Feature("progress_change", "change of progress", "progress has risen", "progress has fallen"),
    Feature(
        "beyond_expected",
        "results beside schools with as many disadvantaged pupils",
        "results are above those of schools with as many disadvantaged pupils",
        "results are below those of schools with as many disadvantaged pupils",
    ),
    Feature("attainment_change", "change of results", "results have risen", "results have fallen"),
    Feature("absence", "absence", "absence is high", "absence is low"),
    Feature("absence_change", "change of absence", "absence has risen", "absence has fallen"),
    Feature(
        "persistent_absence", "persistent absence", "persistent absence is high", "persistent absence is low"
    ),
    Feature("size", "pupils on roll", "the school is large", "the school is small"),
    Feature("roll_change", "change of the roll", "the roll is rising", "the roll is falling"),
    Feature(
        "pupil_teacher_ratio",
        "pupils for each teacher",
        "there are many pupils for each teacher",
        "there are few pupils for each teacher",
    ),
    Feature(
        "teacher_pay",
        "mean pay of teachers",
        "teachers are paid more, as where they are more experienced",
        "teachers are paid less, as where they are less experienced",
    ),
    Feature(
        "balance",
        "balance of the year",
        "the school spent less than it had",
        "the school spent more than it had",
    ),
    Feature(
        "destinations",
        "pupils staying in education or work",
        "more pupils stay in education or work",
        "fewer pupils stay in education or work",
    ),
    Feature(
        "new_number",
        "a new number within three years",
        "it became an academy, or was given a new number, within three years",
        "it kept its number for three years",
    ),
)
"""Every number in its order. Turnover of staff and exclusions of each school are not in the files held."""

NAMES = tuple(one.id for one in FEATURES)
TEN = (
    "previous_grade",
    "previous_inadequate",
    "years_since",
    "progress",
    "progress_change",
    "beyond_expected",
    "absence",
    "persistent_absence",
    "size",
    "new_number",
)
"""The ten of the simple model, chosen before any outcome was looked at."""
