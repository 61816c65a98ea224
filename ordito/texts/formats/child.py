"""The process that parses what came by mail: `python -m ordito.texts.formats.child FILE`.

It writes blocks, or a refusal, as JSON; its memory and its time are limited before it reads.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from ordito.texts.formats.docx_reader import read_docx
from ordito.texts.formats.html_reader import read_html
from ordito.texts.formats.odt_reader import read_odt
from ordito.texts.formats.refusals import Refused

MEMORY = 1 << 30
CPU_SECONDS = 30
OUT_OF_MEMORY = 3  # any other failure is of a file that is not what it says


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    path = Path(sys.argv[1])
    try:
        answer: dict[str, object] = {"blocks": [asdict(block) for block in _read(path)]}
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except Refused as refusal:
        answer = {"refused": [refusal.code, refusal.place, refusal.detail]}
    json.dump(answer, sys.stdout)


def _read(path: Path) -> list:
    match path.suffix.lower():
        case ".docx":
            return read_docx(path)
        case ".odt":
            return read_odt(path)
        case _:
            return read_html(path.read_bytes())


if __name__ == "__main__":
    main()
