"""The words in which an entry is read: roles, facts, and what its reader may see of its subject."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.ledger.models import Interaction
from ordito.ledger.record import ABSENT, EXCUSED, GUEST, MEMBER, PRESENT
from ordito.registry.models import Affiliation

ROLES = {
    PRESENT: _("presente"),
    GUEST: _("ospite"),
    EXCUSED: _("assente giustificato"),
    ABSENT: _("assente"),
    MEMBER: _("parte"),
}
FACTS = {
    "roster": _("enti con diritto a partecipare"),
    "present": _("enti presenti"),
    "guests": _("enti ospiti"),
    "excused": _("enti assenti giustificati"),
    "people": _("persone presenti"),
    "act": _("estremi dell'atto"),
    "ground": _("a titolo di"),
    "signed": _("modulo firmato"),
    "quality": _("qualità"),
    "sha256": _("impronta del file"),
    "media_type": _("formato del file"),
}
# Numbers by which the apps above find their rows: they say nothing to a reader.
INTERNAL = frozenset({"body", "issuer"})
VALUES = {
    **dict(Affiliation.Ground.choices),
    "titular": _("delegato titolare"),
    "substitute": _("supplente"),
}

Subject = tuple[str, str]  # type and id


def facts_in_words(entry: Interaction) -> list[tuple[str, str]]:
    """The facts of an entry, label and value; a name that this version does not know still shows."""
    known = [name for name in FACTS if name in entry.facts]
    others = [name for name in entry.facts if name not in FACTS and name not in INTERNAL]
    return [
        _fact(entry, name, entry.facts[name])
        for name in known + others
        if entry.facts[name] not in (None, "", [], {})
    ]


def _fact(entry: Interaction, name: str, value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return str(FACTS.get(name, name)), gettext("sì") if value else gettext("no")
    if name in FACTS:
        return str(FACTS[name]), str(VALUES.get(value, value) if isinstance(value, str) else value)
    # A fact with the name of a field of the subject reads as that field does.
    try:
        field = _model(entry.subject_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name, str(value)
    if not isinstance(field, models.Field):
        return name, str(value)
    return str(field.verbose_name), str(dict(field.flatchoices).get(value, value))


def hidden_subjects(entries: Iterable[Interaction], user: User | AnonymousUser) -> set[Subject]:
    """The subjects of the entries that the user may not see: one query for each type.

    A subject that is no longer there is not hidden: the entry outlives it.
    """
    by_type: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        by_type[entry.subject_type].add(entry.subject_id)
    return {(kind, str(pk)) for kind, ids in by_type.items() for pk in _hidden_ids(kind, ids, user)}


def _hidden_ids(kind: str, ids: set[str], user: User | AnonymousUser) -> Iterable[Any]:
    try:
        subjects = _model(kind)._default_manager.order_by()
    except (LookupError, ValueError):
        return ids  # a type of a version to come, or of an app taken out: nobody can say
    # Whatever enters the ledger as a subject has visible_to(), as every read has.
    visible = subjects.visible_to(user)  # type: ignore[attr-defined]  # every subject has it
    hidden = subjects.filter(pk__in=ids).exclude(pk__in=visible.values("pk"))
    return hidden.values_list("pk", flat=True)


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)
