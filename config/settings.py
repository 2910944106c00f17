"""Django's settings. Every value that a machine decides comes from `config.env`."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environ import Env

from config import desk, env

django_stubs_ext.monkeypatch()

BASE_DIR = env.BASE_DIR
DEBUG = env.DEBUG
DEMO = env.DEMO

if env.ROLE in ("web", "worker") and not env.SECRET_KEY:
    env.refuse("Set SECRET_KEY: web processes and workers share it, or none would believe what another signed.")
SECRET_KEY = env.SECRET_KEY or get_random_secret_key()
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
ALLOWED_HOSTS = env.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = env.CSRF_TRUSTED_ORIGINS

INSTALLED_APPS = [
    # Its plain form: the admin site is our own, which `config.apps` names.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "pgtrigger",
    "pghistory",
    "restrictions",
    "dashboard",
]

MIDDLEWARE = [
    # First, so that whatever the others log names the request.
    "config.tracing.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages are tables: a tenth of their size when packed. Django pads the answers against guessing at secrets.
    "django.middleware.gzip.GZipMiddleware",
    "config.policy.ContentPolicyMiddleware",
    "config.programs.ProgramsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.sessions.SessionLimitMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    # Last, as its authors ask: it answers a locked-out sign-in before any view does.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- The database. The pool is for web processes only: Celery closes a pool around each task.
DATABASES: dict[str, dict[str, Any]] = {"default": Env.db_url_config(env.DATABASE_URL)}
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5}
if env.ROLE == "web":
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.WEB_THREADS, "timeout": 10}
    # Without a look at it first, each pooled connection that a restart of the server has cut costs a visitor a page.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The audit trail says when a row changed, not when its transaction began.
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"
# Reading writes nothing; asking who reads would open a session for every page and keep caches from holding it.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")


# --- Valkey or Redis: wake-ups on the given database, the cache on the next. Losing either loses nothing.
def _cache_url(broker: str) -> str:
    """The same server, the database after the broker's: a cache that is emptied takes no wake-up with it."""
    parts = urlsplit(broker)
    return urlunsplit(parts._replace(path=f"/{int(parts.path.strip('/') or 0) + 1}"))


CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _cache_url(env.REDIS_URL),
        "KEY_PREFIX": "caveat",
        # Nothing waits for a cache that does not answer.
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}

CELERY_BROKER_URL = env.REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page that wakes the worker must not hang on a broker that is down: the sweep finds the work anyway.
# `max_retries`: kombu tries again for six seconds otherwise. A worker that has lost its broker has tries of its own.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "max_retries": 0, "visibility_timeout": 600}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_DB_REUSE_MAX = 1000
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "restrictions.tasks.sweep", "schedule": 60.0},
    "feeds": {"task": "restrictions.tasks.read_feeds", "schedule": 60.0},
    "tell_programs": {"task": "restrictions.tasks.tell_programs", "schedule": 60.0},
    "mail_readers": {"task": "restrictions.tasks.mail_readers", "schedule": 60.0},
    "drop_old": {"task": "restrictions.tasks.drop_old", "schedule": crontab(hour="3", minute="17")},
    "forget_visitors": {"task": "restrictions.tasks.forget_visitors", "schedule": 6 * 3600.0},
}

# --- The optional model coder
CODER_URL = env.CODER_URL
CODER_KEY = env.CODER_KEY
CODER_MODEL = env.CODER_MODEL

# --- Where the public reaches the site: the addresses in messages and mails begin so
SITE_URL = env.SITE_URL

# --- Mails: to the console unless a server is named
_mail = Env.email_url_config(env.EMAIL_URL)
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_HOST_USER = _mail["EMAIL_HOST"] or "localhost", _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_PORT = _mail["EMAIL_PORT"] or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.MAIL_FROM

# --- What is sent along when feeds and articles are fetched
CONTACT = env.CONTACT

# --- Who may sign in
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
_JUDGES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_JUDGES}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_JUDGES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_JUDGES}.CommonPasswordValidator"},
    {"NAME": f"{_JUDGES}.NumericPasswordValidator"},
]
# However little somebody does: a session begins with a sign-in of that day. `config.sessions` ends idle ones sooner.
SESSION_COOKIE_AGE = 12 * 3600
OTP_TOTP_ISSUER = "Caveat"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["ip_address", ["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Sign-ins stand in the audit log, without an address.
AXES_DISABLE_ACCESS_LOG = True
# Whoever is locked out gets the answer that a wrong password gets, after as much work.
AXES_LOCKOUT_CALLABLE = "config.signing_in.same_answer"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# --- What browsers are told
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = env.HTTPS
# A balancer or a container asks the program itself, past the proxy that has the certificate.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if env.HTTPS else 0
# Both would promise something about the other hosts of the owner's domain, of which we know nothing.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if env.TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "config.visitors.address_behind_proxy"

# --- Releases of the data
DATA_LICENCE = env.DATA_LICENCE
RELEASES_DIR = env.RELEASES_DIR

# --- How long is kept what nobody needs
IRRELEVANT_BODIES_DAYS = env.IRRELEVANT_BODIES_DAYS

# --- Who may read /metrics, beside this machine itself
METRICS_TOKEN = env.METRICS_TOKEN
TRUST_PROXY = env.TRUST_PROXY

CODING_LEASE = env.CODING_LEASE

# --- What one token may hand in in a minute
API_REQUESTS_PER_MINUTE = env.API_REQUESTS_PER_MINUTE
API_DISPATCHES_PER_MINUTE = env.API_DISPATCHES_PER_MINUTE

# --- What is read through the API in a minute, from one address or with one token
API_READS_PER_MINUTE = env.API_READS_PER_MINUTE
API_TOKEN_READS_PER_MINUTE = env.API_TOKEN_READS_PER_MINUTE

# --- Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), *env.MORE_LANGUAGES]
# Set for those alone who chose English against their browser's wish.
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- Static files: named by their content, so that a browser keeps them for ever
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "config.static.NamedByContent"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- Logs: one line an event, on standard error
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.LOG_LEVEL},
    "loggers": {"django": {"handlers": [], "level": env.LOG_LEVEL, "propagate": True}},
}

UNFOLD = desk.UNFOLD
