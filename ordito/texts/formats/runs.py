"""Text gathered piece by piece, with the marks of each piece."""

from dataclasses import dataclass, field

from ordito.texts.engine.model import Mark


@dataclass
class Runs:
    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, piece: str, kinds: frozenset[str] = frozenset()) -> None:
        start = len(self.text)
        self.text += piece
        if piece:
            self.marks += [Mark(start, len(self.text), kind) for kind in sorted(kinds)]

    def extend(self, other: "Runs", between: str = "") -> None:
        """Add the text and the marks of another, after a separator when neither is empty."""
        if self.text and other.text:
            self.text += between
        at = len(self.text)
        self.text += other.text
        self.marks += [Mark(mark.start + at, mark.end + at, mark.kind) for mark in other.marks]
