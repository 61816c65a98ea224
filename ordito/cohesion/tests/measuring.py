"""The command `ordito measure` as the tests call it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def measured(*files, **options):
    out = io.StringIO()
    call_command("measure", *files, stdout=out, format="json", **options)
    return json.loads(out.getvalue())


def quick(*files, **options):
    return measured(*files, draws=0, no_bands=True, **options)


def refusal(*files, **options):
    with pytest.raises(CommandError) as caught:
        quick(*files, **options)
    return str(caught.value)


def value(unit, name):
    return unit["measures"][name]["value"]
