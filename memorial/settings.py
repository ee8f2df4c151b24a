"""Settings, one file: every value that differs between machines comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEVELOPMENT_SECRET = "development-only-not-a-secret"  # noqa: S105 (refused in production below)


def env_bool(name: str, *, default: bool) -> bool:
    """Read a yes or no; anything else stops the start."""
    text = os.environ.get(name, "").strip().lower()
    if text == "":
        return default
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is neither yes nor no: {text!r}")


def env_list(name: str, *, default: list[str]) -> list[str]:
    """Read words separated by commas."""
    text = os.environ.get(name, "")
    return [word.strip() for word in text.split(",") if word.strip()] or default


def env_count(name: str) -> int:
    """Read how many there are; none where nothing is said, and anything else stops the start."""
    text = os.environ.get(name, "").strip() or "0"
    if text.isascii() and text.isdigit():
        return int(text)
    raise ImproperlyConfigured(f"{name} is no number: {text!r}")


def database(url: str) -> dict[str, Any]:
    """Read `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # Writers wait for one another instead of failing, and take the lock when they begin.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path.removeprefix("/") if parts.path != "/:memory:" else ":memory:",
            # What it has read stays in its memory for the next request.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # What is deleted, as the address of a contributor, is overwritten in the file. In
                # the usual 2 MB neither the vocabulary of names nor a batch of an import fits.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                    " PRAGMA cache_size=-65536;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            # A database that was restarted is found anew, and one that is gone is not waited for.
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5},
        }
    raise ImproperlyConfigured(f"DATABASE_URL is neither sqlite nor postgresql: {parts.scheme!r}")


def mail_server(url: str) -> dict[str, Any]:
    """Read `smtp://USER:PASSWORD@HOST:PORT/?tls=1` (STARTTLS), or `smtps://…` (TLS throughout)."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query, keep_blank_values=True)
    tls = asked.pop("tls", ["0"])
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or asked:
        raise ImproperlyConfigured("EMAIL_URL is not smtp://USER:PASSWORD@HOST:PORT/?tls=1")
    if tls not in (["0"], ["1"]) or (parts.scheme == "smtps" and tls == ["1"]):
        raise ImproperlyConfigured("EMAIL_URL: tls is 1 or 0, and smtps needs none")
    ports = {"smtps": 465, "smtp": 587 if tls == ["1"] else 25}
    return {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": tls == ["1"],
        "ssl": parts.scheme == "smtps",
    }


DEBUG = env_bool("DEBUG", default=True)
SECRET_KEY = os.environ.get("SECRET_KEY", DEVELOPMENT_SECRET)
if not DEBUG and SECRET_KEY == DEVELOPMENT_SECRET:
    raise ImproperlyConfigured("SECRET_KEY must be set when DEBUG is off.")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# Proxies in front, each of which adds to X-Forwarded-For whom it was asked by.
TRUSTED_PROXIES = env_count("TRUSTED_PROXIES")
READ_ONLY = env_bool("READ_ONLY", default=False)
OPERATOR_NAME = os.environ.get("OPERATOR_NAME", "")
OPERATOR_CONTACT = os.environ.get("OPERATOR_CONTACT", "")

INSTALLED_APPS = [
    "registry",
    "registry.admin.apps.RegistryAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "registry.web.logs.RequestLog",
    "registry.web.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # After the language, so that their pages are in it; before all that could refuse.
    "registry.web.errors.HonestErrors",
    "registry.web.readonly.ReadOnly",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "registry.admin.access.SecondFactorRequired",
]

ROOT_URLCONF = "memorial.urls"
WSGI_APPLICATION = "memorial.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "registry.web.context.site",
            ],
        },
    },
]

FORM_RENDERER = "registry.web.inputs.InputRenderer"

DATABASES = {
    "default": database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'registry.sqlite3'}"))
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "registry",
        # Rate limits live here: room enough that nobody pushes another's count out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("uk", "Українська")]
LOCALE_PATHS = [BASE_DIR / "registry" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# The first lets nothing by that is larger, or more, than what is taken: of a whole folder that
# somebody chose the page says so. The others are Django's own.
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
FILE_UPLOAD_HANDLERS = [
    "registry.web.uploading.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
# The columns of the search, of no use to anybody else; never inside what is served.
COLUMNS_ROOT = Path(os.environ.get("COLUMNS_ROOT", VAR_DIR / "columns"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# Sessions live in a signed cookie: the database keeps no trace of who was here, and when.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
# It goes with the browser: for a year it would tell that somebody had filled in a form here.
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "registry.web.owning.forged"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A family of forty with forty pictures is reviewed as one form: some 4,700 fields at the most.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
if not DEBUG:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked for on the machine itself
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Only staff have accounts, and an administrator makes them: nobody signs up.
ACCOUNT_ADAPTER = "registry.admin.access.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# A new password ends every other session by itself; this one goes on to enrolment.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Registry of names"
# A code read at the end of its half minute, or off a clock that is a little wrong, is good.
MFA_TOTP_TOLERANCE = 1

# Mail goes out by a command alone. Without a server, development prints it, and production sends
# none and asks nobody for an address.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("MAIL_FROM", "")
EMAIL_TIMEOUT = 10
if EMAIL_URL := os.environ.get("EMAIL_URL", ""):
    if not DEFAULT_FROM_EMAIL:
        raise ImproperlyConfigured("MAIL_FROM must be set where EMAIL_URL is.")
    _server = mail_server(EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _server["host"], _server["port"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server["user"], _server["password"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _server["tls"], _server["ssl"]
else:
    DEFAULT_FROM_EMAIL = DEFAULT_FROM_EMAIL or "registry@localhost"
    EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"
# Where it is told that a submission waits; nothing of what it says.
STAFF_MAIL = os.environ.get("STAFF_MAIL", "")

# Lines of JSON that name nobody. Django and gunicorn would write addresses and queries.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "registry.web.logs.JsonLines"}},
    "filters": {"unseen": {"()": "registry.web.logs.Unseen"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["unseen"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "registry": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        # What was refused stands in the line of its request.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": ["nowhere"], "propagate": False},
    },
}
