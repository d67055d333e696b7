"""A draft as it is kept, checked by the same model as a file, with what is wrong said in sentences."""

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from steward.analysis.rules.proposals import Rulebook
from steward.analysis.rules.ruleset import Ruleset
from steward.categorisation import rulebooks
from steward.categorisation.stepping import NotPossible
from steward.definitions.reading import DefinitionFault

Content = dict[str, Any]  # a ruleset in the kinds of JSON

_PARTS = {"signals": "signal", "rules": "rule", "adjusters": "adjuster", "categories": "support category"}
_LONGEST_TEXT = 200_000


class NotUsable(NotPossible):
    """A draft would not hold together; the message says where and why."""


def content_of(ruleset: Ruleset) -> Content:
    """Return a ruleset as a draft keeps it."""
    return ruleset.model_dump(mode="json", exclude_defaults=True)


def opened(content: Mapping[str, Any]) -> Rulebook:
    """Return the draft ready to be asked; raises NotUsable with one sentence on what is wrong."""
    try:
        return rulebooks.opened(content)
    except ValidationError as fault:
        raise NotUsable(_sentence(fault, content=content)) from fault
    except DefinitionFault as fault:
        raise NotUsable(_capital(str(fault).partition(": ")[2])) from fault


def as_yaml(content: Mapping[str, Any]) -> str:
    """Return the draft as a file of definitions, its keys in the order of the model."""
    ordered = content_of(opened(content).ruleset)
    written: str = yaml.safe_dump(ordered, sort_keys=False, allow_unicode=True, width=110)
    return written


def from_yaml(text: str) -> Content:
    """Return the draft that a text holds; raises NotUsable where it is no ruleset."""
    if len(text) > _LONGEST_TEXT:
        raise NotUsable(f"The text has more than {_LONGEST_TEXT:,} characters. A ruleset is shorter.")
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f" near line {mark.line + 1}" if mark else ""
        raise NotUsable(f"The text cannot be read as YAML{where}. Check its indents and quotes.") from fault
    if not isinstance(content, dict):
        raise NotUsable("The text holds no ruleset: it must begin with keys such as id and title.")
    return content_of(opened(content).ruleset)


def _sentence(fault: ValidationError, *, content: Mapping[str, Any]) -> str:
    first = fault.errors()[0]
    said = first["msg"].removeprefix("Value error, ")
    where = _where(first["loc"], content=content)
    return f"{_capital(said)}." if not where else f"{where}: {said[:1].lower()}{said[1:]}."


def _where(path: tuple[int | str, ...], *, content: Mapping[str, Any]) -> str:
    """Return the place of a fault in words: Rule R05, indicator."""
    if not path:
        return ""
    part, *rest = path
    named = _PARTS.get(str(part))
    if named is None or not rest or not isinstance(rest[0], int):
        return _capital(str(part).replace("_", " "))
    item = content[str(part)][rest[0]]
    name = item.get("id") or item.get("key") or str(rest[0] + 1)
    last = next((str(each) for each in reversed(rest) if isinstance(each, str)), "")
    return f"{_capital(named)} {name}{', ' + last.replace('_', ' ') if last else ''}"


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
