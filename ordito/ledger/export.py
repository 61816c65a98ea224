"""The ledger of a district as a zip that strangers can check without Ordito."""

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ordito.ledger.standalone import verifica
from ordito.ledger.verify import Stored, stored_entries
from ordito.registry.models import District

README = """\
REGISTRO DELL'AMBITO: {name}

registrazioni.jsonl  una registrazione per riga, in ordine, con la sua impronta
testi.jsonl          i testi liberi e il loro sale: possono contenere dati personali
verifica.py          il controllo: python3 verifica.py

Le registrazioni non contengono nomi di persone. Un testo cancellato manca da testi.jsonl e il
registro resta intero. Per vedere anche un taglio in fondo, o un registro riscritto per intero,
serve un punto di controllo: l'esito di «ordito verify --format json» conservato altrove.
  python3 verifica.py --from controllo.json
Esito: 0 intero, 1 alterato, 2 non si può dire.

LEDGER OF THE DISTRICT: {name}

registrazioni.jsonl  one entry per line, in order, with its hash
testi.jsonl          the free texts and their salts: they may hold personal data
verifica.py          the check: python3 verifica.py

Entries name no persons. An erased text is missing from testi.jsonl and the ledger stays whole.
To see a tail cut off, or a ledger rewritten as a whole, too, you need a checkpoint: the output of
"ordito verify --format json", kept elsewhere.
  python3 verifica.py --from controllo.json
Exit status: 0 whole, 1 altered, 2 cannot tell.
"""
# One instant for every file, so that the same ledger gives the same bytes.
_STAMP = (1980, 1, 1, 0, 0, 0)


def export(district: District, path: Path) -> int:
    """Write the ledger to `path` and return how many entries it holds.

    The file appears whole or not at all. Raises OSError.
    """
    with _appearing(path) as target, zipfile.ZipFile(target, "w") as archive:
        texts = []
        with archive.open(_member(verifica.ENTRIES), "w", force_zip64=True) as lines:
            for entry in stored_entries(district):
                lines.write(entry_line(entry).encode())
                texts.append(text_line(entry))
        archive.writestr(_member(verifica.TEXTS), "".join(texts))
        archive.writestr(_member("verifica.py"), Path(verifica.__file__).read_bytes())
        archive.writestr(_member("LEGGIMI.txt"), README.format(name=district.name))
    return len(texts)


def entry_line(entry: Stored) -> str:
    return f'{{"entry":{entry.form},"hash":{json.dumps(entry.hash)}}}\n'


def text_line(entry: Stored) -> str:
    """The free text of an entry as a line; nothing where there is none."""
    if entry.note is None:
        return ""
    salt, text = entry.note
    return json.dumps({"seq": entry.seq, "salt": salt, "text": text}, ensure_ascii=False) + "\n"


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _STAMP)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name only once it is whole and on disk."""
    folder = path.resolve().parent
    handle, beside = tempfile.mkstemp(dir=folder, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
            target.flush()
            os.fsync(handle)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    parent = os.open(folder, os.O_RDONLY)
    os.fsync(parent)
    os.close(parent)
