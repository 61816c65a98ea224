"""Who gets what answer from every address: the rules of the house in one table.

Each line names its route, what fills its address, and the status of GET and POST by role. POST
is sent with an empty form: 422 or 302 means that the person was let in. The house is at home in
one district: `stranger` coordinates another one, `former` left the office yesterday, `suspended`
still coordinates it and may no longer sign in.
"""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = (
    "anonymous",
    "delegate",
    "mayor",
    "regional",
    "staff",
    "coordinator",
    "stranger",
    "former",
    "suspended",
)
WITH_ROLE = ("delegate", "mayor", "regional", "staff", "coordinator")
OUTSIDE = ("stranger", "former")
NOT_SIGNED_IN = ("anonymous", "suspended")
Statuses = dict[str, int]


def everyone(status: int) -> Statuses:
    return dict.fromkeys(ROLES, status)


def signed_in(status: int) -> Statuses:
    """The others are sent to sign in."""
    return everyone(status) | dict.fromkeys(NOT_SIGNED_IN, 302)


def office(status: int) -> Statuses:
    """The plan office; a role in the district is not enough, and a stranger finds nothing."""
    return signed_in(403) | dict.fromkeys(OUTSIDE, 404) | {"staff": status, "coordinator": status}


def coordinator(status: int) -> Statuses:
    return office(403) | {"coordinator": status}


def inside(status: int) -> Statuses:
    """Whoever has a role in the district; the page does not exist for all others."""
    return everyone(404) | dict.fromkeys(WITH_ROLE, status)


@dataclass(frozen=True)
class Line:
    """The answers of one address. `address` is words as `argument=what`, or the same for both."""

    address: str
    get: Statuses
    post: Statuses

    @property
    def is_public(self) -> bool:
        return self.get["anonymous"] == 200


def page(address: str = "district") -> Line:
    return Line(address, everyone(200), everyone(405))


def form(address: str, answer: int = 422) -> Line:
    return Line(address, office(200), office(answer))


IN_BODY = "district body"
IN_MEETING = "district body day"

TABLE: dict[str, Line] = {
    "web:home": page(""),
    "web:desk": Line("", signed_in(200), signed_in(405)),
    "web:notices": page(""),
    "web:districts": page(""),
    "web:district": page(),
    "web:privacy": page(),
    "web:accessibility": page(),
    "web:alive": page(""),
    "web:ready": page(""),
    "set_language": Line("", everyone(302), everyone(302)),
    "cohesion:labs": page(),
    "cohesion:labs_file": page("district extension=csv"),
    "cohesion:lab": page(IN_BODY),
    "cohesion:lab_file": page(IN_BODY + " extension=ods"),
    "governance:bodies": page(),
    "governance:body": page(IN_BODY),
    "governance:body_new": form("district"),
    "governance:body_edit": form(IN_BODY),
    "governance:member_new": form(IN_BODY),
    "governance:member_end": form(IN_BODY + " pk=adhesion"),
    "governance:delegate_new": form(IN_BODY),
    "governance:delegate_end": form(IN_BODY + " pk=designation"),
    "governance:body_role_new": form(IN_BODY),
    "governance:body_role_end": form(IN_BODY + " pk=body_role"),
    "governance:mandate_new": form(IN_BODY),
    "governance:mandate_amend": form(IN_BODY + " pk=mandate"),
    "governance:output_new": form(IN_BODY),
    "governance:output_edit": form(IN_BODY + " pk=output"),
    "governance:output_status": form(IN_BODY + " pk=output"),
    "governance:meeting_new": form(IN_BODY),
    "governance:meeting": page(IN_MEETING),
    "governance:meeting_edit": form(IN_MEETING, 302),  # every field of it may be empty
    "governance:meeting_cancel": form("district body day=open"),
    "governance:attendance": form("district body day=open"),
    "governance:attendance_correct": Line(IN_MEETING, office(302), office(422)),
    "governance:attendance_revise": form(IN_MEETING),
    "governance:signature_sheet": Line(IN_MEETING, office(200), signed_in(405)),
    "governance:scan_file": form(IN_MEETING),
    "governance:scan": Line(IN_MEETING + " uid=scan", office(200), signed_in(405)),
    "governance:calendar": page(),
    "governance:calendar_feed": page(),
    "governance:deadline_new": form("district"),
    "governance:deadline_remove": Line("district pk=deadline", office(302), office(302)),
    "governance:of_organisation": page("slug=organisation"),
    "network:organisations": page(),
    "network:organisation": page("slug=organisation"),
    "network:organisation_new": form("district"),
    "network:organisation_edit": form("district organisation"),
    "network:affiliation_new": form("district"),
    "network:affiliation_end": form("district organisation"),
    "network:people": Line("district", office(200), signed_in(405)),
    "network:person_new": form("district"),
    "network:person": form("district uid=person"),
    "network:roles": Line("district", office(200), signed_in(405)),
    "network:role_new": Line("district", coordinator(200), coordinator(422)),
    "network:role_end": Line("district pk=role", coordinator(200), coordinator(302)),
    "network:notices": Line("district", coordinator(200), coordinator(302)),
    "network:feedback": Line("district", everyone(200), everyone(422)),
    "network:feedback_received": Line("district", office(200), signed_in(405)),
    "network:feedback_settle": form("district pk=feedback"),
    "ledger:entries": page(),
    "ledger:entries_csv": page(),
    "ledger:entry": page("district seq=entry"),
}

