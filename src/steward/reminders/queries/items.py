"""What is due from a person: told by every app, chosen by the rules, less what the person set aside."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string

from steward.access.models import Person
from steward.access.permissions import Viewer
from steward.access.roles import Role
from steward.reminders.models import Reminder
from steward.reminders.rules import Channel, Condition, ReminderRule, rules_for
from steward.vocabulary.due import DueItem, DueKind, in_order

_Teller = Callable[..., tuple[DueItem, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is due, with the rule by which it is told and how the person dealt with it."""

    item: DueItem
    channel: Channel
    snoozed_until: date | None = None
    done: bool = False
    told_on: date | None = None

    def is_open(self, on: date) -> bool:
        """Return whether it stands on the list of a day."""
        return not self.done and (self.snoozed_until is None or self.snoozed_until <= on)


def everything_due(viewer: Viewer, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Return what every app tells to be due from a viewer, the earliest day first."""
    today = on or timezone.localdate()
    return in_order(item for tell in _tellers() for item in tell(viewer, on=today))


def told_to(viewer: Viewer, *, on: date | None = None) -> tuple[Told, ...]:
    """Return what is due from a viewer by the rules, also what was set aside, the earliest day first."""
    today = on or timezone.localdate()
    rules = rules_for(Role(getattr(viewer, "role", "")))
    states = Reminder.objects.filter(person=viewer) if isinstance(viewer, Person) else ()
    kept = {each.key: each for each in states}
    return tuple(_chosen(everything_due(viewer, on=today), rules=rules, kept=kept, today=today))


def open_items(viewer: Viewer, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Return what stands on the list of a viewer on a day, the earliest day first."""
    today = on or timezone.localdate()
    return tuple(each.item for each in told_to(viewer, on=today) if each.is_open(today))


def _chosen(
    items: tuple[DueItem, ...],
    *,
    rules: Mapping[DueKind, ReminderRule],
    kept: Mapping[str, Reminder],
    today: date,
) -> Iterator[Told]:
    for item in items:
        rule = rules.get(item.kind)
        if rule is None or not _is_time(item, rule=rule, today=today):
            continue
        state = kept.get(item.key)
        if state is None:
            yield Told(item, rule.channel)
        else:
            yield Told(item, rule.channel, state.snoozed_until, state.done_at is not None, state.told_on)


def _is_time(item: DueItem, *, rule: ReminderRule, today: date) -> bool:
    if item.due is None:
        return rule.condition is Condition.ALWAYS
    if rule.condition is Condition.OVERDUE:
        return item.due < today
    return item.due - timedelta(days=rule.offset_days) <= today


@cache
def _tellers() -> tuple[_Teller, ...]:
    """Return the function of each app that tells what is due, named by `due_items` of its AppConfig."""
    named = (getattr(config, "due_items", "") for config in apps.get_app_configs())
    return tuple(import_string(name) for name in named if name)
