"""A whole instance beside this one: its own folder and database, its own processes, gone afterwards."""

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
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

FROM_OUTSIDE = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass
class Instance:
    """One instance: its folder and what its processes find in their environment."""

    folder: Path
    environment: dict[str, str]

    @property
    def is_sqlite(self) -> bool:
        return not self.environment["DATABASE_URL"]

    def run(self, *command: str, **more: str) -> str:
        """Run a Python command of the instance to its end; return its last line. Refuses a failure (RuntimeError)."""
        ran = subprocess.run(
            [sys.executable, *command],
            cwd=settings.BASE,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
        )
        if ran.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {ran.stderr[-3000:]}")
        return (ran.stdout.splitlines() or [""])[-1]

    def start(
        self, *command: str, log: str = "log", program: tuple[str, ...] = (), **more: str
    ) -> subprocess.Popen[bytes]:
        """Start a process group of the instance; what it says goes to a file of its folder."""
        with (self.folder / log).open("ab") as kept:
            return subprocess.Popen(
                [*program, sys.executable, *command],
                cwd=settings.BASE,
                stderr=kept,
                env={**self.environment, **more},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )

    def serve(
        self, port: int, application: str = "config.wsgi:application", **how: Any
    ) -> subprocess.Popen[bytes]:
        """Start the web server as `manage.py serve` does: one process on SQLite, two on PostgreSQL."""
        workers = "1" if self.is_sqlite else "2"
        thread = {"SHANGLIANG_WORKER_THREAD": "1"} if self.is_sqlite else {}
        return self.start(
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            workers,
            "--blocking-threads",
            "4",
            "--no-ws",
            "--log-level",
            "warning",
            application,
            **{**thread, **how},
        )


@contextmanager
def made_instance(address: str, with_static: bool = False) -> Iterator[Instance]:
    """Make an instance with a migrated database; remove every trace of it at the end.

    ``address`` is a PostgreSQL address in whose cluster a new database is made, or "" for SQLite.
    """
    with empty_instance(address) as one:
        one.run("manage.py", "migrate", "--skip-checks", "-v", "0")
        if with_static:
            one.run("manage.py", "collectstatic", "--no-input", "--skip-checks", "-v", "0")
        yield one


@contextmanager
def empty_instance(address: str) -> Iterator[Instance]:
    """Make an instance whose database has no table yet; remove every trace of it at the end. See ``made_instance``."""
    folder = Path(tempfile.mkdtemp(prefix="shangliang-beside-"))
    try:
        with _database(address) as own:
            yield Instance(folder, _environment(folder, own))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, address: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in FROM_OUTSIDE if name in os.environ}
    return {
        **kept,
        "SHANGLIANG_VAR": str(folder),
        "DATABASE_URL": address,
        "SHANGLIANG_EXAMPLE": "no",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SHANGLIANG_LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def copied(made: Instance) -> Iterator[Instance]:
    """Make an instance that begins as a copy of one that stands still; remove every trace of it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="shangliang-beside-"))
    try:
        shutil.copytree(made.folder, folder, dirs_exist_ok=True)
        with _database(made.environment["DATABASE_URL"], is_template=True) as own:
            yield Instance(folder, _environment(folder, own))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(address: str, is_template: bool = False) -> Iterator[str]:
    """Yield the address of a new database in a cluster, empty or a copy of the one named; "" for SQLite."""
    if not address:
        yield ""
        return
    name = f"beside_{os.getpid()}_{time.monotonic_ns()}"
    parts = urlsplit(address)
    template = parts.path.strip("/") if is_template else ""
    if template:
        address = urlunsplit(parts._replace(path="/postgres"))
    _say(address, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        _say(address, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _say(address: str, sentence: str) -> None:
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(sentence.encode())


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_for(port: int, path: str, seconds: float = 60) -> float:
    """Wait until an address answers 200; return the seconds it took. Refuses (TimeoutError) when it never does."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        link = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            link.request("GET", path)
            if link.getresponse().status == 200:
                return time.monotonic() - began
        except (OSError, HTTPException):
            pass
        finally:
            link.close()
        time.sleep(0.02)
    raise TimeoutError(f"nothing answered at {path} within {seconds} s")


def kill_group(process: subprocess.Popen[bytes], sign: int = signal.SIGKILL) -> None:
    """Send a process and all its children a signal (kill -9 if not said), and wait for their end."""
    try:
        os.killpg(process.pid, sign)
    except ProcessLookupError:
        pass
    process.wait(timeout=60)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