# The same routes, when what they show is not published: it does not exist for who has no role.
NOT_PUBLISHED: list[tuple[str, Line]] = [
    ("governance:body", Line("district body=hidden", inside(200), everyone(405))),
    (
        "governance:meeting",
        Line("district body=hidden day=hidden_day", inside(200), everyone(405)),
    ),
    ("network:organisation", Line("slug=unlisted", inside(200), everyone(405))),
    ("governance:of_organisation", Line("slug=unlisted", inside(200), everyone(405))),
    ("governance:body_edit", form("district body=hidden")),
    ("network:organisation_edit", form("district organisation=unlisted")),
]


def routes() -> list[str]:
    """The name of every address of the site, with its space."""
    return _names(get_resolver())


def _names(resolver: URLResolver, space: str = "") -> list[str]:
    names = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            names += _names(entry, inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            names.append(space + entry.name)
    return names


# Sign-in: what fills the address, then the status of GET for who is not signed in and for a
# delegate with a password. No issuer of identities is set; a password reset has a used link.
SIGN_IN: dict[str, tuple[str, int, int]] = {
    "account_login": ("", 200, 302),
    "account_logout": ("", 302, 200),
    "account_inactive": ("", 200, 200),
    "account_request_login_code": ("", 200, 302),
    "account_confirm_login_code": ("", 200, 302),
    "account_reauthenticate": ("", 302, 200),
    "account_change_password": ("", 302, 200),
    "account_set_password": ("", 302, 302),
    "account_reset_password": ("", 200, 200),
    "account_reset_password_done": ("", 200, 200),
    "account_reset_password_from_key": ("uidb36=1 key=set-password", 200, 200),
    "account_reset_password_from_key_done": ("", 200, 200),
    "mfa_index": ("", 302, 200),
    "mfa_authenticate": ("", 302, 302),
    "mfa_reauthenticate": ("", 302, 302),
    "mfa_activate_totp": ("", 302, 200),
    "mfa_deactivate_totp": ("", 302, 404),
    "mfa_view_recovery_codes": ("", 302, 404),
    "mfa_generate_recovery_codes": ("", 302, 200),
    "mfa_download_recovery_codes": ("", 302, 404),
    "socialaccount_login_cancelled": ("", 200, 200),
    "openid_connect_login": ("provider_id=identita", 404, 404),
    "openid_connect_callback": ("provider_id=identita", 404, 404),
}
