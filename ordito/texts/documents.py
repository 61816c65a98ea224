"""Documents that a command reads and writes: by their names, with refusals in words."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from ordito.texts.engine.canonical import Draft, canonicalise
from ordito.texts.engine.identity import digest, ids_from
from ordito.texts.engine.trace import Fate, Outcome, Trace
from ordito.texts.formats.files import write_whole
from ordito.texts.formats.reading import check_file, read_document
from ordito.texts.formats.refusals import Refused
from ordito.texts.wording import FATES, refusal_text

JSON_LIMIT = 5 * 2**20
Outputs = Mapping[Path, Callable[[], bytes]]


def load(path: Path) -> Draft:
    """The text of a document. A file read twice has the same identifiers for the same text.

    Raises CommandError, naming the file, the place and the remedy.
    """
    try:
        blocks = read_document(path)
    except Refused as refused:
        raise refusal(path, refused) from refused
    seed = digest("\n".join(block.text for block in blocks))
    return canonicalise(blocks, ids_from(seed))


def check_json(path: Path) -> None:
    try:
        check_file(path, JSON_LIMIT)
    except Refused as refused:
        raise refusal(path, refused) from refused


def refusal(path: Path, refused: Refused) -> CommandError:
    return CommandError(f"{path}: {refusal_text(refused)}")


def check_outputs(paths: Iterable[Path], inputs: Iterable[Path], suffixes: Iterable[str]) -> None:
    """Raises CommandError for a name that cannot be written, before any work is done."""
    inputs = [path.resolve() for path in inputs]
    for path in paths:
        if path.suffix.lower() not in suffixes:
            known = ", ".join(suffixes)
            raise CommandError(_("%s: qui si scrivono solo file %s.") % (path, known))
        if not path.parent.is_dir():
            raise CommandError(_("%s: la cartella non c'è. Createla, o cambiate nome.") % path)
        if path.resolve() in inputs:
            raise CommandError(_("%s: è uno dei documenti letti. Scegliete un altro nome.") % path)


def write_all(outputs: Outputs) -> list[Path]:
    """Make every document, then write each whole; nothing is written if one cannot be made."""
    made = {path: make() for path, make in outputs.items()}
    for path, data in made.items():
        try:
            write_whole(path, data)
        except OSError as error:
            raise CommandError(
                _("%(path)s: non si può scrivere (%(why)s). Controllate spazio e permessi.")
                % {"path": path, "why": error.strerror}
            ) from error
    return list(made)


def as_json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def trace_csv(traced: Trace) -> bytes:
    """One line for each clause changed and amendment that asked it, then what is not in the
    text; for a spreadsheet in Italian."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            _("Etichetta nuova"),
            _("Etichetta di prima"),
            _("Emendamento"),
            _("Proposto da"),
            _("Motivo"),
            _("Esito"),
            _("Testo di prima"),
            _("Testo nuovo"),
        ]
    )
    for line in traced.lines:
        for one in line.asked:
            fate = FATES[Fate.APPLIED]
            writer.writerow(
                map(
                    _as_text,
                    (
                        line.new_label,
                        line.old_label,
                        one.id,
                        one.by,
                        one.reason,
                        fate,
                        line.old_text,
                        line.new_text,
                    ),
                )
            )
    for outcome in traced.outcomes:
        if outcome.fate is not Fate.APPLIED:
            one = outcome.amendment
            cells = ("", "", one.id, one.by, one.reason, fate_text(outcome), "", "")
            writer.writerow(map(_as_text, cells))
    return out.getvalue().encode("utf-8-sig")


def fate_text(outcome: Outcome) -> str:
    return str(FATES[outcome.fate]).format(others=", ".join(outcome.because_of))


def _as_text(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
