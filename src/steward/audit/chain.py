"""How the hash of an event is worked out; pure, so that another program could check the chain."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""What the details of an event may hold: the kinds of JSON."""

START = "0" * 64
"""The previous hash of the first event."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything about an event that its hash covers."""

    number: int
    at: datetime
    actor_id: int | None
    actor_name: str
    verb: str
    subject_kind: str
    subject_id: str
    authority: str
    details: Mapping[str, Plain]
    previous_hash: str


def hash_of(entry: Entry) -> str:
    """Return the SHA-256 of the entry written as JSON with sorted keys, times in UTC, without spaces."""
    written = asdict(entry) | {"at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}
    text = json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def plain(value: object) -> Plain:
    """Return `value` in the kinds of JSON, the same on every database: other kinds become text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() else value
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
