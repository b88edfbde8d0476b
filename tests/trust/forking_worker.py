"""`manage.py work`, again and again, without the wait for Python's own start: one child for each line read.

    python -m tests.trust.forking_worker [MUTANT]      MUTANT: a module of tests/mutants with a function apply()

Each child is a process of its own that runs the real command; the test kills it by the pid printed here. Leases and
pauses are made short so that what a killed worker held is taken up again within the test.
"""

import importlib
import os
import sys
from datetime import timedelta

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    from shangliang.foundation import outbox, worker

    outbox.LEASE, worker.PAUSE_SECONDS = timedelta(seconds=1), 0.05
    for mutant in sys.argv[1:]:
        importlib.import_module(f"tests.mutants.{mutant}").apply()
    print("ready", flush=True)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            call_command("work")
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
