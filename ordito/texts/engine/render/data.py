"""Comparisons, outlines and merges as plain data, for JSON."""

from typing import Any

from ordito.texts.engine.canonical import Draft, Remark
from ordito.texts.engine.compare import Comparison, Row
from ordito.texts.engine.labels import labels
from ordito.texts.engine.merge import Merged
from ordito.texts.engine.model import Version
from ordito.texts.engine.render.pieces import pieces
from ordito.texts.engine.trace import Trace

Data = dict[str, Any]


def comparison_data(comparison: Comparison) -> Data:
    return {
        "format": "ordito-comparison/1",
        "old": comparison.old.hash,
        "new": comparison.new.hash,
        "level": comparison.level,
        "counts": {state: count for state, count in sorted(comparison.counts.items())},
        "clauses": [_row_data(row) for row in comparison.rows],
    }


def _row_data(row: Row) -> Data:
    return {
        "id": row.clause.id,
        "kind": row.clause.kind,
        "state": row.state,
        "old_label": row.old_label,
        "new_label": row.new_label,
        "relative": row.relative,
        "reparented": row.reparented,
        "formatted": row.formatted,
        "typographic": row.typographic,
        "unsure": row.unsure,
        "level": row.diff.level,
        "pieces": [
            [piece, text] for piece, text in pieces(row.old.text if row.old else "", row.diff)
        ],
    }


def outline_data(draft: Draft) -> Data:
    found = labels(draft.version)
    return {
        "format": "ordito-outline/1",
        "hash": draft.version.hash,
        "clauses": [
            {
                "id": clause.id,
                "label": found[clause.id].full,
                "kind": clause.kind,
                "parent": clause.parent,
                "text": clause.text,
                "hash": clause.hash,
            }
            for clause in draft.version
        ],
        "remarks": [_remark_data(remark) for remark in draft.remarks],
    }


def _remark_data(remark: Remark) -> Data:
    return {
        "sort": remark.sort,
        "place": remark.place,
        "count": remark.count,
        "clause": remark.clause,
        "detail": remark.detail,
    }


def merge_data(base: Version, merged: Merged, traced: Trace) -> Data:
    found = labels(base)

    def name(clause: str) -> str:
        return found[clause].full if clause in found else ""

    return {
        "format": "ordito-merge/1",
        "base": base.hash,
        "result": merged.version.hash,
        "points": [
            {
                "amendments": list(point.amendments),
                "clauses": [name(clause) for clause in point.clauses],
                "clashes": [
                    {"clause": name(c.clause), "why": c.why, "between": [c.first, c.second]}
                    for c in point.clashes
                ],
            }
            for point in merged.conflicts.points
        ],
        "orders": [
            {"after": name(clash.clause), "between": [clash.first, clash.second]}
            for clash in merged.conflicts.orders
        ],
        "co_proposers": [list(group) for group in merged.conflicts.groups],
        **trace_data(traced),
    }


def trace_data(traced: Trace) -> Data:
    return {
        "amendments": [
            {
                "id": outcome.amendment.id,
                "by": outcome.amendment.by,
                "reason": outcome.amendment.reason,
                "fate": outcome.fate,
                "because_of": list(outcome.because_of),
            }
            for outcome in traced.outcomes
        ],
        "changes": [
            {
                "clause": line.clause,
                "origin": line.origin or "deleted",
                "old_label": line.old_label,
                "new_label": line.new_label,
                "old_text": line.old_text,
                "new_text": line.new_text,
                "asked_by": [{"amendment": one.id, "by": one.by} for one in line.asked],
            }
            for line in traced.lines
        ],
    }
