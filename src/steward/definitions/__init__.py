"""Definitions as files: sources, indicators, rulesets, frameworks. Found by folder, never imported."""

from pathlib import Path

FOLDER = Path(__file__).parent
