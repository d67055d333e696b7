"""The audit log as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only record of what was done in Steward."""

    name = "steward.audit"
    label = "audit"
