#!/usr/bin/env python
"""The command line of the product: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as away:
        sys.exit(
            f"数据库连不上，或者还没有建好（{type(away).__name__}）。先运行 make run 或 python manage.py migrate。"
        )
