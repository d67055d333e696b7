"""How sensitive a stored field is; every model declares it for every field."""

from enum import StrEnum


class Sensitivity(StrEnum):
    """Who may see a field: anyone, the service, or only those who need it about a person."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    PERSONAL = "personal"
