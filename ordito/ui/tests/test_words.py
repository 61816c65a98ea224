"""What forms answer by themselves."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from ordito.ui.fields import ChoiceToMake


class Letter(forms.Form):
    name = forms.CharField(max_length=5)
    email = forms.EmailField()
    kind = ChoiceToMake(choices=[("a", "A")])
    pages = forms.IntegerField(max_value=9)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({}, "Non lasciatelo vuoto: qui serve una risposta."),
        ({"name": "lunghissimo"}, "Accorciate il testo: 5 caratteri al massimo, ora sono 11."),
        ({"email": "non un indirizzo"}, "Scrivete un indirizzo di posta come nome@esempio.it"),
        ({"kind": "z"}, "Scegliete una delle voci proposte."),
        ({"pages": "molte"}, "Scrivete un numero in cifre."),
        ({"pages": "12"}, "Scrivete un numero fino a 9."),
    ],
)
def test_a_form_says_politely_what_to_do(written, said):
    form = Letter(written)

    assert not form.is_valid()
    assert said in form.errors[next(iter(written), "name")]


def test_a_table_answers_in_the_same_words():
    with pytest.raises(ValidationError, match="Non lasciatelo vuoto"):
        models.CharField("nome").clean("", None)


def test_a_choice_to_make_begins_with_none():
    assert '<option value="" selected>Scegliete</option>' in str(Letter()["kind"])
