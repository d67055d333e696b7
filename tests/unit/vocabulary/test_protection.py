"""A protected value cannot be rendered in any way, and only the gate opens it."""

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from django.template import Context, Engine
from django.utils.html import conditional_escape

import steward
from steward.vocabulary.opening import opened
from steward.vocabulary.protection import NotReleased, Protected

WAYS: dict[str, Callable[[Protected[int]], object]] = {
    "str": str,
    "repr": repr,
    "format": lambda one: f"{one}",
    "format with a width": lambda one: f"{one:>3}",
    "percent formatting": lambda one: "%s" % one,  # noqa: UP031
    "print to text": lambda one: "".join(["pupils: ", str(one)]),
    "bytes": bytes,
    "bool": bool,
    "not": lambda one: not one,
    "len": len,
    "iteration": iter,
    "membership": lambda one: 3 in one,
    "index": lambda one: one[0],
    "equal": lambda one: one == 3,
    "unequal": lambda one: one != 3,
    "less": lambda one: one < 3,
    "more": lambda one: one >= 3,
    "hash": hash,
    "int": int,
    "float": float,
    "round": round,
    "a place in a list": lambda one: [1, 2, 3, 4][one],
    "sum": lambda one: sum([one]),
    "times": lambda one: one * 1.0,
    "division": lambda one: one / 30,
    "sorting": lambda one: sorted([one, Protected(2)]),
    "json": json.dumps,
    "json by way of text": lambda one: json.dumps(one, default=str),
    "pickle": pickle.dumps,
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "escaping for a page": conditional_escape,
    "a template": lambda one: Engine().from_string("{{ one }}").render(Context({"one": one})),
    "a condition in a template": lambda one: (
        Engine().from_string("{% if one %}y{% endif %}").render(Context({"one": one}))
    ),
    "numpy": np.asarray,
    "Arrow": lambda one: pa.array([one]),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_every_way_of_rendering_refuses(way: Callable[[Protected[int]], object]) -> None:
    with pytest.raises((TypeError, pa.ArrowInvalid)) as refusal:
        way(Protected(3))
    assert "3" not in str(refusal.value)


@pytest.mark.parametrize("way", ["str", "json by way of text", "pickle", "equal", "a template"])
def test_the_refusal_has_a_name_and_says_what_to_do(way: str) -> None:
    with pytest.raises(NotReleased, match="Pass it through steward"):
        WAYS[way](Protected(3))


def test_the_gate_reads_what_is_held() -> None:
    assert opened(Protected((3, 27))) == (3, 27)


def test_nothing_else_reaches_for_what_is_held() -> None:
    package = Path(steward.__file__).parent
    files = package.rglob("*.py")
    reaching = {path.name for path in files if "._protected" in path.read_text(encoding="utf-8")}
    assert reaching == {"protection.py", "opening.py"}
