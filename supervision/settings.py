"""All settings. Every variable of the environment is read here, and listed in .env.example."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from supervision import environment
from supervision.services import embedded
from supervision.services.places import Places

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load(BASE_DIR / ".env")

# --- The installation -----------------------------------------------------------------------------

FUND_HOME = environment.folder("FUND_HOME", BASE_DIR / "var")
WAREHOUSE = environment.folder("WAREHOUSE", FUND_HOME / "warehouse")
MONITOR_ENGINE = environment.choice("MONITOR_ENGINE", ("node", "cluster"))
SPARK_MASTER = environment.text("SPARK_MASTER", "local[*]")
SPARK_WAREHOUSE = environment.text("SPARK_WAREHOUSE").rstrip("/")
MEDIA_ROOT = FUND_HOME / "files"
SECRET_KEY = environment.kept_secret("SECRET_KEY", FUND_HOME / "secret_key")
DEBUG = environment.flag("DEBUG")

# Its scheme decides whether cookies and redirects insist on https.
SITE_URL = environment.web_address("SITE_URL", "http://127.0.0.1:8000")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or [
    str(urlsplit(SITE_URL).hostname),
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "supervision.services",  # first: its `migrate` and `flush` act as the database's owner
    "institutions.apps.AdministrationConfig",  # django.contrib.admin with our door
    "institutions",  # before auth: its `changepassword` is written down
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "supervision.audit",
    "supervision.clocks",
    "supervision.documents",
    "supervision.ledger",
    "supervision.knowledge",
    "claims",
    "supervision.monitoring",
    "supervision.laboratory",
    "supervision.review",
    "supervision.hearing",
    "supervision.cases",
    "supervision.onsite",
    "supervision.complaints.vault",
    "supervision.complaints.gate",
    "supervision.complaints",
    "supervision.complaints.rewards",
    "supervision.complaints.exposure",
    "supervision.complaints.supervisors",
    "supervision.designation",
    "supervision.payments",
    "supervision.selfchecks",
    "supervision.major",
    "supervision.assistance",
    "supervision.inspections",
    "supervision.coordination",
    "credit",
    "credit.points",
    "credit.commitments",
    "reporting",
    "supervision.simulation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "supervision.headers.PrivateHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "supervision.sessions.SessionLimits",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "supervision.audit.acting.Acting",
    "supervision.bounds.RequestBounds",
    "supervision.sessions.SignInRequired",
    "institutions.first_password.FirstPassword",
    "supervision.invisible.VisibleText",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "supervision.urls"
WSGI_APPLICATION = "supervision.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # for the admin and other packages; ours all lie in templates/
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Stores ---------------------------------------------------------------------------------------

EMBEDDED = embedded.addresses(FUND_HOME)
EMBEDDED_POSTGRES = not environment.text("DATABASE_URL")
EMBEDDED_REDIS = not environment.text("REDIS_URL")

DATABASES = {
    "default": {
        **environment.database("DATABASE_URL", EMBEDDED.database_url),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
# Who makes and changes tables: `migrate` connects as this role, everything else as the one above.
DATABASE_OWNER = environment.database(
    "DATABASE_OWNER_URL", EMBEDDED.owner_url if EMBEDDED_POSTGRES else environment.text("DATABASE_URL")
)

REDIS_URL = environment.redis("REDIS_URL", EMBEDDED.redis_url)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.cache(REDIS_URL, 1),
    }
}

# --- Tasks ----------------------------------------------------------------------------------------

CELERY_BROKER_URL = environment.broker(REDIS_URL, 0)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
# A task is done when its work is done, not when it was handed out: a killed worker's task is given out again.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT = 50 * 60
CELERY_TASK_TIME_LIMIT = 55 * 60
# Longer than any task may take, or a slow one would be handed to a second worker while the first still works.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60 * 60}
CELERY_TASK_DEFAULT_QUEUE = "housekeeping"
CELERY_TASK_ROUTES = {
    "claims.*": {"queue": "import"},
    "supervision.monitoring.tasks.sweep": {"queue": "housekeeping"},  # not behind the steps it looks after
    "supervision.monitoring.*": {"queue": "monitoring"},
    "supervision.laboratory.tasks.sweep": {"queue": "housekeeping"},
    "supervision.laboratory.*": {"queue": "monitoring"},
    "supervision.review.tasks.self_check": {"queue": "monitoring"},
    "supervision.hearing.tasks.carry_out": {"queue": "monitoring"},
    "credit.tasks.show": {"queue": "monitoring"},
}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(FUND_HOME / "run" / "beat")

# --- Signing in -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "institutions.Account"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign_in"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "institutions.passwords.NoSiteWords"},
]

# Locked by name and address together, so that nobody can lock somebody else out from afar.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "institutions.lockout.answer"
# Read by institutions.lockout, which keeps an hourly budget for each name.
AXES_ENABLE_ADMIN = False  # the chain of acts says who failed; nobody edits it
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "institutions.lockout.address_of"

# What second factors are sealed with: a ring of keys (supervision/sealing.py), in the environment or in this file.
SECOND_FACTOR_KEYS = environment.text("SECOND_FACTOR_KEYS")
SECOND_FACTOR_KEYS_FILE = FUND_HOME / "keys" / "second_factor"
# Who approves that a lost second factor is taken away was an administrator for so long before it was asked for.
SECOND_ADMINISTRATOR_DAYS = environment.number("SECOND_ADMINISTRATOR_DAYS", 7)
# What waits for a second administrator and was not decided in so many days is asked for anew.
APPROVAL_DAYS = environment.number("APPROVAL_DAYS", 7)
# What an institution's manager draws for a colleague opens the door for so long. No norm names a span.
FIRST_PASSWORD_DAYS = environment.number("FIRST_PASSWORD_DAYS", 7)
# An act of weight asks for a code again where the last was shown longer ago. No norm names a span: this is our own,
# half of the time without a request after which a sign-in ends.
FRESH_CODE_MINUTES = environment.number("FRESH_CODE_MINUTES", 15)
# What the chain of acts is signed with. Former keys stay on the ring: entries are checked with the one they name.
AUDIT_KEYS = environment.text("AUDIT_KEYS")
AUDIT_KEYS_FILE = FUND_HOME / "keys" / "audit"

# What citizens told us is sealed with (supervision/words.py), and what their receipts are marked with.
COMPLAINT_KEYS = environment.text("COMPLAINT_KEYS")
COMPLAINT_KEYS_FILE = FUND_HOME / "keys" / "complaints"
RECEIPT_KEYS = environment.text("RECEIPT_KEYS")
RECEIPT_KEYS_FILE = FUND_HOME / "keys" / "receipts"
# What says that a report was filed is signed with this; its public half stands on a public page.
ACKNOWLEDGEMENT_KEY_FILE = environment.folder("ACKNOWLEDGEMENT_KEY_FILE", FUND_HOME / "keys" / "acknowledgement")
HELPLINE = environment.text("HELPLINE")  # that public pages name, for who would rather speak to somebody
# Where the button that leaves the portal quickly leads to: a page that everybody looks at.
QUICK_EXIT = environment.web_address("QUICK_EXIT", "https://www.gov.cn")

# The vault of identities (docs/adr/0037). The site seals for its public keys; the ring is read by the vault alone.
VAULT_PUBLIC_KEYS = environment.text("VAULT_PUBLIC_KEYS")
VAULT_PUBLIC_KEYS_FILE = environment.folder("VAULT_PUBLIC_KEYS_FILE", FUND_HOME / "keys" / "vault.pub")
VAULT_KEYS_FILE = environment.folder("VAULT_KEYS_FILE", FUND_HOME / "vault" / "keys")
VAULT_SOCKET = environment.folder("VAULT_SOCKET", Places.of(FUND_HOME).sockets / "vault.sock")
VAULT_DATABASE = environment.database(
    "VAULT_DATABASE_URL", EMBEDDED.vault_url if EMBEDDED_POSTGRES else environment.text("DATABASE_URL")
)
# Readings of identities by one person within 24 hours. No norm names a number: this is our own.
VAULT_READINGS_A_DAY = environment.number("VAULT_READINGS_A_DAY", 20)

# What proofs of work are signed with, and what strangers' files are sealed with (supervision/complaints/gate).
PROOF_KEYS = environment.text("PROOF_KEYS")
PROOF_KEYS_FILE = FUND_HOME / "keys" / "proof"
GATE_KEYS = environment.text("GATE_KEYS")
GATE_KEYS_FILE = FUND_HOME / "keys" / "gate"
# A try is so many rounds of PBKDF2, and the answer lies among so many tries: a second on an ordinary telephone, two at
# the most. Both were measured: docs/adr/0038.
PROOF_ROUNDS = environment.number("PROOF_ROUNDS", 2000)
PROOF_TRIES = environment.number("PROOF_TRIES", 300)
PROOF_MINUTES = environment.number("PROOF_MINUTES", 30)  # for which a challenge stands
# Without a script a page waits instead of working, and the whole site lets so many through in an hour.
WAITING_SECONDS = environment.number("WAITING_SECONDS", 30)
WAITING_PER_HOUR = environment.number("WAITING_PER_HOUR", 120)
# Messages of one reporter in a day: who has a receipt proves nothing anew. No norm names a number: this is our own.
MESSAGES_A_DAY = environment.number("MESSAGES_A_DAY", 30)
# What strangers may send: the largest of each kind, how many at once, and for how many days it waits for its report.
GATE_LIMITS = {
    "photo": environment.number("GATE_PHOTO_MB", 20) << 20,
    "pdf": environment.number("GATE_PDF_MB", 20) << 20,
    "audio": environment.number("GATE_AUDIO_MB", 50) << 20,
    "video": environment.number("GATE_VIDEO_MB", 200) << 20,
}
GATE_FILES_MOST = environment.number("GATE_FILES_MOST", 10)
GATE_UNCLAIMED_DAYS = environment.number("GATE_UNCLAIMED_DAYS", 2)
GATE_UNCLAIMED_LIMIT = (
    environment.number("GATE_UNCLAIMED_MB", 20 * 1024) << 20
)  # of all that waits, so no flood fills a disk
GATE_FREE = environment.number("GATE_FREE_MB", 2048) << 20  # of the disk is left to the rest of the site
# The virus scanner (clamd): unix:/run/clamav/clamd.ctl or host:3310. Unset: nothing is scanned.
CLAMAV = environment.text("CLAMAV")

# Kept in PostgreSQL: an emptied Redis signs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE = timedelta(minutes=30)
SESSION_ABSOLUTE = timedelta(hours=10)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Headers --------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser: on a reporter's telephone nothing says for a year that they were here
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers preload the host is its owner's decision
SECURE_REFERRER_POLICY = "same-origin"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # a body that is not a file
REVIEW_MESSAGE_LIMIT = environment.number("REVIEW_MESSAGE_MB", 8) << 20  # a stay of a year has thousands of orders
REVIEW_CLOCK_SKEW = environment.number("REVIEW_CLOCK_SKEW", 300)  # seconds between a hospital's clock and ours
# Where the database or the processors do not keep up (docs/adr/0022): what a process does at once, how long a hospital
# waits, what it is answered then, and how much is laid aside for later.
REVIEW_URL = environment.web_address(
    "REVIEW_URL", f"http://{urlsplit(SITE_URL).hostname}:{(urlsplit(SITE_URL).port or 8000) + 1}"
)  # of the review's own server; the site takes messages at the same address below its own
REVIEW_DESKS = environment.number("REVIEW_DESKS", 2)
REVIEW_AT_ONCE = environment.number("REVIEW_AT_ONCE", 3)
REVIEW_PATIENCE = environment.number("REVIEW_PATIENCE", 200)  # milliseconds
REVIEW_FALLBACK = environment.choice("REVIEW_FALLBACK", ("pass", "refuse"))
REVIEW_SPOOL = environment.number("REVIEW_SPOOL", 100_000)  # messages
REVIEW_RECALLED = environment.number("REVIEW_RECALLED", 2)  # seconds for which institutions and open keys are recalled
# How messages may be signed. The gateway's form does not cover the body: only where a gateway of ours has checked it.
REVIEW_SIGNATURES = environment.choices(
    "REVIEW_SIGNATURES", ("HMAC-SHA256", "HMAC-SM3", "GATEWAY-HMAC-SHA1"), "HMAC-SHA256"
)
REVIEW_SELF_CHECK_DAYS = environment.number("REVIEW_SELF_CHECK_DAYS", 7)  # for which the files of a self-check are kept
UPLOAD_LIMIT = environment.number("UPLOAD_LIMIT_MB", 4096) << 20  # files and all, of somebody signed in
ATTACHMENT_LIMIT = environment.number("ATTACHMENT_MB", 20) << 20  # one file beside a finding
ATTACHMENT_MEGAPIXELS = environment.number("ATTACHMENT_MEGAPIXELS", 80)  # of a picture
ATTACHMENTS_MOST = environment.number("ATTACHMENTS_MOST", 100)  # beside one finding
OFFICE_HOURS = environment.text("OFFICE_HOURS")  # when somebody answers the telephone, in words for institutions
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # above this a file goes to disk

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["supervision.api.parsing.BoundedJSON"],
    "EXCEPTION_HANDLER": "supervision.api.refusing.refuse",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 100,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.AnonRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min", "anon": "60/min"},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fund supervision",
    "VERSION": "0.1.0",
    "DESCRIPTION": "Review before an order stands and before money moves: docs/rest-review.md.",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "Moment": "supervision.review.models.Review.Moment",
        "Way": "supervision.review.models.Handling.Way",
        "PackageState": "supervision.coordination.models.packages.State",
        "BroughtLeadState": "supervision.coordination.models.leads.State",
    },
}

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"  # where neither the browser nor the switch says otherwise
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "supervision" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# Whether working days are counted through years whose holiday notice is not out, by the statutory holidays alone.
PROVISIONAL_CALENDARS = environment.flag("PROVISIONAL_CALENDARS")

# --- Static files ---------------------------------------------------------------------------------

DIVISIONS = BASE_DIR / "build" / "divisions"  # GB/T 2260, put there by the front end's build
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "supervision" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Logging --------------------------------------------------------------------------------------

LOG_LEVEL = environment.text("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "filters": {"citizens": {"()": "supervision.silence.OfCitizens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["citizens"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": LOG_LEVEL},
        "axes": {"handlers": [], "propagate": True, "level": "WARNING"},
        "django.server": {"handlers": ["console"], "propagate": False, "level": LOG_LEVEL},
    },
}
