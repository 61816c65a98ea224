"""Every address of the site, with arguments from the demonstration and the roles that see it.

A route that is in no table fails `test_every_route_is_looked_at_or_says_why_not`.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

ANYONE = ("anonymous", "delegate", "staff")
SIGNED_IN = ("delegate", "staff")
STAFF = ("staff",)
NOBODY_YET = ("anonymous",)

WHERE = {"district": "valprova"}
BODY = WHERE | {"body": "{lab}"}
CLOSED, OPEN = BODY | {"day": "{closed}"}, BODY | {"day": "{open}"}

# route: arguments (names in braces are samples of the demonstration), and who sees the page
PAGES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "web:home": ({}, ANYONE),
    "web:desk": ({}, SIGNED_IN),
    "web:notices": ({}, ANYONE),
    "web:districts": ({}, ANYONE),
    "web:district": (WHERE, ANYONE),
    "web:privacy": (WHERE, ANYONE),
    "web:accessibility": (WHERE, ANYONE),
    "cohesion:labs": (WHERE, ANYONE),
    "cohesion:lab": (BODY, ANYONE),
    "governance:bodies": (WHERE, ANYONE),
    "governance:body_new": (WHERE, STAFF),
    "governance:body": (BODY, ANYONE),
    "governance:body_edit": (BODY, STAFF),
    "governance:member_new": (BODY, STAFF),
    "governance:member_end": (BODY | {"pk": "{adhesion}"}, STAFF),
    "governance:body_role_new": (BODY, STAFF),
    "governance:body_role_end": (BODY | {"pk": "{body_role}"}, STAFF),
    "governance:delegate_new": (BODY, STAFF),
    "governance:delegate_end": (BODY | {"pk": "{designation}"}, STAFF),
    "governance:mandate_new": (BODY, STAFF),
    "governance:mandate_amend": (BODY | {"pk": "{mandate}"}, STAFF),
    "governance:output_new": (BODY, STAFF),
    "governance:output_edit": (BODY | {"pk": "{output}"}, STAFF),
    "governance:output_status": (BODY | {"pk": "{output}"}, STAFF),
    "governance:meeting_new": (BODY, STAFF),
    "governance:meeting": (CLOSED, ANYONE),
    "governance:meeting_edit": (CLOSED, STAFF),
    "governance:meeting_cancel": (OPEN, STAFF),
    "governance:attendance": (OPEN, STAFF),
    "governance:attendance_revise": (CLOSED, STAFF),
    "governance:scan_file": (CLOSED, STAFF),
    "governance:calendar": (WHERE, ANYONE),
    "governance:deadline_new": (WHERE, STAFF),
    "governance:of_organisation": ({"slug": "{organisation}"}, ANYONE),
    "network:organisations": (WHERE, ANYONE),
    "network:organisation": ({"slug": "{organisation}"}, ANYONE),
    "network:organisation_new": (WHERE, STAFF),
    "network:affiliation_new": (WHERE, STAFF),
    "network:organisation_edit": (WHERE | {"organisation": "{organisation}"}, STAFF),
    "network:affiliation_end": (WHERE | {"organisation": "{organisation}"}, STAFF),
    "network:people": (WHERE, STAFF),
    "network:person_new": (WHERE, STAFF),
    "network:person": (WHERE | {"uid": "{person}"}, STAFF),
    "network:roles": (WHERE, STAFF),
    "network:role_new": (WHERE, STAFF),
    "network:role_end": (WHERE | {"pk": "{role}"}, STAFF),
    "network:notices": (WHERE, STAFF),
    "network:feedback": (WHERE, ANYONE),
    "network:feedback_received": (WHERE, STAFF),
    "network:feedback_settle": (WHERE | {"pk": "{feedback}"}, STAFF),
    "ledger:entries": (WHERE, ANYONE),
    "ledger:entry": (WHERE | {"seq": "{entry}"}, ANYONE),
    "account_login": ({}, NOBODY_YET),
    "account_logout": ({}, SIGNED_IN),
    "account_inactive": ({}, NOBODY_YET),
    "account_request_login_code": ({}, NOBODY_YET),
    "account_confirm_login_code": ({}, NOBODY_YET),
    "account_reauthenticate": ({}, STAFF),
    "account_change_password": ({}, SIGNED_IN),
    "account_reset_password": ({}, NOBODY_YET),
    "account_reset_password_done": ({}, NOBODY_YET),
    "account_reset_password_from_key": ({"uidb36": "1", "key": "spent-link"}, NOBODY_YET),
    "account_reset_password_from_key_done": ({}, NOBODY_YET),
    "mfa_index": ({}, SIGNED_IN),
    "mfa_activate_totp": ({}, SIGNED_IN),
    "socialaccount_login_cancelled": ({}, NOBODY_YET),
}

# route: why no page of it is looked at there
NO_PAGE = {
    "web:alive": "a word for machines",
    "web:ready": "a word for machines",
    "cohesion:labs_file": "a file",
    "cohesion:lab_file": "a file",
    "governance:calendar_feed": "a file",
    "governance:signature_sheet": "a file",
    "governance:scan": "a file",
    "governance:attendance_correct": "answers a form and leads back to the meeting",
    "governance:deadline_remove": "answers a form and leads back to the calendar",
    "ledger:entries_csv": "a file",
    "set_language": "leads back to the page",
    "account_set_password": "for who has no password: nobody in the demonstration",
    "mfa_authenticate": "test_second_factor looks at it",
    "mfa_reauthenticate": "test_second_factor looks at it",
    "mfa_deactivate_totp": "test_second_factor looks at it",
    "mfa_view_recovery_codes": "test_second_factor looks at it",
    "mfa_generate_recovery_codes": "test_second_factor looks at it",
    "mfa_download_recovery_codes": "a file",
    "openid_connect_login": "leads to the issuer of identities",
    "openid_connect_callback": "answers the issuer of identities",
}

# Lists that hold nothing, and other states of a page that has an address: who sees it
STATES = {
    "/ambiti/valprova/enti/?nome=nessuno": "anonymous",
    "/ambiti/valprova/persone/?nome=nessuno": "staff",
    "/ambiti/valprova/registrazioni/?ente=nessuno": "anonymous",
    "/ambiti/tradate/a-che-punto-siamo/": "anonymous",
    "/ambiti/tradate/organismi/rete-del-welfare-relazionale/": "anonymous",
    "/ambiti/tradate/": "melzo",
    "/ambiti/melzo/": "melzo",
    "/ambiti/melzo/privacy/": "anonymous",
    "/ambiti/melzo/segnalazioni/ricevute/": "melzo",
    "/ambiti/melzo/a-che-punto-siamo/": "anonymous",
    "/ambiti/melzo/organismi/labgo-migra/incontri/2016-12-12/": "melzo",
    "/accesso/codice/conferma/?codice=ABC123": "anonymous",
    "/pagina-che-non-esiste/": "anonymous",
    "/ambiti/valprova/persone/": "delegate",
}


def routes() -> Iterator[str]:
    """The name of every route, with its namespace."""
    yield from _routes(get_resolver().url_patterns, "")


def _routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _routes(pattern.url_patterns, inside)
        else:
            yield f"{prefix}{pattern.name}"


def address(route: str, samples: dict[str, Any]) -> str:
    """The address of a page of the demonstration."""
    arguments, _roles = PAGES[route]
    filled = {
        name: value.format_map(samples) if isinstance(value, str) else value
        for name, value in arguments.items()
    }
    return reverse(route, kwargs=filled)
