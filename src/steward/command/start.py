"""Preparing Django, before any module with a model of ours is imported."""

import sys
from functools import cache

import django

from steward.config.environment import Misconfigured


@cache
def set_up() -> None:
    """Prepare Django; a setting that cannot be used ends the program with one sentence."""
    try:
        django.setup()
    except Misconfigured as fault:
        sys.stderr.write(f"{fault}\n")
        raise SystemExit(2) from fault
