"""Reading the forms of a page as a browser does, and filling them as a person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "hr", "img", "source"}


@dataclass
class Control:
    """A control of a form: `kind` is the type of the input, or `select`, or `textarea`."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    id: str = ""
    described_by: str = ""
    is_invalid: bool = False
    is_checked: bool = False


@dataclass
class Form:
    """A form of a page: where it sends, and its controls by name."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    is_multipart: bool = False


class Page(HTMLParser):
    """The forms of a page, the text of each element that has an id, and the text of all."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, str] = {}
        self.text = ""
        self._stack: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._open: Control | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if has.get("id"):
            self.by_id.setdefault(has["id"], "")
        if tag not in VOID:
            self._stack.append((tag, has.get("id", "")))
        if tag == "form":
            kind = has.get("method", "get")
            self._form = Form(has.get("action", ""), kind, is_multipart="enctype" in has)
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, has)

    def _control(self, tag: str, has: dict[str, str]) -> None:
        assert self._form is not None
        if tag in {"input", "select", "textarea"} and has.get("name"):
            kind = has.get("type", "text") if tag == "input" else tag
            self._open = Control(
                name=has["name"],
                kind=kind,
                value=has.get("value", ""),
                id=has.get("id", ""),
                described_by=has.get("aria-describedby", ""),
                is_invalid=has.get("aria-invalid") == "true",
                is_checked="checked" in has,
            )
            self._form.controls.setdefault(has["name"], self._open)
        elif tag == "option" and self._open is not None:
            self._open.options.append(has.get("value", ""))
            if "selected" in has:
                self._open.value = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = self._open = None
        elif tag in {"textarea", "select"} and self._open is not None:
            # A browser leaves out the line end that follows the tag.
            self._open.value = self._open.value.removeprefix("\n")
            self._open = None
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open is not None and self._open.kind == "textarea":
            self._open.value += data
        for _tag, its_id in self._stack:
            if its_id:
                self.by_id[its_id] += data

    @property
    def sheets(self) -> list[Form]:
        """The forms of the page itself: those of its header send elsewhere."""
        return [
            form
            for form in self.forms
            if form.method == "post" and not form.action.startswith(("/accesso/", "/lingua/"))
        ]


# What a person writes where the type of the control does not say it.
USUAL = {
    "date": "2026-03-10",
    "time": "17:30",
    "email": "scrive@example.org",
    "url": "https://www.example.org/pagina/",
    "number": "1",
    "text": "Un testo",
    "textarea": "Un testo\nsu due righe",
    "tel": "02 123",
}
# A meeting ends after it begins.
BY_NAME = {"ends_at": "18:30"}
# The codes of organisations are checked, and a text is none: left empty.
LEFT_EMPTY = {"fiscal_code", "vat_number", "runts"}


def filled(form: Form) -> dict[str, str]:
    """What the form sends when every field is filled, with the first choice of each list."""
    return {
        name: value
        for name, control in form.controls.items()
        if (value := _written(control)) is not None
    }


def _written(control: Control) -> str | None:
    if control.name in LEFT_EMPTY:
        return ""
    if control.kind == "hidden":
        return control.value
    if control.kind == "checkbox":
        return "1" if control.is_checked else None
    if control.kind == "select":
        return control.value or next((option for option in control.options if option), "")
    if control.kind == "file":
        return None
    return control.value or BY_NAME.get(control.name) or USUAL.get(control.kind, "")
