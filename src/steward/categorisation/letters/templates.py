"""Templates of letters: one YAML file each, whose placeholders are checked when it is read."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, DefinitionFault, Part, read_definitions
from steward.vocabulary.phases import Governance

PLACEHOLDERS = frozenset(
    {
        "school",
        "head",
        "chair",
        "council",
        "service",
        "category",
        "meaning",
        "support",
        "policy",
        "version",
        "suggested",
        "as_at",
        "answer_by",
        "review_on",
        "final_on",
        "decided",
        "until",
        "contact",
        "sender",
    }
)
"""What a template may ask for in braces. `support` is of maintained schools, `answer_by` of questions."""


class SaidParagraph(Part):
    """A paragraph with placeholders."""

    kind: Literal["paragraph"]
    text: str


class SaidHeading(Part):
    """A heading with placeholders."""

    kind: Literal["heading"]
    text: str


class Points(Part):
    """Points one below the other."""

    kind: Literal["points"]
    items: tuple[str, ...] = Field(min_length=1)


class WordsOf(Part):
    """What an officer or the school wrote, under a heading; left out with it when nothing was written."""

    kind: Literal["words_of"]
    part: Literal[
        "reason", "differing_reason", "strengths", "areas", "answer", "second_look", "override_reason"
    ]
    heading: str = ""


Said = Annotated[SaidParagraph | SaidHeading | Points | WordsOf, Field(discriminator="kind")]


class LetterTemplate(Definition):
    """A letter to the head and the chair of a school."""

    version: str
    source: str
    kind: Literal["asks", "tells", "overridden", "override_ended"]
    governance: tuple[Governance, ...] = Field(min_length=1)
    answer_within_working_days: int | None = Field(default=None, ge=1, le=60)
    subject: str
    blocks: tuple[Said, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for fault in self._faults():
            raise ValueError(fault)
        return self

    def _faults(self) -> Iterator[str]:
        if (self.kind == "asks") != (self.answer_within_working_days is not None):
            yield "answer_within_working_days: a letter that asks must have it, and no other"
        named = {name for text in self.texts() for name in _placeholders(text)}
        yield from (f"there is no placeholder {{{name}}}" for name in sorted(named - PLACEHOLDERS))
        if "support" in named and self.governance != (Governance.MAINTAINED,):
            yield "{support} is for maintained schools only: an academy is entitled to nothing"
        if "answer_by" in named and self.kind != "asks":
            yield "{answer_by} is for letters that ask only"
        if "final_on" in named and self.kind == "asks":
            yield "{final_on} is for letters that tell only"
        if "until" in named and self.kind in ("asks", "tells"):
            yield "{until} is for letters of an override only"

    def texts(self) -> Iterator[str]:
        """Return every text of the template that may have placeholders."""
        yield self.subject
        for block in self.blocks:
            if isinstance(block, Points):
                yield from block.items
            elif not isinstance(block, WordsOf):
                yield block.text


def read_letters(folders: Iterable[Path] = (FOLDER / "letters",)) -> dict[str, LetterTemplate]:
    """Return every template by id; a later folder may replace an earlier id. Raises DefinitionFault."""
    return read_definitions(folders, LetterTemplate)


def letter_for(templates: Iterable[LetterTemplate], *, kind: str, governance: Governance) -> LetterTemplate:
    """Return the template of a kind for such a school. Raises DefinitionFault when there is not just one."""
    found = [each for each in templates if each.kind == kind and governance in each.governance]
    if len(found) != 1:
        said = ", ".join(each.id for each in found) or "none"
        raise DefinitionFault(
            f"There must be one letter that {kind} for schools that are {governance.value}; there is {said}."
        )
    return found[0]


def _placeholders(text: str) -> Iterator[str]:
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            yield name if not form and not conversion else f"{name}:{form}"
