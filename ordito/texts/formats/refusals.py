"""Why a file cannot be read, and where: codes, which the doors put in words."""

from enum import StrEnum


class Refusal(StrEnum):
    MISSING = "missing"
    FOLDER = "folder"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    ZIP_BOMB = "zip_bomb"
    ENTITIES = "entities"
    NOT_THAT_FORMAT = "not_that_format"
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    TOO_COSTLY = "too_costly"
    # of a file of amendments
    NOT_JSON = "not_json"
    WRONG_SHAPE = "wrong_shape"
    QUOTE_ABSENT = "quote_absent"
    QUOTE_REPEATED = "quote_repeated"
    CLAUSE_ABSENT = "clause_absent"
    OTHER_BASE = "other_base"


class Refused(Exception):
    """A file that cannot be used.

    place   "paragraph:12", "line:3", "part:word/document.xml", a path in a JSON file; may be empty
    detail  the word, the size or the limit that the refusal is about
    """

    def __init__(self, code: Refusal, place: str = "", detail: str = "") -> None:
        super().__init__(code, place, detail)
        self.code, self.place, self.detail = code, place, detail
