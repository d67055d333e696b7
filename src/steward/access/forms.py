"""Forms of sign-in and of people. They clean; operations decide."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts

from steward.access.models import Person
from steward.access.queries import Wanted
from steward.access.roles import Role
from steward.vocabulary.identifiers import NotAnIdentifier, parse_urn

WRONG = "Check your email address and password: they do not go together, or your access has ended."


class SignInForm(AuthenticationForm):
    """Email address and password; says no more of a failure than that the two do not fit."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Make the form, with the words of GOV.UK."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        email, password = self.fields["username"], self.fields["password"]
        email.label = "Email address"
        email.widget = forms.EmailInput({"autocomplete": "username", "spellcheck": "false", "maxlength": 254})
        email.error_messages["required"] = "Enter your email address"
        password.error_messages["required"] = "Enter your password"

    def clean_username(self) -> str:
        """Return the address without capitals, so that attempts on one person are counted together."""
        return str(self.cleaned_data["username"]).strip().lower()


class CodeForm(forms.Form):
    """The six digits of the second step."""

    code = forms.CharField(
        label="Code from your authenticator app",
        help_text="Six digits, which change every 30 seconds",
        max_length=7,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": "Enter the six digits the app shows"},
    )

    def clean_code(self) -> str:
        """Return the digits, raising ValidationError unless there are six."""
        digits = str(self.cleaned_data["code"]).replace(" ", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise forms.ValidationError("Enter the six digits the app shows, such as 123456")
        return digits


class PasswordForm(forms.Form):
    """The old password and a new one."""

    old = forms.CharField(
        label="Password now",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Enter the password you have now"},
    )
    new = forms.CharField(
        label="New password",
        strip=False,
        help_text=" ".join(password_validators_help_texts()),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Enter a new password"},
    )

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        """Make the form for one person."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.person = person

    def clean_old(self) -> str:
        """Return the old password, raising ValidationError when it is not the person's."""
        old = str(self.cleaned_data["old"])
        if not self.person.check_password(old):
            raise forms.ValidationError("The password you have now is not right")
        return old

    def clean(self) -> dict[str, object]:
        """Return what was typed, raising ValidationError when nothing would change."""
        if self.cleaned_data.get("new") and self.cleaned_data.get("old") == self.cleaned_data["new"]:
            self.add_error("new", "Choose a password other than the one you have now")
        return self.cleaned_data


class RoleForm(forms.Form):
    """A role, and for a school user the school."""

    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select a role"},
    )
    school_urn = forms.CharField(
        label="URN of the school",
        help_text="For a school user only: five to seven digits, such as 107833",
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )

    def clean_school_urn(self) -> int | None:
        """Return the URN or None, raising ValidationError when it is not one."""
        text = str(self.cleaned_data["school_urn"]).strip()
        if not text:
            return None
        try:
            return parse_urn(text)
        except NotAnIdentifier as fault:
            raise forms.ValidationError(str(fault)) from fault


class PersonForm(RoleForm):
    """Somebody to be given access."""

    name = forms.CharField(
        label="Full name",
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter their full name"},
    )
    email = forms.EmailField(
        label="Work email address",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter their work email address",
            "invalid": "Enter an email address in the correct format, like name@example.gov.uk",
        },
    )
    field_order = ["name", "email", "role", "school_urn"]


class PeopleFilter(forms.Form):
    """Which people to list."""

    text = forms.CharField(label="Name or email address", required=False)
    role = forms.ChoiceField(label="Role", choices=[("", "Any role"), *Role.choices], required=False)
    ended = forms.ChoiceField(
        label="Access", choices=[("", "May sign in"), ("yes", "Access ended")], required=False
    )

    def wanted(self) -> Wanted:
        """Return which people are asked for; an unknown filter is left out."""
        given = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            text=str(given.get("text", "")).strip(),
            role=str(given.get("role", "")),
            ended=given.get("ended") == "yes",
        )
