"""The page of measures says what the docstrings say."""

import importlib
import inspect
import pkgutil

import pytest

from ordito.cohesion import measures
from ordito.cohesion.measures.reference import PAGE, page

MODULES = [
    importlib.import_module(f"ordito.cohesion.measures.{found.name}")
    for found in pkgutil.iter_modules(measures.__path__)
    if found.name != "fast"  # compiled: in an extra
]
FORMULAS = [
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]


def test_the_page_of_measures_is_up_to_date() -> None:
    assert PAGE.read_text() == page(), "run: python -m ordito.cohesion.measures.reference"


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.__qualname__)
def test_every_public_function_of_the_measures_is_described(formula: object) -> None:
    said = inspect.getdoc(formula) or ""
    assert len(said.split()) > 5


def test_no_measure_is_named_after_an_index_that_is_not_ours() -> None:
    assert "indice di turchi" not in page().lower()
