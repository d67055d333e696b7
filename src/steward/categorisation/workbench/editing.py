"""Changes of a draft, each a new draft: items and categories by name, conditions by their place."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Literal

from steward.categorisation.stepping import NotPossible
from steward.categorisation.workbench.content import Content

Tree = dict[str, Any]  # one condition, with those inside it
Path = tuple[int, ...]
"""Where a condition stands: () is the whole, (0, 1) the second condition inside the first."""
PARTS = {"signals": "S", "rules": "R", "adjusters": "A"}
"""The three lists of a policy, and the letter with which their ids begin."""
Join = Literal["all_of", "any_of"]


def item_of(content: Mapping[str, Any], *, key: str) -> tuple[str, Tree] | None:
    """Return the list that holds the item with this id, and the item; None where there is none."""
    for part in PARTS:
        for item in content.get(part, ()):
            if item["id"] == key:
                return part, item
    return None


def next_id(content: Mapping[str, Any], *, part: str) -> str:
    """Return the next free id of a list, such as R19, written as the others are."""
    taken = {item["id"] for each in PARTS for item in content.get(each, ())}
    own = [item["id"].rstrip("0123456789") for item in content.get(part, ())]
    letter = next(filter(None, own), PARTS[part])
    number = 1
    while f"{letter}{number:02d}" in taken:
        number += 1
    return f"{letter}{number:02d}"


def with_about(content: Mapping[str, Any], *, changes: Mapping[str, Any]) -> Content:
    """Return the draft with what stands about it changed; None takes a key away."""
    fresh = {**deepcopy(dict(content)), **changes}
    return {key: each for key, each in fresh.items() if each is not None}


def with_item(content: Mapping[str, Any], *, part: str, item: Tree) -> Content:
    """Return the draft with an item in place of the one with its id, or at the end."""
    return _with(content, part=part, item=item, key="id", name=item["id"])


def without_item(content: Mapping[str, Any], *, key: str) -> Content:
    """Return the draft without an item."""
    fresh = deepcopy(dict(content))
    for part in PARTS:
        fresh[part] = [item for item in fresh.get(part, ()) if item["id"] != key]
    return fresh


def with_category(content: Mapping[str, Any], *, category: Tree, key: str) -> Content:
    """Return the draft with a support category in place of the one called `key`, or at the end."""
    fresh = _with(content, part="categories", item=category, key="key", name=key)
    return fresh if key in ("", category["key"]) else _renamed(fresh, old=key, new=category["key"])


def without_category(content: Mapping[str, Any], *, key: str) -> Content:
    """Return the draft without a support category."""
    fresh = deepcopy(dict(content))
    fresh["categories"] = [each for each in fresh["categories"] if each["key"] != key]
    return fresh


def moved(content: Mapping[str, Any], *, part: str, name: str, by: int) -> Content:
    """Return the draft with an item or category one place up (-1) or down (1), where there is a place."""
    fresh = deepcopy(dict(content))
    key = "key" if part == "categories" else "id"
    items = fresh[part]
    at = next(place for place, item in enumerate(items) if item[key] == name)
    to = at + by
    if 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]
    return fresh


def condition_at(tree: Tree, *, path: Path) -> Tree:
    """Return the condition at a place; raises NotPossible where there is none."""
    for step in path:
        inside = _inside(tree)
        if step >= len(inside):
            raise NotPossible("That condition is not there any more. Open the rule again.")
        tree = inside[step]
    return tree


def replaced(tree: Tree, *, path: Path, by: Tree) -> Tree:
    """Return the tree with another condition at a place."""
    if not path:
        return by
    fresh = deepcopy(tree)
    around = condition_at(fresh, path=path[:-1])
    condition_at(fresh, path=path)
    if around["kind"] == "not_of":
        around["of"] = by
    else:
        around["of"][path[-1]] = by
    return fresh


def joined(tree: Tree, *, path: Path, by: Join, new: Tree) -> Tree:
    """Return the tree with a new condition beside the one at a place, joined by "and" or "or"."""
    own = condition_at(tree, path=path)
    if own["kind"] == by and not own.get("same_year"):
        return replaced(tree, path=path, by={**own, "of": [*own["of"], new]})
    return replaced(tree, path=path, by={"kind": by, "of": [own, new]})


def turned(tree: Tree, *, path: Path) -> Tree:
    """Return the tree with the condition at a place turned round: not so, or so again."""
    own = condition_at(tree, path=path)
    return replaced(
        tree, path=path, by=own["of"] if own["kind"] == "not_of" else {"kind": "not_of", "of": own}
    )


def regrouped(tree: Tree, *, path: Path, by: Join, same_year: bool) -> Tree:
    """Return the tree with the conditions at a place joined otherwise."""
    own = condition_at(tree, path=path)
    fresh: Tree = {"kind": by, "of": own["of"]}
    return replaced(tree, path=path, by=fresh | ({"same_year": True} if same_year else {}))


def removed(tree: Tree, *, path: Path) -> Tree:
    """Return the tree without a condition; a group of which one is left is that one.

    Raises NotPossible for the only condition of a rule.
    """
    if not path:
        raise NotPossible("A rule needs a condition. Change it, or remove the whole rule.")
    around = condition_at(tree, path=path[:-1])
    condition_at(tree, path=path)
    if around["kind"] == "not_of":
        return removed(tree, path=path[:-1])
    left = [each for place, each in enumerate(around["of"]) if place != path[-1]]
    if len(left) == 1:
        return replaced(tree, path=path[:-1], by=left[0])
    return replaced(tree, path=path[:-1], by={**around, "of": left})


def _inside(tree: Tree) -> list[Tree]:
    inside = tree.get("of", []) if tree["kind"] in ("all_of", "any_of", "not_of") else []
    return [inside] if isinstance(inside, dict) else inside


def _with(content: Mapping[str, Any], *, part: str, item: Tree, key: str, name: str) -> Content:
    fresh = deepcopy(dict(content))
    items = fresh.setdefault(part, [])
    places = [place for place, each in enumerate(items) if each[key] == name]
    if places:
        items[places[0]] = item
    else:
        items.append(item)
    return fresh


def _renamed(content: Content, *, old: str, new: str) -> Content:
    for part, field in (("rules", "gives"), ("adjusters", "at_most")):
        for item in content.get(part, ()):
            item[field] = new if item[field] == old else item[field]
    if content.get("default") == old:
        content["default"] = new
    return content
