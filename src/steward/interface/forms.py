"""How a form field is dressed in GOV.UK's classes, and a form's faults listed."""

from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

_KINDS = {
    "radioselect": "radios",
    "checkboxselectmultiple": "checkboxes",
    "checkbox": "checkbox",
    "threeboxes": "date",
    "password": "password",
    "select": "select",
    "textarea": "textarea",
    "clearablefile": "file",
    "file": "file",
}
_CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
}
_WITH_ERROR = {
    "select": "govuk-select--error",
    "textarea": "govuk-textarea--error",
    "file": "govuk-file-upload--error",
    "checkbox": "",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a form, and the field it is about."""

    text: str
    href: str = ""


def kind_of(field: BoundField) -> str:
    """Return the kind of field, by which its template and class are chosen; "text" when not special."""
    return _KINDS.get(field.widget_type, "text")


def dressed_field(field: BoundField) -> SafeString:
    """Return the widget as HTML with its class; its own class is kept beside GOV.UK's."""
    kind = kind_of(field)
    classes = [_CLASSES.get(kind, "govuk-input"), str(field.field.widget.attrs.get("class", ""))]
    if field.errors:
        classes.append(_WITH_ERROR.get(kind, "govuk-input--error"))
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


def faults_of(form: BaseForm) -> list[Fault]:
    """Return the faults of a form in the order of its fields, those about the whole of it first."""
    found = [Fault(str(text)) for text in form.non_field_errors()]
    for field in form:
        found += [Fault(str(text), f"#{_first_box(field)}") for text in field.errors]
    return found


def _first_box(field: BoundField) -> str:
    kind = kind_of(field)
    if kind in {"radios", "checkboxes", "date"}:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id
