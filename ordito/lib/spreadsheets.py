"""Texts that spreadsheets open without running them."""

# Plain and full-width signs: some programs read the second as the first.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def inert(cell: object) -> str:
    """The text of a cell; one that a spreadsheet would run begins with an apostrophe.

    Spaces and quotes before the sign do not hide it. Source: OWASP, CSV injection.
    """
    text = str(cell)
    return f"'{text}" if text.lstrip(" \"'\n").startswith(FORMULA_STARTS) else text
