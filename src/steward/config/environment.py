"""The environment variables Steward reads, parsed once into one typed object."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Misconfigured(RuntimeError):
    """An environment variable has a value that cannot be used; the message says which and why."""


class Environment(BaseModel):
    """Everything that differs between one council's machine and another's."""

    model_config = ConfigDict(frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("steward"))
    """STEWARD_HOME: the folder of the embedded database and of the store of releases."""
    database_url: str = ""
    """DATABASE_URL: postgresql://user:password@host:port/name; empty for the embedded database."""
    debug: bool = False
    """STEWARD_DEBUG: true only on a developer's machine."""
    hosts: str = "127.0.0.1,localhost,[::1]"
    """STEWARD_HOSTS: names under which the site is reached, separated by commas."""
    secret_key: str = ""
    """STEWARD_SECRET_KEY: made and kept in the home folder when empty."""
    authority: str = ""
    """STEWARD_AUTHORITY: three-digit code of the authority served; that of the last load when empty."""
    council_name: str = "Your council"
    """STEWARD_COUNCIL_NAME: shown in the header."""
    service_name: str = "Learning improvement"
    """STEWARD_SERVICE_NAME: shown beside the council's name."""
    brand_colour: str = Field(default="#1d4f5c", pattern=r"^#[0-9a-fA-F]{6}$")
    """STEWARD_BRAND_COLOUR: six-digit colour of the header bar and links."""
    engine: str = Field(default="duckdb", pattern=r"^(duckdb|yarn|local(\[[0-9*]+\])?|(spark|k8s)://.+)$")
    """STEWARD_ENGINE: what works out figures of pupils: duckdb, or the address of a Spark master."""
    ruleset: str = "four-category"
    """STEWARD_RULESET: id of the ruleset by which schools are proposed for support."""
    definitions: str = ""
    """STEWARD_DEFINITIONS: a folder of the authority's own definitions, read after the shipped ones."""
    https: bool = False
    """STEWARD_HTTPS: true where the site is served over HTTPS; cookies are then marked secure."""
    require_second_factor: str = ""
    """STEWARD_REQUIRE_SECOND_FACTOR: roles that must have a second step at sign-in, separated by commas."""
    contact: str = ""
    """STEWARD_CONTACT: the address people write to about access, accessibility or privacy."""
    site: str = Field(default="", pattern=r"^(https?://[^\s/]+)?$")
    """STEWARD_SITE: the address of the site, to which e-mails and calendars lead, without a last slash.

    When empty, a calendar leads to where it was asked for and no e-mails are sent.
    """
    email_host: str = ""
    """STEWARD_EMAIL_HOST: the mail server; when empty, e-mails are kept as files in the home folder."""
    email_port: int = 587
    """STEWARD_EMAIL_PORT: its port."""
    email_user: str = ""
    """STEWARD_EMAIL_USER: the name to sign in with at the mail server; empty where none is needed."""
    email_password: str = ""
    """STEWARD_EMAIL_PASSWORD: the password that goes with it."""
    email_tls: bool = True
    """STEWARD_EMAIL_TLS: whether the connection is made secure by STARTTLS."""
    email_from: str = "steward@localhost"
    """STEWARD_EMAIL_FROM: the address from which e-mails are sent."""


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return the typed environment, or raise Misconfigured naming the variable."""
    given = {
        name.removeprefix("STEWARD_").lower(): text
        for name, text in variables.items()
        if name.startswith("STEWARD_") and name.removeprefix("STEWARD_").lower() in Environment.model_fields
    }
    given["database_url"] = variables.get("DATABASE_URL", "")
    try:
        return Environment.model_validate(given)
    except ValidationError as fault:
        first = fault.errors()[0]
        name = "STEWARD_" + str(first["loc"][0]).upper()
        raise Misconfigured(f"{name} cannot be used: {first['msg']}.") from fault


def secret_key(environment: Environment) -> str:
    """Return the secret key: the one given, else one made once and kept in the home folder."""
    if environment.secret_key:
        return environment.secret_key
    kept = environment.home / "secret-key"
    if kept.exists():
        return kept.read_text(encoding="ascii")
    environment.home.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(48)
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        stream.write(made)
    return made


def database(environment: Environment) -> dict[str, object]:
    """Return Django's description of the database; raises Misconfigured for an address it cannot read."""
    if environment.database_url:
        return _postgresql(environment.database_url)
    environment.home.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environment.home / "steward.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(address: str) -> dict[str, object]:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise Misconfigured(
            "DATABASE_URL cannot be used: it must look like postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
