"""Every setting of an instance. What may differ from place to place is read from the environment, here at the top."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.logs import configure_structlog, logging_settings
from config.secrets import read_or_make_secret


def text(name: str, default: str = "") -> str:
    """Return an environment variable without surrounding blanks."""
    return os.environ.get(name, "").strip() or default


def yes(name: str, default: bool = False) -> bool:
    """Return an environment variable as a yes or no; refuses anything but 1, yes, true, 0, no, false."""
    said = text(name).lower()
    if said not in {"", "1", "yes", "true", "0", "no", "false"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {said!r}.")
    return said in {"1", "yes", "true"} if said else default


def whole(name: str, default: int) -> int:
    """Return an environment variable as a whole number; refuses anything else."""
    said = text(name)
    if said and not said.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {said!r}.")
    return int(said) if said else default


def words(name: str, default: str = "") -> list[str]:
    """Return an environment variable as a list, split at commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


BASE = Path(__file__).resolve().parent.parent

# --- What the environment may say -------------------------------------------------------------------------

VAR = Path(text("SHANGLIANG_VAR", str(BASE / "var")))
DATABASE_URL = text("DATABASE_URL")
DEBUG = yes("SHANGLIANG_DEBUG")
HTTPS = yes("SHANGLIANG_HTTPS")
ALLOWED_HOSTS = words("SHANGLIANG_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("SHANGLIANG_ORIGINS")
PUBLIC_ADDRESS = text("SHANGLIANG_ADDRESS")  # where residents find us; mails lead there
BEHIND_PROXY = yes("SHANGLIANG_BEHIND_PROXY")
PROXY_HOPS = max(1, whole("SHANGLIANG_PROXY_HOPS", 1))
LOG_LEVEL = text("SHANGLIANG_LOG_LEVEL", "INFO").upper()
SECRET_KEY = text("SHANGLIANG_SECRET_KEY")
SECRET_KEY_FALLBACKS = words("SHANGLIANG_OLD_SECRET_KEYS")
PEPPER = text("SHANGLIANG_PEPPER")
VAULT_KEY = text("SHANGLIANG_VAULT_KEY")
SESSION_HOURS = whole("SHANGLIANG_SESSION_HOURS", 10)
EMAIL_HOST = text("SHANGLIANG_MAIL_HOST")
EMAIL_PORT = whole("SHANGLIANG_MAIL_PORT", 25)
EMAIL_HOST_USER = text("SHANGLIANG_MAIL_USER")
EMAIL_HOST_PASSWORD = text("SHANGLIANG_MAIL_PASSWORD")
EMAIL_USE_TLS = yes("SHANGLIANG_MAIL_STARTTLS")
EMAIL_USE_SSL = yes("SHANGLIANG_MAIL_TLS")
DEFAULT_FROM_EMAIL = text("SHANGLIANG_MAIL_FROM", "shangliang@localhost")

# --- The instance's own folder: database, files, secrets, mail ----------------------------------------------

VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRETS = VAR / "secrets"
SECRET_KEY = SECRET_KEY or read_or_make_secret(SECRETS, "secret_key", 64)
PEPPER = PEPPER or read_or_make_secret(SECRETS, "pepper", 32)
VAULT_KEY = VAULT_KEY or read_or_make_secret(SECRETS, "vault_key", 32)
FILES_ROOT = VAR / "files"
STATIC_ROOT = VAR / "static"
for folder in (FILES_ROOT, STATIC_ROOT):
    folder.mkdir(mode=0o700, exist_ok=True)

# --- Database: one SQLite file, or PostgreSQL by its address -------------------------------------------------

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4000;"
    "PRAGMA secure_delete=ON;"  # what is erased is written over with zeros, not only forgotten
)


def sqlite_database(pragmas: str = SQLITE_PRAGMAS) -> dict[str, Any]:
    """Return the database settings for one SQLite file: writers queue at once instead of failing midway."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "shangliang.sqlite3",
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 4, "init_command": pragmas},
    }


def postgresql_database(url: str) -> dict[str, Any]:
    """Return the database settings for a PostgreSQL address; refuses any other kind."""
    database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or be left out for SQLite.")
    options = {"connect_timeout": 3, **database.get("OPTIONS", {})}
    return {**database, "ATOMIC_REQUESTS": False, "OPTIONS": options}


DATABASES = {"default": postgresql_database(DATABASE_URL) if DATABASE_URL else sqlite_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Parts, in the order of the arrow rule -----------------------------------------------------------------

OUR_APPS = [
    "shangliang.foundation",
    "shangliang.ui",
    "shangliang.people",
    "shangliang.members",
    "shangliang.sorting",
    "shangliang.reports",
    "shangliang.exchange",
    "shangliang.protection",
    "shangliang.topics",
    "shangliang.hotspots",
    "shangliang.consultations",
    "shangliang.delivery",
    "shangliang.outcomes",
    "shangliang.programmes",
    "shangliang.statistics",
    "shangliang.portal",
    "shangliang.instance",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "csp",
    *OUR_APPS,
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shangliang.foundation.middleware.RequestLog",
    "csp.middleware.CSPMiddleware",
    "shangliang.foundation.middleware.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shangliang.people.middleware.SignedInOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shangliang.foundation.middleware.HonestDatabaseError",
    "shangliang.people.middleware.ActingAs",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "shangliang.ui.context.chrome",
            ],
        },
    }
]

# --- Who signs in --------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "config.sign_in.NamelessDevice"
AXES_CLIENT_IP_CALLABLE = "config.sign_in.no_address"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = (
    "username"  # as the sign-in form calls it; the library would look for "login" and lock nobody
)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "shangliang.people.views.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# The check asks to lock by network address too. We keep none, and nothing but the name is counted, so a change
# of browser does not get around the lock.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# --- Language and time ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------------
# "default" may be pointed at any Django storage (S3-compatible among them) by a settings file of your own
# that begins with `from config.settings import *`. No address under which files lie open exists: one view
# asks who is looking, at each request.

STATIC_URL = "/static/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": FILES_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "config.static_files.CollectedOrPlain"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 9 * 1024 * 1024  # a table to import (8 MB) never lies unsealed on disk

# --- Mail --------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
PUBLIC_ADDRESS = (
    PUBLIC_ADDRESS
    or next(iter(CSRF_TRUSTED_ORIGINS), "")
    or f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.')}"
).rstrip("/")
EMAIL_TIMEOUT = 10
EMAIL_FROM_DOMAIN = DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]

# --- What browsers are told ----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],  # what somebody just recorded, before it is sent
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "shangliang.people.views.errors.csrf_failure"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

# --- Logs ----------------------------------------------------------------------------------------------------------

configure_structlog()
LOGGING = logging_settings(LOG_LEVEL)
