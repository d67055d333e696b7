"""The equality app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class EqualityConfig(AppConfig):
    """Gaps between groups, and assessments of proposals."""

    name = "steward.equality"
    label = "equality"
    navigation = (NavigationItem("Equality", "equality:index", permission="view_area_figures", place=30),)
