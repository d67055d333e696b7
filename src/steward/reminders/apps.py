"""The reminders app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class RemindersConfig(AppConfig):
    """What is due, for whom."""

    name = "steward.reminders"
    label = "reminders"
    verbose_name = "Reminders"
    navigation = (NavigationItem("What is due", "reminders:reminders", place=5),)
