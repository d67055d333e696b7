"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that cross domains."""

    name = "steward.pages"
    label = "pages"
