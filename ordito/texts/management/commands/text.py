"""`ordito text compare|outline|merge`: documents compared, outlined, amended."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ordito.lib.commands import ItalianCommand
from ordito.texts.documents import (
    Outputs,
    as_json,
    check_json,
    check_outputs,
    fate_text,
    load,
    refusal,
    trace_csv,
    write_all,
)
from ordito.texts.engine.canonical import Draft
from ordito.texts.engine.compare import Comparison, State, compare, compare_by_content
from ordito.texts.engine.conflicts import faults
from ordito.texts.engine.labels import Label, labels
from ordito.texts.engine.meetings import Clash
from ordito.texts.engine.merge import Merged, merge
from ordito.texts.engine.model import Version
from ordito.texts.engine.operations import Problem
from ordito.texts.engine.references import stale_references
from ordito.texts.engine.render.data import comparison_data, merge_data, outline_data
from ordito.texts.engine.render.page import as_page
from ordito.texts.engine.render.terminal import as_lines
from ordito.texts.engine.trace import Trace, trace
from ordito.texts.formats.amendments import AmendmentFile, read_amendments
from ordito.texts.formats.docx_changes import write_changes
from ordito.texts.formats.docx_writer import write_docx
from ordito.texts.formats.markdown_writer import write_markdown
from ordito.texts.formats.odt_writer import write_odt
from ordito.texts.formats.refusals import Refused
from ordito.texts.wording import FAULTS, KINDS, REMARKS, STATES, WHYS, render_words

WRITERS = {".docx": write_docx, ".odt": write_odt, ".md": write_markdown}
SHOWN = 100  # letters of a clause in an outline


class Command(ItalianCommand):
    help = _("Confronta due testi, ne mostra la struttura, fonde gli emendamenti.")

    def add_arguments(self, parser: CommandParser) -> None:
        whats = parser.add_subparsers(dest="what", required=True, metavar="COSA")
        for name, what, fill in (
            ("compare", _("che cosa è cambiato tra due testi"), self._add_compare),
            ("outline", _("i commi di un testo, numerati"), self._add_outline),
            ("merge", _("gli emendamenti dentro un testo"), self._add_merge),
        ):
            own = whats.add_parser(name, help=what, add_help=False)
            own.add_argument("-h", "--help", action="help", help=_("mostra questo aiuto"))
            fill(own)

    def _add_compare(self, parser: CommandParser) -> None:
        _add_document(parser, "old", "PRIMA")
        _add_document(parser, "new", "DOPO")
        _add_out(parser, _("dove scriverlo: .html, .docx con le revisioni, .json"))
        _add_format(parser)
        parser.add_argument(
            "--color", choices=("auto", "always", "never"), default="auto", help=_("i colori")
        )
        parser.add_argument("--all", action="store_true", help=_("mostra anche ciò che è uguale"))
        parser.add_argument("--author", default="Ordito", help=_("l'autore delle revisioni"))
        parser.add_argument("--check", action="store_true", help=_("esce con 1 se differiscono"))

    def _add_outline(self, parser: CommandParser) -> None:
        _add_document(parser, "document", "TESTO")
        _add_format(parser)

    def _add_merge(self, parser: CommandParser) -> None:
        _add_document(parser, "base", "BASE")
        parser.add_argument("amendments", type=Path, metavar="EMENDAMENTI", help=_("file JSON"))
        _add_out(parser, _("il testo consolidato: .docx, .odt, .md"))
        parser.add_argument("--changes", type=Path, help=_("lo stesso, .docx con le revisioni"))
        parser.add_argument("--trace", type=Path, help=_("chi ha chiesto che cosa: .csv, .json"))
        for name, what in (("accept", _("vince dove contrasta")), ("reject", _("resta fuori"))):
            parser.add_argument(f"--{name}", action="append", default=[], metavar="N", help=what)
        _add_format(parser)
        parser.add_argument("--check", action="store_true", help=_("riferisce e non scrive"))

    def handle(self, *_args: Any, **options: Any) -> None:
        match options["what"]:
            case "compare":
                self._compare(options)
            case "outline":
                self._outline(options)
            case _:
                self._merge(options)

    def _compare(self, options: dict[str, Any]) -> None:
        old, new = options["old"], options["new"]
        check_outputs(options["out"], (old, new), (".html", ".docx", ".json"))
        found = compare_by_content(load(old).version, load(new).version)
        words = render_words(_("Da %(old)s a %(new)s") % {"old": old.name, "new": new.name})
        makers: dict[str, Callable[[], bytes]] = {
            ".html": lambda: as_page(found, words).encode(),
            ".docx": partial(write_changes, found, options["author"]),
            ".json": lambda: as_json(comparison_data(found)),
        }
        written = write_all({path: makers[path.suffix.lower()] for path in options["out"]})
        if options["format"] == "json":
            self.stdout.write(as_json(comparison_data(found)).decode())
        else:
            colour = _wants_colour(options["color"])
            if not written:
                for line in as_lines(found, words, colour, options["all"]):
                    self.stdout.write(line)
            self.stdout.write(_summary(found))
            self._say_written(written)
        if options["check"] and not found.is_same:
            sys.exit(1)

    def _outline(self, options: dict[str, Any]) -> None:
        draft = load(options["document"])
        if options["format"] == "json":
            self.stdout.write(as_json(outline_data(draft)).decode())
            return
        for line in _outline_lines(draft):
            self.stdout.write(line)

    def _merge(self, options: dict[str, Any]) -> None:
        self._check_merge(options)
        base = load(options["base"]).version
        asked = _amendments(options["amendments"], base)
        known = {amendment.id for amendment in asked.amendments}
        for one in (*options["accept"], *options["reject"]):
            if one not in known:
                raise CommandError(_("Non c'è un emendamento «%s».") % one)
        out = {*asked.rejected, *options["reject"]} - set(options["accept"])
        kept = [amendment for amendment in asked.amendments if amendment.id not in out]
        merged = merge(base, kept, {*asked.accepted, *options["accept"]} - out)
        traced = trace(base, merged, kept)
        if options["format"] == "json":
            self.stdout.write(as_json(merge_data(base, merged, traced)).decode())
        else:
            for line in _merge_lines(base, merged, traced, sorted(out)):
                self.stdout.write(line)
        if not options["check"]:
            self._say_written(write_all(_merge_outputs(options, base, merged, traced)))
        if merged.held:
            sys.exit(1)

    def _check_merge(self, options: dict[str, Any]) -> None:
        inputs = options["base"], options["amendments"]
        check_json(options["amendments"])
        check_outputs(options["out"], inputs, tuple(WRITERS))
        check_outputs(filter(None, [options["changes"]]), inputs, (".docx",))
        check_outputs(filter(None, [options["trace"]]), inputs, (".csv", ".json"))
        if not options["check"] and not options["out"]:
            raise CommandError(
                _("Dite con --out dove scrivere, o con --check di riferire soltanto.")
            )

    def _say_written(self, paths: list[Path]) -> None:
        for path in paths:
            self.stderr.write(_("Scritto %s") % path, lambda line: line)


def _add_document(parser: CommandParser, name: str, metavar: str) -> None:
    what = _("DOCX, ODT, HTML, Markdown o testo")
    parser.add_argument(name, type=Path, metavar=metavar, help=what)


def _add_out(parser: CommandParser, what: str) -> None:
    parser.add_argument("--out", type=Path, action="append", default=[], metavar="FILE", help=what)


def _add_format(parser: CommandParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text o json")


def _wants_colour(choice: str) -> bool:
    if choice == "auto":
        return sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return choice == "always"


def _summary(found: Comparison) -> str:
    counts = found.counts
    words = [f"{STATES[state]}: {counts[state]}" for state in State if counts[state]]
    if typographic := sum(row.typographic for row in found.rows):
        words.append(_("di cui solo apostrofi e virgolette: %s") % typographic)
    return ", ".join(words) + "."


def _outline_lines(draft: Draft) -> Iterator[str]:
    found = labels(draft.version)
    for clause in draft.version:
        depth = sum(1 for _one in draft.version.above(clause.id))
        text = clause.text if len(clause.text) <= SHOWN else f"{clause.text[:SHOWN]}…"
        yield f"{'  ' * depth}{found[clause.id].full} · {KINDS[clause.kind]} · {text}".rstrip(" ·")
    counts: Counter[Any] = Counter()
    for remark in draft.remarks:
        counts[remark.sort] += remark.count
    yield ""
    yield _("Normalizzato:") if counts else _("Niente da normalizzare.")
    for sort, count in counts.items():
        details = [r.detail for r in draft.remarks if r.sort == sort and r.detail]
        yield f"  {REMARKS[sort]}: {count}" + (f" ({', '.join(details)})" if details else "")


def _amendments(path: Path, base: Version) -> AmendmentFile:
    try:
        asked = read_amendments(path, base)
    except Refused as refused:
        raise refusal(path, refused) from refused
    if wrong := faults(base, asked.amendments):
        raise CommandError("\n".join(f"{path}: {_problem_text(one, base)}" for one in wrong))
    return asked


def _problem_text(problem: Problem, base: Version) -> str:
    place = labels(base)[problem.clause].full if problem.clause in base.by_id else ""
    where = _("emendamento %s") % problem.amendment + (f", {place}" if place else "")
    return f"{where}: {FAULTS[problem.fault]}"


def _merge_lines(base: Version, merged: Merged, traced: Trace, out: list[str]) -> Iterator[str]:
    found = labels(base)
    for number, point in enumerate(merged.conflicts.points, 1):
        yield _("Punto da decidere %(number)s: %(who)s") % {
            "number": number,
            "who": ", ".join(point.amendments),
        }
        for clash in point.clashes:
            yield f"  {_clash_text(clash, found)}"
    for clash in merged.conflicts.orders:
        yield _clash_text(clash, found)
    for group in merged.conflicts.groups:
        yield _("Chiedono la stessa cosa: %s") % ", ".join(group)
    for outcome in traced.outcomes:
        yield f"{outcome.amendment.id} ({outcome.amendment.by}): {fate_text(outcome)}"
    if out:
        yield _("Lasciati fuori: %s") % ", ".join(out)
    yield from _warnings(base, merged)


def _clash_text(clash: Clash, found: dict[str, Label]) -> str:
    place = found[clash.clause].full if clash.clause in found else _("in cima al testo")
    return _("%(place)s: %(first)s e %(second)s: %(why)s") % {
        "place": place,
        "first": clash.first,
        "second": clash.second,
        "why": WHYS[clash.why],
    }


def _warnings(base: Version, merged: Merged) -> Iterator[str]:
    after = labels(merged.version)
    for clause in merged.displaced:
        yield _("%s: aggiunto dopo un comma che ora non c'è più; controllate il posto.") % (
            after[clause].full
        )
    for stale in stale_references(base, merged.version):
        yield _("%(place)s: «%(quote)s» ora %(what)s; non è stato riscritto.") % {
            "place": after[stale.clause].full,
            "quote": stale.quote,
            "what": _("è %s") % stale.label if stale.label else _("non c'è più"),
        }


def _merge_outputs(
    options: dict[str, Any], base: Version, merged: Merged, traced: Trace
) -> Outputs:
    outputs: dict[Path, Callable[[], bytes]] = {
        path: partial(WRITERS[path.suffix.lower()], merged.version) for path in options["out"]
    }
    if path := options["changes"]:
        outputs[path] = partial(write_changes, compare(base, merged.version), "Ordito")
    if path := options["trace"]:
        is_csv = path.suffix.lower() == ".csv"
        data = partial(merge_data, base, merged, traced)
        outputs[path] = partial(trace_csv, traced) if is_csv else lambda: as_json(data())
    return outputs
