"""Running an act on behalf of a form."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import BaseForm


def accepted(form: BaseForm, act: Callable[[], object]) -> bool:
    """Run the act; a refusal becomes an error of the form, on its field where it has one."""
    try:
        act()
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            for name, them in refusal.error_dict.items():
                form.add_error(name if name in form.fields else None, them)
        else:
            form.add_error(None, refusal)
        return False
    return True
