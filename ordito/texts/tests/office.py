"""Office files made by hand, the good and the bad."""

import io
import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODF = " ".join(
    f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "text", "table", "style")
)


def packed(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def docx_of(path: Path, body: str, **parts: str) -> Path:
    """A DOCX with this body in WordprocessingML; parts such as numbering="..." go in word/."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    others = {f"word/{name}.xml": data for name, data in parts.items()}
    return packed(path, {"word/document.xml": document, **others})


def odt_of(path: Path, body: str, styles: str = "") -> Path:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return packed(path, {"content.xml": content})


def paragraph(text: str, settings: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def encrypted_zip(path: Path) -> Path:
    packed(path, {"word/document.xml": "x"})
    data = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    path.write_bytes(data)
    return path


def zip_bomb(path: Path) -> Path:
    """Two hundred megabytes and more of nothing, packed small."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _n in range(17):
            part.write(bytes(2**20))
    path.write_bytes(out.getvalue())
    return path
