"""python manage.py serve: database, static files, example, web server and task worker with one command."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from granian import Granian
from granian.constants import Interfaces

from config.setup_code import setup_code
from shangliang.people.queries import all_committees


class Command(BaseCommand):
    """Make ready what is missing and serve until stopped; safe to kill at any moment and to start again."""

    help = "Set up what is missing, then serve at http://127.0.0.1:PORT."

    def handle(self, **_said: Any) -> None:
        """Prepare, start the children, serve, end the children."""
        port = _port()
        self._prepare()
        children = self._start_children()
        self._greet(port)
        try:
            _serve(port)
        finally:
            for child in children:
                child.terminate()

    def _prepare(self) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stderr)
        except OperationalError as away:
            raise CommandError(
                f"数据库连不上：{type(away).__name__}。检查 DATABASE_URL。", returncode=1
            ) from away
        stamp, now = Path(settings.STATIC_ROOT) / ".stamp", _static_fingerprint()
        if not stamp.exists() or stamp.read_text() != now:
            call_command("collectstatic", interactive=False, verbosity=0, stdout=self.stderr)
            stamp.write_text(now)

    def _start_children(self) -> list[subprocess.Popen[bytes]]:
        manage = [sys.executable, str(settings.BASE / "manage.py")]
        children = []
        if _with_example() and _example_is_wanted():
            children.append(subprocess.Popen([*manage, "load_example"], stdout=subprocess.DEVNULL))
        if _on_sqlite():
            os.environ["SHANGLIANG_WORKER_THREAD"] = "1"
        else:
            children.append(subprocess.Popen([*manage, "work"], stdout=subprocess.DEVNULL))
        return children

    def _greet(self, port: int) -> None:
        here = f"http://127.0.0.1:{port}/"
        lines = ["", "商量 已经打开：", f"  首页        {here}", f"  工作人员登录 {here}sign-in/"]
        standing = list(all_committees())
        if all(one.is_example for one in standing):
            lines.append(f"  建自己的办公室 {here}start/   开办码：{setup_code()}")
        if _with_example() or any(one.is_example for one in standing):
            lines += ["  示例账号     经办人 example-clerk，审核人 example-reviewer，负责人 example-leader，",
                      "               城管局 example-unit，交办主体 example-authority；密码都是 shangliang-example"]  # fmt: skip
        lines += [f"  停下来按 Ctrl+C；数据都在 {settings.VAR} 里。", ""]
        self.stderr.write("\n".join(lines))


def _with_example() -> bool:
    return os.environ.get("SHANGLIANG_EXAMPLE", "yes") != "no"


def _port() -> int:
    said = os.environ.get("PORT", "8000")
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise CommandError(f"PORT 要是 1 到 65535 之间的数，不能是 {said}。", returncode=2)
    return int(said)


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _example_is_wanted() -> bool:
    """Wanted on an empty instance, and again where a kill left it half loaded."""
    rows = list(all_committees())
    return not rows or any(row.is_example and not row.is_complete for row in rows)


def _static_fingerprint() -> str:
    """Tell whether any static file changed: names, sizes and times, no content."""
    marks = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            marks.append(f"{path}:{status.st_size}:{status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(marks)).encode()).hexdigest()


def _serve(port: int) -> None:
    connection.close()
    workers = 1 if _on_sqlite() else int(os.environ.get("WEB_WORKERS", "2"))
    Granian(
        "config.wsgi:application",
        address=os.environ.get("ADDRESS", "127.0.0.1"),
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()
