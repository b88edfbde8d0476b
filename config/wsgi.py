"""What the web server calls; on SQLite the task worker is a thread of the same process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

if os.environ.get("SHANGLIANG_WORKER_THREAD") == "1":
    from shangliang.foundation.worker import start_thread

    start_thread()
