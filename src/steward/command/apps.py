"""The command app."""

from django.apps import AppConfig


class CommandConfig(AppConfig):
    """The command line."""

    name = "steward.command"
    label = "command"
