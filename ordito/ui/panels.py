"""How a lower page shows an upper thing: the upper app registers the address of a panel."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Panel:
    """A fragment of another app, shown on a hub page: its address takes the thing's slug."""

    url_name: str
    label: object  # a lazy translation

    def about(self, thing: Any) -> dict[str, object]:
        return {"url": reverse(self.url_name, args=[thing.slug]), "label": self.label}


PANELS: dict[str, list[Panel]] = {}


def register_panel(place: str, url_name: str, label: object) -> None:
    """Show the page `url_name` inside the hub page `place`. Called in an app's ready()."""
    PANELS.setdefault(place, []).append(Panel(url_name, label))
