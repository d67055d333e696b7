"""The early_warning app."""

from django.apps import AppConfig


class EarlyWarningConfig(AppConfig):
    """Events, concerns, scores and forecasts."""

    name = "steward.early_warning"
    label = "early_warning"
