"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Data releases and what is read from them."""

    name = "steward.evidence"
    label = "evidence"
    verbose_name = "Evidence"
