"""The components of the pages: each is a tag, and none knows a model."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ordito.ui.panels import PANELS

register = template.Library()

# The only place where a tone becomes a colour: always beside a word, never instead of it.
TONES = {
    "neutral": "secondary",
    "info": "primary",
    "good": "success",
    "warn": "warning",
    "bad": "danger",
}


@register.inclusion_tag("ui/icon.html")
def icon(name: str) -> dict[str, str]:
    """A decorative icon of Bootstrap Italia, hidden from assistive technology."""
    return {"name": name}


@register.inclusion_tag("ui/badge.html")
def badge(label: object, tone: str = "neutral") -> dict[str, object]:
    """A word in a coloured frame; the tone is a key of TONES."""
    return {"label": label, "class": TONES[tone]}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(trail: Iterable[tuple[str, str]], here: object) -> dict[str, object]:
    """The way back: pairs of label and address, then the page itself."""
    return {"trail": trail, "here": here}


@register.simple_tag(takes_context=True)
def surroundings(context: dict[str, Any]) -> Any:
    """What stands around the page of a district; None on a page of no district."""
    return context["around"].of(context.get("district"), context.get("trail") or [])


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field with its label, help and errors tied to it."""
    described = [bound.auto_id + "_help"] if bound.help_text else []
    if bound.errors:
        described.append(bound.auto_id + "_error")
    attrs: dict[str, Any] = {"class": _widget_class(bound)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    is_group = bound.widget_type in {"radioselect", "checkboxselectmultiple"}
    if is_group:
        attrs = {"class": "form-check-input"}
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attrs),
        "is_check": bound.widget_type == "checkbox",
        "is_group": is_group,
    }


def _widget_class(bound: BoundField) -> str:
    base = {"checkbox": "form-check-input", "select": "form-select"}.get(
        bound.widget_type, "form-control"
    )
    return f"{base} is-invalid" if bound.errors else base


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> dict[str, object]:
    """The error summary of a form and all its fields, in order."""
    return {"form": form}


@register.inclusion_tag("ui/errors.html")
def errors(form: BaseForm) -> dict[str, object]:
    """What is wrong in a form, each line a link to its field."""
    lines = [(form[name], them) for name, them in form.errors.items() if name != "__all__"]
    return {
        "whole": form.non_field_errors(),
        "lines": lines,
        "any": bool(form.errors),
        "fields": bool(form.fields),
    }


@register.simple_block_tag
def callout(content: str, title: str = "", tone: str = "info") -> SafeString:
    """A boxed note with a title."""
    return format_html(
        '<div class="callout-box tone-{}"><p class="callout-title">{}</p>{}</div>',
        tone,
        title,
        content,
    )


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2) -> SafeString:
    """A section with a heading and a frame."""
    return format_html(
        '<section class="panel"><h{} class="panel-title">{}</h{}>{}</section>',
        level,
        title,
        level,
        content,
    )


@register.simple_block_tag
def scroller(content: str, label: str = "") -> SafeString:
    """A wide table in its own scroller, reachable by keyboard."""
    return format_html(
        '<div class="scroller" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Any) -> dict[str, object]:
    """Links to the other pages of a list, keeping the filters of the address."""
    query = context["request"].GET.copy()
    query.pop("pagina", None)
    return {"page": page, "query": query.urlencode()}


@register.inclusion_tag("ui/panels.html")
def panels(place: str, thing: Any) -> dict[str, object]:
    """What the apps above show about a thing, each behind a link of its own."""
    return {"panels": [panel.about(thing) for panel in PANELS.get(place, [])]}


@register.filter
def percent(share: float | Fraction | None) -> str:
    """A share as a percentage with one decimal, in the language of the page; n.d. when unknown."""
    if share is None:
        return _("n.d.")
    return f"{floatformat(float(share) * 100, 1)}%"
