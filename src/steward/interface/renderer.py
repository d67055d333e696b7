"""How Django prints forms: as GOV.UK fields with hints and error messages."""

from functools import cached_property
from pathlib import Path

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine

DJANGOS_OWN = Path(forms.__file__).parent / "templates"


class GovukRenderer(DjangoTemplates):
    """Prints a form, a field and its widgets with the templates of the interface."""

    form_template_name = "interface/forms/form.html"
    field_template_name = "interface/forms/field.html"

    @cached_property
    def engine(self) -> Engine:
        """The template engine of forms; it knows the tags of the interface."""
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(__file__).parent / "templates", DJANGOS_OWN],
                "NAME": "govukforms",
                "OPTIONS": {"builtins": ["steward.interface.templatetags.steward"]},
            }
        )
