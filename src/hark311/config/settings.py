"""The one settings file of every place: what differs is read from the environment."""

import os
from importlib.util import find_spec
from pathlib import Path

import django_stubs_ext

from hark311.config.env import declared, read, read_plain, unknown
from hark311.config.mail_address import mail_at
from hark311.platform import log
from hark311.platform.database import described
from hark311.platform.storage import secret_key_of

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]

# -- This place --------------------------------------------------------------------------
DATA = read(
    "DATA",
    CHECKOUT / "data",
    "Everything this deployment keeps outside its database; the embedded database as well.",
)
DEMO = read("DEMO", False, "A place to try things: sample people with known passwords.")
HOSTS = read(
    "HOSTS",
    ("localhost", ".localhost", "127.0.0.1", "[::1]"),
    "The names under which pages are asked for. Each jurisdiction has its own.",
)
PUBLIC_URL = read(
    "PUBLIC_URL",
    "",
    "How residents reach the default jurisdiction, as https://311.city.gov: links in mail begin"
    " with it. The others have their own first host. Without it this machine and the port.",
)
HTTPS = read("HTTPS", False, "Residents reach this place by https through a proxy.")
SECRET_KEY = read(
    "SECRET_KEY",
    "",
    "Signs sessions and links. Made and kept in the data folder when absent; give it"
    " where several machines serve one place.",
    is_secret=True,
) or secret_key_of(DATA)
LOG_LEVEL = read("LOG_LEVEL", "info", "debug, info, warning or error.")

