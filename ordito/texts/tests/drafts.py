"""Small texts, and amendments on them, written as one would read them."""

from ordito.texts.engine import Amendment, Spot, canonicalise, faults, ids_from, labels, merge
from ordito.texts.engine.anchor import Anchor, anchored
from ordito.texts.engine.merge import Merged
from ordito.texts.engine.model import Clause, Version
from ordito.texts.engine.operations import Operation, Replace
from ordito.texts.formats.plain_reader import read_plain

RULES = """
Art. 1 - Oggetto
1. Il presente regolamento disciplina il Tavolo di rete e i suoi laboratori.
2. Il Tavolo si riunisce ogni mese presso la sede del Comune capofila:
a) per ascoltare i bisogni;
b) per leggere i dati;
c) per proporre azioni.
Art. 2 - Composizione
1. Fanno parte del Tavolo gli enti che hanno aderito alla rete.
2. Ogni ente designa un delegato e un supplente.
Art. 3 - Durata
1. Il regolamento dura tre anni, come previsto dall'art. 2 per i delegati.
"""


def text(source: str = RULES) -> Version:
    return canonicalise(read_plain(source), ids_from("prova")).version


def at(version: Version, label: str) -> Clause:
    """The clause with a label; a KeyError names those there are."""
    found = {one.full: version.by_id[clause] for clause, one in labels(version).items()}
    return found[label]


def replaced(version: Version, label: str, words: str, by: str) -> Replace:
    clause = at(version, label)
    start = clause.text.index(words)
    return Replace(clause.id, start, start + len(words), by)


def amendment(name: str, *operations: Operation) -> Amendment:
    return Amendment(name, f"Ente {name}", operations)


def merged(version: Version, *amendments: Amendment, chosen: tuple[str, ...] = ()) -> Merged:
    assert faults(version, amendments) == []
    return merge(version, amendments, chosen)


def points(result: Merged) -> list[tuple[str, ...]]:
    return [point.amendments for point in result.conflicts.points]


def note(version: Version, label: str, words: str = "", name: str = "O1") -> Anchor:
    """An observation on some words of a clause, or on the clause as a whole."""
    clause = at(version, label)
    if not words:
        return anchored(version, name, Spot(clause.id))
    start = clause.text.index(words)
    return anchored(version, name, Spot(clause.id, start, start + len(words)))


def texts(version: Version) -> list[str]:
    return [clause.text for clause in version]
