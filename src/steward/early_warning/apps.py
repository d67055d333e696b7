"""The early_warning app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class EarlyWarningConfig(AppConfig):
    """Events, concerns, scores and forecasts."""

    name = "steward.early_warning"
    label = "early_warning"
    due_items = "steward.early_warning.queries.due.due_items"
    navigation = (
        NavigationItem("Early warning", "early_warning:scores", permission="view_early_warning", place=40),
        NavigationItem("Concerns", "early_warning:concerns", permission="view_early_warning", place=42),
    )
