"""The one door for reading a document: limits first, office files in a process of their own."""

import json
import subprocess
import sys
from pathlib import Path

from ordito.texts.engine.blocks import Block, Cell
from ordito.texts.engine.model import Kind, Mark, Number, Style
from ordito.texts.formats.child import OUT_OF_MEMORY
from ordito.texts.formats.markdown_reader import read_markdown
from ordito.texts.formats.package import FILE_LIMIT
from ordito.texts.formats.plain_reader import read_plain
from ordito.texts.formats.refusals import Refusal, Refused

TEXTS = {".md": read_markdown, ".markdown": read_markdown, ".txt": read_plain}
APART = (".docx", ".odt", ".html", ".htm")  # parsed by C libraries, or unpacked
TEXT_LIMIT = 5 * 2**20
BLOCKS_LIMIT, BLOCK_LIMIT = 50_000, 500_000
SECONDS = 60


def read_document(path: Path) -> list[Block]:
    """The blocks of a DOCX, ODT, HTML, Markdown or plain text file.

    Raises Refused with what is wrong and where; nothing in the file can make this process grow
    or wait: office files and HTML are parsed in another, which has its own limits.
    """
    suffix = path.suffix.lower()
    if suffix not in (*TEXTS, *APART):
        raise Refused(Refusal.UNKNOWN_FORMAT, detail=suffix)
    check_file(path, FILE_LIMIT if suffix in (".docx", ".odt") else TEXT_LIMIT)
    blocks = _apart(path) if suffix in APART else TEXTS[suffix](decoded(path.read_bytes()))
    if len(blocks) > BLOCKS_LIMIT:
        raise Refused(Refusal.TOO_LONG, detail=str(BLOCKS_LIMIT))
    for block in blocks:
        if len(block.text) > BLOCK_LIMIT:
            raise Refused(Refusal.TOO_LONG, block.place, str(BLOCK_LIMIT))
    if not any(block.text.strip() or block.rows for block in blocks):
        raise Refused(Refusal.EMPTY)
    return blocks


def check_file(path: Path, limit: int) -> None:
    """Raises Refused unless there is a file that can be read, no larger than `limit` bytes."""
    if path.is_dir():
        raise Refused(Refusal.FOLDER)
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise Refused(Refusal.MISSING) from error
    except OSError as error:
        raise Refused(Refusal.UNREADABLE, detail=error.strerror or "") from error
    if size > limit:
        raise Refused(Refusal.TOO_LARGE, detail=f"{limit // 2**20} MB")
    if not size:
        raise Refused(Refusal.EMPTY)


def decoded(data: bytes) -> str:
    """A text file in UTF-8, in UTF-16 with its mark, or in the old Windows code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise Refused(Refusal.NOT_TEXT)
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(Refusal.NOT_TEXT)


def _apart(path: Path) -> list[Block]:
    command = [sys.executable, "-m", "ordito.texts.formats.child", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused(Refusal.TOO_COSTLY) from error
    if done.returncode < 0 or done.returncode == OUT_OF_MEMORY:  # stopped by its limits
        raise Refused(Refusal.TOO_COSTLY)
    if done.returncode:
        raise Refused(Refusal.BROKEN)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        code, place, detail = answer["refused"]
        raise Refused(Refusal(code), place, detail)
    return [_block(data) for data in answer["blocks"]]


def _block(data: dict) -> Block:
    number = data["number"]
    return Block(
        Kind(data["kind"]),
        data["text"],
        data["level"],
        Number(Style(number["style"]), number["start"], number["suffix"]) if number else None,
        _marks(data),
        data["place"],
        tuple(
            tuple(Cell(cell["text"], _marks(cell), tuple(cell["span"])) for cell in row)
            for row in data["rows"]
        ),
        data["value"],
    )


def _marks(data: dict) -> tuple[Mark, ...]:
    return tuple(Mark(mark["start"], mark["end"], mark["kind"]) for mark in data["marks"])
