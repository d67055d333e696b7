"""The equality app."""

from django.apps import AppConfig


class EqualityConfig(AppConfig):
    """Gaps between groups, and assessments of proposals."""

    name = "steward.equality"
    label = "equality"
