"""An office file opened with suspicion: sizes first, no entities, nothing outside it."""

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from ordito.texts.formats.refusals import Refusal, Refused

FILE_LIMIT = 20 * 2**20
UNPACKED_FLOOR, UNPACKED_LIMIT = 16 * 2**20, 200 * 2**20
RATIO = 10
PARTS = 5_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an encrypted or a pre-2007 document


class Package:
    """The parts of a DOCX or an ODT. Raises Refused when it is not whole, or is a trap."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            if file.read(len(OLE)) == OLE:
                raise Refused(Refusal.ENCRYPTED)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise Refused(Refusal.BROKEN) from error
        self._check(path.stat().st_size)

    def _check(self, size: int) -> None:
        """The directory tells the sizes, and no part is read beyond what it tells."""
        parts = self._zip.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise Refused(Refusal.ENCRYPTED)
        unpacked = sum(part.file_size for part in parts)
        allowed = min(max(RATIO * size, UNPACKED_FLOOR), UNPACKED_LIMIT)
        if unpacked > allowed or len(parts) > PARTS:
            raise Refused(Refusal.ZIP_BOMB, detail=f"{unpacked // 2**20} MB")

    def has(self, name: str) -> bool:
        return name in self._zip.namelist()

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part, None when there is no such part."""
        if not self.has(name):
            return None
        try:
            data = self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Refused(Refusal.BROKEN, f"part:{name}") from error
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Refused(Refusal.ENTITIES, f"part:{name}")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            code = Refusal.TOO_DEEP if "depth" in str(error) else Refusal.BROKEN
            raise Refused(code, f"part:{name}") from error
        if root.getroottree().docinfo.doctype:  # in an encoding where the scan could not see it
            raise Refused(Refusal.ENTITIES, f"part:{name}")
        return root
