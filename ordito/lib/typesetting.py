"""PDF/A-3a and PDF/UA-1 in one file, set by Typst from a template and plain data."""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst


def _fonts() -> Path:
    found = find_spec("bootstrap_italia_template")
    if found is None or found.origin is None:
        raise FileNotFoundError("The package bootstrap_italia_template is not installed")
    return Path(found.origin).parent / "static" / "fonts" / "Titillium_Web"


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template: it reads `data`, any JSON value, from `sys.inputs.data`.

    The same data give the same bytes. Raises typst.TypstError when the template breaks a rule
    of the standards, so that a file never claims what it is not.
    """
    return typst.compile(
        str(template),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["a-3a", "ua-1"],
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
    )
