"""The numbers of headings, paragraphs, tables, figures and appendices, and what a reference prints."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from steward.documents.blocks import (
    Appendix,
    Block,
    Document,
    Heading,
    Paragraph,
    Picture,
    Reference,
    Table,
    id_of,
    leaves,
    spans,
)

_DEEPEST = 5
"""Headings have four levels, and a paragraph counts one below its heading."""


class DocumentFault(ValueError):
    """The document cannot be written; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to: the words it prints and the bookmark of the block."""

    words: str
    number: str
    bookmark: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each block by its place in order of reading, and the targets by id."""

    of_block: Mapping[int, str]
    targets: Mapping[str, Target]

    def target(self, reference: Reference) -> Target:
        """Return what the reference leads to."""
        return self.targets[reference.to]


@dataclass(slots=True)
class _Counting:
    """Headings and numbered paragraphs count together, as they do in Word."""

    levels: list[int] = field(default_factory=lambda: [0] * _DEEPEST)
    level: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def heading(self, block: Heading) -> str:
        if not block.numbered:
            return ""
        self.level = block.level
        return self._count(block.level)

    def paragraph(self) -> str:
        return self._count(self.level + 1)

    def appendix(self) -> str:
        self.levels, self.level = [0] * _DEEPEST, 0
        return self.next("Appendix")

    def next(self, kind: str) -> str:
        self.kinds[kind] += 1
        return f"{kind} {self.kinds[kind]}"

    def _count(self, level: int) -> str:
        self.levels[level - 1] += 1
        self.levels[level:] = [0] * (_DEEPEST - level)
        return ".".join(str(count) for count in self.levels[:level])


def numbers_of(document: Document) -> Numbers:
    """Return the numbers of every block.

    Raises DocumentFault where two blocks have the same id, a reference leads nowhere, or a heading skips
    a level, which readers that list headings cannot follow.
    """
    _refuse_skipped_levels(document)
    counting, numbers, targets = _Counting(), {}, dict[str, Target]()
    for place, block in enumerate(leaves(document.blocks)):
        number = _number(block, counting=counting)
        if number:
            numbers[place] = number
        if known := id_of(block):
            if known in targets:
                raise DocumentFault(f"Two parts of the document are called '{known}'; give each its own id.")
            targets[known] = Target(_words(block, number=number), number, f"ref_{known}")
    _refuse_dangling(document, targets=targets)
    return Numbers(numbers, targets)


def _number(block: Block, *, counting: _Counting) -> str:
    match block:
        case Heading():
            return counting.heading(block)
        case Paragraph(numbered=True):
            return counting.paragraph()
        case Table():
            return counting.next("Table")
        case Picture():
            return counting.next("Figure")
        case Appendix():
            return counting.appendix()
        case _:
            return ""


def _words(block: Block, *, number: str) -> str:
    if isinstance(block, Heading):
        return f"section {number}" if number else block.text
    if isinstance(block, Paragraph):
        return f"paragraph {number}" if number else "this paragraph"
    return number


def _refuse_skipped_levels(document: Document) -> None:
    above = 0
    for block in leaves(document.blocks):
        if isinstance(block, Heading):
            if block.level > above + 1:
                raise DocumentFault(
                    f"The heading '{block.text}' is of level {block.level}, with none of level "
                    f"{block.level - 1} above it."
                )
            above = block.level
        elif isinstance(block, Appendix):
            above = 0


def _refuse_dangling(document: Document, *, targets: Mapping[str, Target]) -> None:
    for block in leaves(document.blocks):
        for runs in spans(block):
            for run in runs:
                if isinstance(run, Reference) and run.to not in targets:
                    raise DocumentFault(
                        f"A reference leads to '{run.to}', which is not in the document. It stands in: "
                        f"'{_beginning(runs)}'."
                    )


def _beginning(runs: tuple[object, ...]) -> str:
    words = " ".join(run if isinstance(run, str) else getattr(run, "text", "...") for run in runs)
    return words[:80].strip()
