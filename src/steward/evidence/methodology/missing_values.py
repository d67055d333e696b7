"""What is written where a number is missing, as a document."""

from steward.interface import markdown
from steward.vocabulary.values import PUBLISHED_MARKS, Reason

_INTRODUCTION = (
    "DfE and Ofsted often print a mark where a number would stand, or leave the cell empty. Steward keeps "
    "the mark and shows the words beside it. A missing number is never read as zero, never as good and "
    "never as bad: a rule that needs it cannot be settled."
)
_CASE = "Marks are read whether they are printed in capitals or not, and with or without blanks around them."
_TOO_FEW = (
    "A number that is there may still rest on few pupils: with 10 pupils, one pupil is 10 percentage "
    "points. Each indicator names a smallest cohort. A figure on fewer pupils is shown, and no conclusion "
    "is drawn from it."
)


def missing_values() -> str:
    """Return the legend of missing values: the words shown, the marks as printed, and what each means."""
    rows = ((reason.label, _printed(reason), reason.explanation) for reason in Reason)
    return markdown.document(
        (
            markdown.heading("Missing values", level=1),
            _INTRODUCTION,
            markdown.table(("Words shown", "Printed in the file as", "What it means"), rows),
            _CASE,
            markdown.heading("Numbers on few pupils", level=2),
            _TOO_FEW,
        )
    )


def _printed(reason: Reason) -> str:
    marks = [mark for mark, meaning in PUBLISHED_MARKS.items() if meaning is reason]
    printed = ", ".join(markdown.code(mark) if mark else "nothing at all" for mark in marks)
    return printed or "any other text"