# -- Database ----------------------------------------------------------------------------
DATABASE_URL = read_plain(
    "DATABASE_URL",
    "",
    "postgresql://role:password@host/name of the application role, PostgreSQL 15 or newer."
    " Without it the database that comes with Hark311 runs in the data folder.",
    is_secret=True,
)
DATABASE_OWNER_URL = read_plain(
    "DATABASE_OWNER_URL",
    "",
    "The same database as the role that owns and migrates it.",
    is_secret=True,
)
DATABASE_DIRECT_URL = read_plain(
    "DATABASE_DIRECT_URL",
    "",
    "The same database without the pooler, for LISTEN. Only where a pooler stands between.",
    is_secret=True,
)
DATABASE_APP_ROLE = read(
    "DATABASE_APP_ROLE",
    "hark311_app",
    "The name of the application role, to which migrations grant its rights.",
)
# Commands that need the embedded database point here once it runs (platform.database).
_NOWHERE = "postgresql://nobody@%2Fnonexistent/hark311"
DATABASES = {"default": described(DATABASE_URL or _NOWHERE, is_pooled=bool(DATABASE_DIRECT_URL))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Processes ---------------------------------------------------------------------------
PORT = read("PORT", 8311, "Where pages are served; live updates are on the next one.")
PUBLIC_URL = PUBLIC_URL or f"http://127.0.0.1:{PORT}"
BIND = read("BIND", "127.0.0.1", "The network address to listen on.")
WEB_WORKERS = read("WEB_WORKERS", 2, "Web processes.")
WEB_THREADS = read(
    "WEB_THREADS",
    4,
    "Threads of each web process. Each holds one database connection: processes times"
    " threads, and fifteen more for jobs and live updates, is what the database must allow.",
)
LIVE_URL = read(
    "LIVE_URL",
    "",
    "Where browsers find live updates, when a proxy carries /live/; else the next port.",
)

# -- What is allowed in ------------------------------------------------------------------
MAX_REQUEST_MB = read("MAX_REQUEST_MB", 55, "The largest request taken, photos included.")
METRICS_TOKEN = read(
    "METRICS_TOKEN",
    "",
    "When given, /metrics answers only with 'Authorization: Bearer' and this.",
    is_secret=True,
)

# -- Mail --------------------------------------------------------------------------------
EMAIL_URL = read_plain(
    "EMAIL_URL",
    "",
    "smtp://user:password@host:587, smtps://…, file:///folder or consolemail://."
    " Without it mail lies in the data folder's outbox.",
    is_secret=True,
)
EMAIL_FROM = read("EMAIL_FROM", "311@localhost", "The sender of all mail.")
_mail = mail_at(EMAIL_URL or (DATA / "outbox").as_uri())
EMAIL_BACKEND, EMAIL_FILE_PATH = _mail.backend, _mail.folder
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.uses_tls, _mail.uses_starttls
EMAIL_TIMEOUT = 20
IMAP_URL = read(
    "IMAP_URL",
    "",
    "The mailbox that residents write to, as imaps://user:password@host/INBOX. Signs in the name"
    " or password are written as in web addresses: %40 for @. Without it no mailbox is read.",
    is_secret=True,
)
MAIL_AUTHORITY = read(
    "MAIL_AUTHORITY",
    "",
    "The name by which your own mail server signs Authentication-Results. With it, senders that"
    " it found forged are not believed.",
)
MAIL_PROVIDER = read(
    "MAIL_PROVIDER",
    "",
    "Who hands mail in by web hook: brevo, mailersend, mailgun, mailjet, postmark, resend"
    " or sparkpost.",
)
MAIL_HOOK_SECRET = read(
    "MAIL_HOOK_SECRET",
    "",
    "user:password that the provider puts into the address of the hook.",
    is_secret=True,
)
MAIL_SIGNING_KEY = read(
    "MAIL_SIGNING_KEY", "", "With which the provider signs, where it does.", is_secret=True
)
# By the names under which the library of providers looks for them.
ANYMAIL = {
    "WEBHOOK_SECRET": MAIL_HOOK_SECRET,
    "MAILGUN_WEBHOOK_SIGNING_KEY": MAIL_SIGNING_KEY,
    "MAILERSEND_INBOUND_SECRET": MAIL_SIGNING_KEY,
    "RESEND_INBOUND_SECRET": MAIL_SIGNING_KEY,
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM

# -- Telephone ---------------------------------------------------------------------------
PHONE_TOKEN = read(
    "PHONE_TOKEN",
    "",
    "The token with which the telephone provider signs its requests (Twilio: auth token)."
    " Without it only the own gateway can ask.",
    is_secret=True,
)
PHONE_ACCOUNT = read(
    "PHONE_ACCOUNT", "", "The account at the provider (Twilio: account SID); needed to send."
)
PHONE_API = read(
    "PHONE_API",
    "https://api.twilio.com",
    "Where the provider takes messages to send and keeps recordings and pictures.",
)
SMS_FROM = read("SMS_FROM", "", "The number that text messages are sent from, as +15550311.")
PHONE_DIAL = read(
    "PHONE_DIAL",
    (),
    "Where numbers are dialled instead, as 911=sip:psap@10.0.0.5,988=+18002738255.",
)

# -- Fax ---------------------------------------------------------------------------------
FAX_SECRET = read(
    "FAX_SECRET",
    "",
    "With which the provider or gateway signs the faxes that it hands in. Without it none are"
    " taken.",
    is_secret=True,
)

# -- Social networks ---------------------------------------------------------------------
BLUESKY_URL = read("BLUESKY_URL", "https://bsky.social", "The server of the Bluesky account.")
BLUESKY_HANDLE = read("BLUESKY_HANDLE", "", "The Bluesky account, as city.bsky.social.")
BLUESKY_PASSWORD = read(
    "BLUESKY_PASSWORD", "", "An app password that may open messages.", is_secret=True
)
MASTODON_URL = read("MASTODON_URL", "", "The Mastodon server, as https://mastodon.example.")
MASTODON_TOKEN = read(
    "MASTODON_TOKEN", "", "The access token of an application with read and write.", is_secret=True
)
X_KEYS = read(
    "X_KEYS",
    (),
    "Consumer key, consumer secret, access token and access secret on X. The consumer secret also"
    " proves what X hands in.",
    is_secret=True,
)
META_APP_SECRET = read(
    "META_APP_SECRET",
    "",
    "With which Meta signs what it hands in from Facebook, Instagram, Messenger and WhatsApp.",
    is_secret=True,
)
META_VERIFY_TOKEN = read(
    "META_VERIFY_TOKEN",
    "",
    "The word that Meta must say when the hook is set up.",
    is_secret=True,
)
META_TOKEN = read("META_TOKEN", "", "The access token of the system user at Meta.", is_secret=True)
META_ACCOUNTS = read(
    "META_ACCOUNTS",
    (),
    "Ids at Meta, as facebook=PAGE,messenger=PAGE,instagram=ACCOUNT,whatsapp=NUMBER_ID.",
)

# -- Django ------------------------------------------------------------------------------
DEBUG = False
ALLOWED_HOSTS = list(HOSTS)
ROOT_URLCONF = "hark311.config.urls"
WSGI_APPLICATION = "hark311.config.wsgi.application"
AUTH_USER_MODEL = "government.Account"
INSTALLED_APPS = [
    "hark311.platform",
    "hark311.government",
    "hark311.access",
    "hark311.catalog",
    "hark311.places",
    "hark311.people",
    "hark311.answers",
    "hark311.disruptions",
    "hark311.outreach",
    "hark311.outreach.posts",
    "hark311.contacts",
    "hark311.cases",
    "hark311.notifications",
    "hark311.channels.desk",
    "hark311.channels.email",
    "hark311.channels.outreach",
    "hark311.channels.web",
    "hark311.console",
    "hark311.channels.open311",
    "hark311.channels.fax",
    "hark311.channels.sms",
    "hark311.channels.social",
    "hark311.channels.voice",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hark311.platform.headers.BrowserRules",
    "hark311.platform.headers.RequestLimit",
    "hark311.platform.nul.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "hark311.platform.offer.LanguageOffer",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hark311.platform.problem_pages.ProblemPages",
]
CSRF_FAILURE_VIEW = "hark311.platform.problem_pages.form_expired"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "channels" / "web" / "templates",
            PACKAGE / "console" / "templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hark311.platform.place.place",
                "hark311.government.face.city",
            ],
        },
    }
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 60
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# Functions that give what the worker does again and again for channels. Alphabetical.
LOOP_SOURCES = (
    "hark311.channels.email.mailbox.loops",
    "hark311.channels.social.loops.loops",
)
# Functions that give numbers to /metrics. Alphabetical.
METRIC_SOURCES = (
    "hark311.contacts.tallies.interactions_total",
    "hark311.contacts.tallies.refusals_total",
    "hark311.platform.health.build_info",
)
LOGGING_CONFIG = None
log.configure(level=LOG_LEVEL)

