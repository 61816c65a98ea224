"""What a password must be, said in the language of the page."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own check: its sentence is missing from the Italian catalogue of version 5.2."""

    def get_error_message(self) -> str:
        return _("La password è troppo corta: servono almeno %(min)d caratteri.") % {
            "min": self.min_length
        }
