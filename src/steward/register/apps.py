"""The register app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Schools and settings."""

    name = "steward.register"
    label = "register"
    verbose_name = "Register of schools"