# -- Browsers ----------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"hark311_session_{PORT}", f"hark311_csrf_{PORT}"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# -- Languages and time ------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "hark311_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- Files -------------------------------------------------------------------------------
STATIC_PACKED = read(
    "STATIC_PACKED",
    False,
    "Serve style sheets and scripts compressed and named by content; serve switches it on.",
)
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# The package holds files only; as an installed app it would bring its sources along.
_LEAFLET = find_spec("js_lib_leaflet")
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [
    ("leaflet", Path(place) / "static" / "js_lib_leaflet")
    for place in (_LEAFLET.submodule_search_locations or () if _LEAFLET else ())
]
STATICFILES_DIRS += [
    folder
    for folder in (PACKAGE / "channels" / "web" / "static", PACKAGE / "console" / "static")
    if folder.is_dir()
]
TILES_URL = read(
    "TILES_URL",
    "",
    "Tiles under the maps that move, as https://tiles.city.gov/{z}/{x}/{y}.png. Without it the"
    " city's own streets are drawn and no other host is asked.",
)
TILES_CREDIT = read("TILES_CREDIT", "", "Whose tiles they are, shown on the map.")
WHITENOISE_USE_FINDERS = not STATIC_PACKED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "hark311.platform.assets.PackedFiles"
        if STATIC_PACKED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# What doctor lists and docs/reference/settings.md is made from.
DECLARATIONS = declared()
UNKNOWN_VARIABLES = unknown(os.environ)
