"""The equality app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class EqualityConfig(AppConfig):
    """Gaps between groups, and assessments of proposals."""

    name = "steward.equality"
    label = "equality"
    due_items = "steward.equality.queries.due.due_items"
    navigation = (NavigationItem("Equality", "equality:index", permission="view_area_figures", place=30),)
