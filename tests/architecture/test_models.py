"""Rules about models that the import contract cannot see."""

import pytest
from django.apps import apps
from django.db import models

from steward.vocabulary.sensitivity import Sensitivity

LAYERS = [
    "audit",
    "access",
    "register",
    "evidence",
    "equality",
    "early_warning",
    "categorisation",
    "support",
    "reminders",
    "pages",
    "command",
]
"""App labels, lowest first, in the order of the import contract."""
OURS = [model for model in apps.get_models() if model.__module__.startswith("steward.")]


def _name(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OURS, ids=_name)
def test_foreign_keys_point_down(model):
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model in OURS:
            target = field.related_model._meta.app_label
            assert LAYERS.index(target) <= LAYERS.index(model._meta.app_label), (
                f"{_name(model)}.{field.name} points up, to {target}"
            )


@pytest.mark.parametrize("model", OURS, ids=_name)
def test_foreign_keys_protect(model):
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and not field.many_to_many:
            assert field.remote_field.on_delete in (models.PROTECT, models.CASCADE), field
            if field.remote_field.on_delete is models.CASCADE:
                owner = field.related_model._meta.app_label
                assert owner == model._meta.app_label, f"{_name(model)}.{field.name} cascades across apps"


@pytest.mark.parametrize("model", OURS, ids=_name)
def test_every_field_says_how_sensitive_it_is(model):
    declared = getattr(model, "SENSITIVITY", None)
    assert declared, f"{_name(model)} declares no SENSITIVITY"
    names = {
        field.name for field in model._meta.concrete_fields if not isinstance(field, models.BigAutoField)
    }
    assert set(declared) - {"*"} <= names, f"{_name(model)} classes fields it does not have"
    assert "*" in declared or names <= set(declared), f"{_name(model)}: {names - set(declared)} unclassed"
    assert all(isinstance(value, Sensitivity) for value in declared.values())
