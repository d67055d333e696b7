"""The interface as a Django app: templates, static files and template tags."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """Components from which every page is made."""

    name = "steward.interface"
    label = "interface"
