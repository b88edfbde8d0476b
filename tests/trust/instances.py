"""A whole instance beside the suite: its own folder and database, started and killed as real processes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
FROM_OUTSIDE = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass
class Instance:
    """One instance: its folder and what its processes find in their environment."""

    folder: Path
    environment: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)

    def ask(self, question: str, *words: str, **more: str) -> Any:
        """Run one function of ``tests/trust/inside.py`` in a process of the instance; return what it answered."""
        command = [sys.executable, "-m", "tests.trust.inside", question, *words]
        ran = subprocess.run(command, cwd=ROOT, env={**self.environment, **more}, capture_output=True, text=True)
        assert ran.returncode == 0, f"{question}: {ran.stderr[-3000:]}"
        return json.loads(ran.stdout.splitlines()[-1])

    def start(self, *command: str, log: str = "log", **more: str) -> subprocess.Popen[bytes]:
        """Start a process group of the instance; what it says goes to a file of its folder."""
        with (self.folder / log).open("ab") as kept:
            return subprocess.Popen([sys.executable, *command], cwd=ROOT, env={**self.environment, **more},
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=kept, start_new_session=True)


@contextmanager
def made_instance() -> Iterator[Instance]:
    """Make an instance with a migrated database and one district in it; remove every trace at the end."""
    folder = Path(tempfile.mkdtemp(prefix="shangliang-trust-"))
    try:
        with _database() as address:
            one = Instance(folder, _environment(folder, address))
            subprocess.run([sys.executable, "manage.py", "migrate", "--skip-checks", "-v", "0"], cwd=ROOT, check=True,
                           env=one.environment, stdout=subprocess.DEVNULL)
            yield one
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, address: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in FROM_OUTSIDE if name in os.environ}
    return {**kept, "SHANGLIANG_VAR": str(folder), "DATABASE_URL": address, "SHANGLIANG_EXAMPLE": "no",
            "DJANGO_SETTINGS_MODULE": "config.settings", "SHANGLIANG_LOG_LEVEL": "WARNING", "PYTHONUNBUFFERED": "1"}


@contextmanager
def _database() -> Iterator[str]:
    """Yield the address of an empty database: none on SQLite (a file of the folder), a new one on PostgreSQL."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name = f"trust_{os.getpid()}_{time.monotonic_ns()}"
    with _maintenance() as ask:
        ask.execute(f'CREATE DATABASE "{name}"')
    try:
        yield _address_of(name)
    finally:
        with _maintenance() as ask:
            ask.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _maintenance() -> Iterator[Any]:
    """Yield a cursor outside any transaction of the suite."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is the database

    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as link:
        yield link.cursor()


def _address_of(name: str) -> str:
    said = dj_database_url.parse(settings.DATABASE_URL)
    old = str(said["NAME"])
    head, _slash, tail = settings.DATABASE_URL.partition(f"/{old}?")
    if _slash:
        return f"{head}/{name}?{tail}"
    return settings.DATABASE_URL.rpartition("/")[0] + f"/{name}"


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """kill -9 a process and all its children, and take its end off the table."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    close(process)


def close(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that was told to end, and close its pipes."""
    process.wait(timeout=30)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
