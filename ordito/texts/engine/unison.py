"""Amendments that ask for the same new clause: it gets one identifier, whoever asks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ordito.texts.engine.identity import derived_id
from ordito.texts.engine.operations import Amendment, Insert, Move, Operation, Split

Made = tuple[object, int]  # what a new clause is, and how many equal ones came before it


def in_unison(amendments: Iterable[Amendment]) -> list[Amendment]:
    """The amendments in the order of their ids, with one identifier for each clause that several
    of them make, and different ones for those that are not the same."""
    first: dict[Made, str] = {}
    used: set[str] = set()
    found = []
    for amendment in sorted(amendments, key=lambda amendment: amendment.id):
        names: dict[str, str] = {}
        made: Counter[object] = Counter()
        operations = []
        for operation in amendment.operations:
            operation = _renamed(operation, names)
            if isinstance(operation, Insert | Split):
                content = replace(operation, id="")
                made[content] += 1
                own = operation.id if operation.id not in used else None
                name = first.setdefault(
                    (content, made[content]), own or derived_id(amendment.id, operation.id)
                )
                used.add(name)
                names[operation.id] = name
                operation = replace(operation, id=name)
            operations.append(operation)
        found.append(replace(amendment, operations=tuple(operations)))
    return found


def _renamed(operation: Operation, names: dict[str, str]) -> Operation:
    """The operation with its place under the names that were given."""
    if not isinstance(operation, Insert | Move):
        return operation
    parent, after = operation.parent, operation.after
    return replace(
        operation,
        parent=names.get(parent, parent) if parent else None,
        after=names.get(after, after) if after else None,
    )
