"""Mandates and the outputs that answer them."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ordito.accounts.models import User
from ordito.governance.models import Body, Mandate, Output
from ordito.governance.rules import can_keep_bodies
from ordito.ledger.kinds import Tie, kind
from ordito.ledger.models import Interaction
from ordito.ledger.record import record
from ordito.registry.days import must_have_happened

MANDATED = kind("governance.mandated", Tie.MANDATE, _("Mandato"))
MANDATE_AMENDED = kind("governance.mandate_amended", Tie.MANDATE, _("Nuova versione del mandato"))
OUTPUT_ADDED = kind("governance.output_added", Tie.DELIVERY, _("Prodotto"))
OUTPUT_MOVED = kind("governance.output_moved", Tie.DELIVERY, _("Nuovo stato di un prodotto"))

Source = Interaction.Source


@transaction.atomic
def give_mandate(
    body: Body, *, text: str, by: User, key: str = "", source: str = Source.ACT, **details: Any
) -> Mandate:
    """Record the task given to a body; issuer and date can come later.

    Raises PermissionDenied, ValidationError, AlreadyRecorded.
    """
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    mandate = _new_mandate(body, text=text, **details)
    _record_mandate(MANDATED, mandate, by=by, key=key, source=source)
    return mandate


@transaction.atomic
def amend_mandate(mandate: Mandate, *, by: User, key: str = "", **details: Any) -> Mandate:
    """Write a new version of a mandate; the expected outputs follow it.

    Raises PermissionDenied, ValidationError when a newer version exists, AlreadyRecorded.
    """
    if not can_keep_bodies(by, mandate.body.district):
        raise PermissionDenied
    if Mandate.objects.filter(replaces=mandate).exists():
        raise ValidationError(_("Esiste già una versione più recente del mandato."), code="old")
    newer = _new_mandate(mandate.body, replaces=mandate, **details)
    mandate.outputs.update(mandate=newer)
    _record_mandate(MANDATE_AMENDED, newer, by=by, key=key, source=Source.ACT)
    return newer


@transaction.atomic
def add_output(
    body: Body,
    *,
    title: str,
    status: str,
    by: User,
    key: str = "",
    source: str = Source.ACT,
    **details: Any,
) -> Output:
    """Record a result of a body, or one that its mandate expects.

    Raises PermissionDenied, ValidationError, AlreadyRecorded.
    """
    if not can_keep_bodies(by, body.district):
        raise PermissionDenied
    output = Output(body=body, title=title, status=status, **details)
    must_have_happened(status_on=output.status_on)
    _check_output(output)
    output.save()
    _record_output(OUTPUT_ADDED, output, by=by, key=key, source=source)
    return output


@transaction.atomic
def amend_output(output: Output, *, by: User, **details: Any) -> None:
    """Change how an output is told: its title, the mandate that expects it, when it is due.

    Not in the ledger: what is done with an output is told by its states.
    Raises PermissionDenied, ValidationError.
    """
    if not can_keep_bodies(by, output.body.district):
        raise PermissionDenied
    for name, value in details.items():
        setattr(output, name, value)
    _check_output(output)
    output.save(update_fields=details)


@transaction.atomic
def set_output_status(
    output: Output,
    *,
    status: str,
    on: date,
    by: User,
    reason: str = "",
    key: str = "",
    source: str = Source.ACT,
) -> None:
    """Move an output to a new state; what is not wholly adopted needs its reason.

    Raises PermissionDenied, ValidationError also for a day to come, AlreadyRecorded.
    """
    if not can_keep_bodies(by, output.body.district):
        raise PermissionDenied
    if status in Output.NEED_REASON and not reason:
        raise ValidationError({"reason": _("Scrivete il motivo: con questo esito è necessario.")})
    must_have_happened(on=on)
    output.status, output.status_on, output.reason = status, on, reason
    output.full_clean()
    output.save(update_fields=["status", "status_on", "reason"])
    _record_output(OUTPUT_MOVED, output, by=by, key=key, source=source)


def _check_output(output: Output) -> None:
    if output.mandate and output.mandate.body_id != output.body_id:
        raise ValidationError({"mandate": _("Il mandato è di un altro organismo.")})
    output.full_clean()


def _new_mandate(body: Body, **details: Any) -> Mandate:
    mandate = Mandate(body=body, **details)
    must_have_happened(issued_on=mandate.issued_on)
    if mandate.issuer and mandate.issuer.district_id != body.district_id:
        raise ValidationError({"issuer": _("Il mandante è un organismo di un altro ambito.")})
    mandate.full_clean()
    mandate.save()
    return mandate


def _record_mandate(what: Any, mandate: Mandate, *, by: User, key: str, source: str) -> None:
    record(
        what,
        district=mandate.body.district,
        on=mandate.issued_on,
        about=mandate,
        label=mandate.body.name,
        by=by,
        facts={"body": mandate.body_id, "issuer": mandate.issuer_id, "act": mandate.act_reference},
        note=mandate.text,
        key=key,
        source=source,
    )


def _record_output(what: Any, output: Output, *, by: User, key: str, source: str) -> None:
    record(
        what,
        district=output.body.district,
        on=output.status_on,
        about=output,
        by=by,
        facts={"body": output.body_id, "status": output.status},
        note=output.reason,
        key=key,
        source=source,
    )
