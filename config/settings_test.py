"""The settings of the suite: the real ones, in a folder of its own that is gone afterwards, and fast hashing."""

import atexit
import os
import shutil
import tempfile

# Each process of the suite has its own folder; a real instance's is never touched, whatever the environment says.
_folder = tempfile.mkdtemp(prefix="shangliang-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SHANGLIANG_VAR"] = _folder

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASE_URL, SQLITE_PRAGMAS, STORAGES, VAR, sqlite_database  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

if not DATABASE_URL:
    # A file, not memory: locks and write-ahead log behave as they do in an instance.
    DATABASES = {
        "default": {
            **sqlite_database(SQLITE_PRAGMAS.replace("synchronous=FULL", "synchronous=OFF")),
            "TEST": {"NAME": VAR / "test.sqlite3"},
        }
    }
