"""The reminders app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """What is due, for whom."""

    name = "steward.reminders"
    label = "reminders"
