"""Settings of an instance whose SQLite never waits for the disk: it survives every kill and loses on a power cut."""

from config.settings import *  # noqa: F403
from config.settings import SQLITE_PRAGMAS, sqlite_database

DATABASES = {"default": sqlite_database(SQLITE_PRAGMAS.replace("synchronous=FULL", "synchronous=OFF"))}
