"""What every form of the workspace says when something was left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_CHOOSE, _WRITE = _("Choose one."), _("Write something here.")


class StaffForm(forms.Form):
    """A form whose refusals say what to do."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = _CHOOSE if is_choice else _WRITE
