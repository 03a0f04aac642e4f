"""The site's settings for tests: an installation of its own, thrown away afterwards."""

import os
from pathlib import Path

# Each run has its own FUND_HOME, so two can run side by side. Workers of pytest-xdist inherit it.
SCRATCH = Path(__file__).resolve().parent.parent / "build" / "test"
os.environ["FUND_HOME"] = os.environ.setdefault("FUND_TEST_HOME", str(SCRATCH / str(os.getpid())))
os.environ.update(SECRET_KEY="only for tests", DEBUG="0", SITE_URL="http://127.0.0.1:8000")

from supervision.settings import *  # noqa: E402, F403
from supervision.settings import STORAGES  # noqa: E402

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 takes a quarter of a second
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True  # no complaint about static files that were not collected
REVIEW_AT_ONCE = 0  # a review is done by the thread that asks: its test sees what it keeps
REVIEW_RECALLED = 0
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PROVISIONAL_CALENDARS = True  # tests that reckon from today go on when the known years are over
