"""The task worker: one loop over due jobs and waiting mail; a thread on SQLite, its own process on PostgreSQL.

Work of minutes goes on in a second thread, so that a look at a week does not hold up a letter.
"""

import logging
import threading

from django.db import close_old_connections, connection

from shangliang.foundation import clock, outbox, schedule

PAUSE_SECONDS = 5.0
log = logging.getLogger("shangliang.worker")


def work_once(lane: schedule.Lane | None = None) -> dict[str, int]:
    """Lay out and run what is due, send what waits. Return counts. With a ``lane`` nothing waits for work of minutes."""
    jobs = schedule.all_jobs()
    at = clock.now()
    schedule.lay_out(jobs, at)
    ran = schedule.run_due(jobs, at, lane)
    return {"jobs": ran, **outbox.send_waiting(at)}


def work_until(stop: threading.Event) -> None:
    """Work until told to stop. Nothing that goes wrong in one round is fatal: a database that is away is waited for."""
    lane = schedule.Lane()
    while not stop.is_set():
        try:
            close_old_connections()
            work_once(lane)
        except Exception as failure:
            log.warning("worker_waits", extra={"kind": type(failure).__name__})
        stop.wait(PAUSE_SECONDS)
    connection.close()


def start_thread() -> threading.Event:
    """Start the worker as a thread of this process; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=work_until, args=(stop,), name="shangliang-worker", daemon=True).start()
    return stop
