"""What a letter about a decision is filled with."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from steward.categorisation import schemes
from steward.categorisation.letters.documents import Filling, letter
from steward.categorisation.letters.templates import LetterTemplate, letter_for, read_letters
from steward.categorisation.models import (
    Answer,
    AnswerKind,
    Decision,
    DecisionVersion,
    LetterKind,
    Override,
    SecondLook,
)
from steward.categorisation.schemes import Choice
from steward.definitions import FOLDER
from steward.documents.blocks import Document
from steward.interface import words
from steward.regimes.working_days import working_days
from steward.register import queries as register
from steward.vocabulary.phases import Governance


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom a letter is sent and whose name stands beneath."""

    head: str
    chair: str
    sender: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter ready to be sent: its document is what the page, the Word file and the PDF print."""

    document: Document
    template: LetterTemplate
    addressed: Addressed
    answer_by: date | None


def drafted(
    decision: Decision, *, addressed: Addressed, on: date, kind: LetterKind, override: Override | None = None
) -> Draft:
    """Return a letter about a decision, or an override of it, as it would be sent on a day.

    Raises DefinitionFault.
    """
    governance = Governance.ACADEMY if decision.council_view else Governance.MAINTAINED
    template = letter_for(letters().values(), kind=kind.value, governance=governance)
    days = template.answer_within_working_days
    answer_by = None if days is None else working_days().after(on, working_days=days)
    holds = override if kind == LetterKind.OVERRIDDEN else None
    texts = _texts(decision, addressed=addressed, answer_by=answer_by) | _in_force(decision, holds=holds)
    told = {"override_reason": override.reason if override else ""}
    until = {"until": words.day(override.expires_on if override else None)}
    filling = Filling(texts | until, _written(decision) | told)
    document = letter(template, filling=filling, author=register.council_name(), on=on)
    return Draft(document, template, addressed, answer_by)


def letters() -> dict[str, LetterTemplate]:
    """Return the templates shipped and after them the authority's own, as their files are now."""
    paths = [path for folder in _folders() for path in sorted(folder.glob("*.yaml"))]
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[Path, int], ...]) -> dict[str, LetterTemplate]:
    return read_letters(_folders())


def _folders() -> tuple[Path, ...]:
    own = [Path(settings.STEWARD_DEFINITIONS) / "letters"] if settings.STEWARD_DEFINITIONS else []
    return (FOLDER / "letters", *(folder for folder in own if folder.is_dir()))


def _texts(decision: Decision, *, addressed: Addressed, answer_by: date | None) -> dict[str, str]:
    return {
        "school": decision.school.name,
        "head": addressed.head or "[head teacher]",
        "chair": addressed.chair or "[chair of governors]",
        "sender": addressed.sender,
        "council": register.council_name(),
        "service": settings.STEWARD_SERVICE_NAME.lower(),
        "contact": settings.STEWARD_CONTACT or "your link officer",
        "policy": decision.ruleset_title,
        "version": decision.ruleset_version,
        "suggested": decision.suggested_label,
        "as_at": words.day(decision.proposal.run.as_at),
        "answer_by": words.day(answer_by),
        "review_on": words.day(decision.review_on),
        "final_on": words.day(decision.final_on),
    }


def _in_force(decision: Decision, *, holds: Override | None) -> dict[str, str]:
    """Return the texts about the support category in force, and the name of the one decided on."""
    choice = _choice(decision, key=holds.category if holds else decision.category)
    return {
        "category": choice.name,
        "meaning": choice.meaning,
        "support": schemes.support_in_words(choice),
        "decided": _choice(decision, key=decision.category).name,
    }


def _choice(decision: Decision, *, key: str) -> Choice:
    found = schemes.kept(decision).choice(key)
    if found is None:
        raise LookupError(f"The decision {decision.pk} has a support category its scheme does not have.")
    return found


def _written(decision: Decision) -> dict[str, str]:
    version = DecisionVersion.objects.filter(decision=decision).latest("number")
    answer = Answer.objects.filter(decision=decision).exclude(kind=AnswerKind.NONE).first()
    look = SecondLook.objects.filter(decision=decision).first()
    return {
        "reason": version.reason,
        "differing_reason": version.differing_reason,
        "strengths": version.strengths,
        "areas": version.areas,
        "answer": answer.text if answer else "",
        "second_look": f"{look.get_outcome_display()}. {look.reason}" if look else "",
    }
