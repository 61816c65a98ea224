"""Texts, dates, ids and files that no form should stumble on."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "robustness"
DIGITS = "9" * 5_000  # more than Python turns into a number
TEXTS = {
    "five hundred characters": "x" * 500,
    "a hundred thousand characters": "x" * 100_000,
    "apostrophes and quotes": "D'Amico \"L'Àncora\" & C. d'Italia",
    "composed accents": "Società è già",
    "decomposed accents": "Societa\u0300 e\u0300 gia\u0300",
    "right-to-left": "\u202egnillac\u202c \u05e9\u05dc\u05d5\u05dd",
    "zero width": "Ra\u200bma\ufeff\u2060",
    "nothing that shows": "\u200b\u200d\ufeff",
    "spaces": " \t\u00a0\u3000 ",
    "a NUL": "prima\x00dopo",
    "control characters": "a\x01\x08\x1b[31m\x7f\x85b",
    "emoji and far planes": "👩\u200d👧 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U0010fffd",
    "markup": "\"'><script>alert(1)</script><img src=x onerror=alert(2)>",
    "a template": "{{ request.user.password }}{% debug %}${7*7}",
    "a query": "'; DROP TABLE registry_person; --",
    "a formula": '=HYPERLINK("http://x.example";"qui")',
    "formats": "%s%n%(name)s{0}{x.__class__}",
    "line ends": "uno\r\ndue\rtre\u2028quattro",
    "a path": "../../../../etc/passwd\x00.png",
    "digits": DIGITS,
}
ALONE = ("five hundred characters", "nothing that shows", "a NUL", "digits")
BRIEF_TEXTS = ("a hundred thousand characters", "a NUL", "markup")
BAD_DATES = (
    "30/02/2016",
    "0000-00-00",
    "99999-01-01",
    "2026-13-45",
    "ieri",
    "<b>1/1</b>",
    DIGITS,
    "12/03/26\x00",
)
FAR_DATES = ("0001-01-01", "9999-12-31")
BAD_IDS = ("abc", "-1", "0", DIGITS, "1e3", "\x00", "٣٤٥٦٧٨٩", str(2**63), "1 OR 1=1", "<i>")
BAD_FILES = {
    "a program named as a PDF": ("foglio.pdf", b"MZ\x90\x00" + b"\x00" * 600),
    "a page named as a PDF": ("foglio.pdf", b"<html><script>alert(1)</script></html>"),
    "an empty file": ("foglio.pdf", b""),
    "almost a PDF": ("foglio.pdf", b" %PDF-1.4"),
    "a drawing that runs scripts": ("foglio.png", b"<svg onload='alert(1)'/>"),
    "a table": ("foglio.jpg", b"PK\x03\x04" + b"\x00" * 600),
}
GOOD_FILES = {
    "a PDF named as a program": ("foglio.exe", b"%PDF-1.4\n%%EOF"),
    "a path for a name": ("../../etc/passwd", b"%PDF-1.4\n1"),
    "a name that turns round": ("foglio\u202efdp.exe", b"%PDF-1.4\n2"),
    "a very long name": ("f" * 400 + ".pdf", b"%PDF-1.4\n3"),
    "a name with markup": ('"><script>alert(1)</script>.pdf', b"%PDF-1.4\n4"),
    "a name with line ends": ("a\r\nSet-Cookie: x=1.pdf", b"%PDF-1.4\n5"),
}
ENGLISH = re.compile(
    r"This field|Enter a|Ensure |Select a valid|is not one of|is not a valid|already exists"
    r"|Null characters|Please|required\b"
)


def naughty() -> list[str]:
    """The Big List of Naughty Strings, empty where it is not beside the project."""
    path = DATA / "blns" / "blns.json"
    return json.loads(path.read_text()) if path.is_file() else []


def attacks(at_most: int) -> list[str]:
    """Markup that runs scripts in some browser: so many, spread over the whole list."""
    path = DATA / "xss" / "payloadbox_xss.txt"
    lines = path.read_text(errors="replace").splitlines() if path.is_file() else []
    return [line for line in lines if line.strip()][:: max(1, len(lines) // at_most)][:at_most]


class Upload:
    """A form with one file of so many bytes, made while it is read."""

    BOUNDARY = "confine"

    def __init__(self, size: int) -> None:
        head = (
            f"--{self.BOUNDARY}\r\nContent-Disposition: form-data;"
            ' name="scan"; filename="foglio.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-'
        ).encode()
        tail = f"\r\n--{self.BOUNDARY}--\r\n".encode()
        self.length = len(head) + size - 5 + len(tail)
        self._parts = self._made(head, size - 5, tail)
        self._left = b""

    @staticmethod
    def _made(head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        block = bytes(65_536)
        yield head
        for _number in range(size // len(block)):
            yield block
        yield block[: size % len(block)]
        yield tail

    def read(self, size: int = 65_536) -> bytes:
        while len(self._left) < size and (part := next(self._parts, b"")):
            self._left += part
        given, self._left = self._left[:size], self._left[size:]
        return given

    readline = read  # asked for, and never used where the content is multipart

    @property
    def environment(self) -> dict[str, object]:
        """The request that carries it."""
        return {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": f"multipart/form-data; boundary={self.BOUNDARY}",
            "CONTENT_LENGTH": str(self.length),
            "wsgi.input": self,
        }
