"""One file for every installation: what differs comes from the environment.

Each variable is described in docs/reference/settings.md, and a test compares the two lists.
"""

import os
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ordito.config.environment import choice, env, flag, number, refuse_unknown, web_root

ORDITO_DATA = Path(env("ORDITO_DATA", "ordito-data")).resolve()
DEMO_KEY_FILE = ORDITO_DATA / "secret_key"
SECRET_KEY_GIVEN = bool(os.environ.keys() & {"ORDITO_SECRET_KEY", "ORDITO_SECRET_KEY_FILE"})
# A demo writes its own key; such an installation answers on this machine only.
IS_DEMO = not SECRET_KEY_GIVEN and DEMO_KEY_FILE.exists()
SECRET_KEY = env("ORDITO_SECRET_KEY") or (DEMO_KEY_FILE.read_text().strip() if IS_DEMO else "")
DEBUG = flag("ORDITO_DEBUG")
SITE_ROOT = web_root("ORDITO_SITE_ROOT", "http://127.0.0.1:8000")
_SITE = urlsplit(SITE_ROOT)
_IS_HTTPS = _SITE.scheme == "https"
ALLOWED_HOSTS = [_SITE.hostname or "", *(["localhost"] if not _IS_HTTPS else [])]
CSRF_TRUSTED_ORIGINS = [SITE_ROOT]

INSTALLED_APPS = [
    "ordito.config",
    "ordito.web",
    "ordito.cohesion",
    "ordito.texts",
    "ordito.governance",
    "ordito.network",
    "ordito.archive",
    "ordito.ledger",
    "ordito.registry",
    "ordito.accounts",
    "ordito.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "ordito.web.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # below those whose headers files carry too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ordito.web.middleware.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "ordito.web.middleware.SecondFactorForStaff",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ordito.web.middleware.MethodNotAllowed",
]

ROOT_URLCONF = "ordito.config.urls"
WSGI_APPLICATION = "ordito.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ordito.web.context.around",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "ordito.ui.templatetags.ui",
            ],
        },
    }
]

_POSTGRES = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": env("ORDITO_DB_NAME", "ordito"),
    "USER": env("ORDITO_DB_USER", "ordito"),
    "PASSWORD": env("ORDITO_DB_PASSWORD"),
    "HOST": env("ORDITO_DB_HOST", "127.0.0.1"),
    "PORT": env("ORDITO_DB_PORT", "5432"),
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
_SQLITE = {
    "ENGINE": "ordito.config.sqlite",
    "NAME": str(ORDITO_DATA / "ordito.sqlite3"),
    "CONN_MAX_AGE": 60,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        " PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728;",
    },
}
_DATABASE = choice("ORDITO_DB", "sqlite", ("sqlite", "postgres"))
DATABASES = {"default": _POSTGRES if _DATABASE == "postgres" else _SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes, so that throttling counts every attempt.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Past this number rows are thrown away, and with them the count of failed attempts.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italiano")), ("en", _("Inglese"))]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
TIME_ZONE = "Europe/Rome"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ORDITO_DATA / "static"
WHITENOISE_USE_FINDERS = True
_BOOTSTRAP_ITALIA = find_spec("bootstrap_italia_template")
assert _BOOTSTRAP_ITALIA is not None
assert _BOOTSTRAP_ITALIA.origin is not None
STATICFILES_DIRS = [("bi", Path(_BOOTSTRAP_ITALIA.origin).parent / "static")]

# Uploads are read by the handler in archive, which stops at its own limit.
FILE_UPLOAD_HANDLERS = ["ordito.archive.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a roll of 1,000 organisations has four fields each

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "ordito.accounts.validators.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
ACCOUNT_ADAPTER = "ordito.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up: it gives sign-in its password
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "none"  # the office vouches for the addresses
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # accounts.views writes to them, without a sign-up link
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "50/15m/ip,10/15m/key",
    "request_login_code": "60/15m/ip,5/15m/key",  # an assembly shares one address
    "reset_password": "20/15m/ip,5/15m/key",
}
SOCIALACCOUNT_ADAPTER = "ordito.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False  # the address alone decides, each time
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ordito"
MFA_TOTP_TOLERANCE = 1  # half a minute early or late; accounts.forms accepts each code once
OIDC_SERVER = env("ORDITO_OIDC_SERVER")
OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))] if OIDC_SERVER else []
_ISSUER = {
    "provider_id": "identita",
    "name": env("ORDITO_OIDC_NAME", "SPID o CIE"),
    "client_id": env("ORDITO_OIDC_CLIENT"),
    "secret": env("ORDITO_OIDC_SECRET"),
    "settings": {"server_url": OIDC_SERVER},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_ISSUER] if OIDC_SERVER else []}
}

EMAIL_HOST = env("ORDITO_MAIL_HOST")
EMAIL_PORT = number("ORDITO_MAIL_PORT", 587)
EMAIL_HOST_USER = env("ORDITO_MAIL_USER")
EMAIL_HOST_PASSWORD = env("ORDITO_MAIL_PASSWORD")
EMAIL_USE_TLS = EMAIL_PORT == 587
if not EMAIL_HOST:  # the messages stay in a folder that the administrator can read
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = ORDITO_DATA / "mail"
DEFAULT_FROM_EMAIL = env("ORDITO_MAIL_FROM", "Ordito <ordito@localhost>")
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_NAME = "__Host-ordito" if _IS_HTTPS else "ordito"
CSRF_COOKIE_NAME = "__Host-csrf" if _IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 3600  # of rest; web.middleware ends a busy session after twelve hours
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LANGUAGE_COOKIE_SECURE = _IS_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _IS_HTTPS else 0
BEHIND_PROXY = flag("ORDITO_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose address the throttle counts
CSRF_FAILURE_VIEW = "ordito.web.views.stale"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "base-uri": [NONE],
        # The browser checks it on the way to the issuer of identities too.
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
}

refuse_unknown()
