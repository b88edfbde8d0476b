"""One JSON object per line on stderr, with nothing in it that points to a person.

A receipt code stands in an address, a phone number in a database's complaint: so neither addresses nor the
wording of errors are logged, only where in the code the error arose.
"""

import logging
import sys
import traceback
from typing import Any

import structlog

ADDRESSLESS = ("django.request", "django.security", "django.server", "axes")


class WithoutAddress(logging.Filter):
    """Drops the parts Django fills into its own messages (the address asked for, the name typed)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with a fixed sentence in place of its words."""
        status = getattr(record, "status_code", None)
        record.msg = f"{record.name} answered {status}" if status else f"{record.name} reported"
        record.args = ()
        return True


def error_without_words(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace an exception by its type and the lines it passed through, leaving its message out."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info if isinstance(info, BaseException) else None
    if error is not None:
        event["error"] = type(error).__name__
        event["where"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


STEPS: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(allow=["job", "code", "count", "seconds"]),
]


def configure_structlog() -> None:
    """Send structlog's loggers through the standard library, so that one handler writes every line."""
    structlog.configure(
        processors=[*STEPS[:3], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything from `level` up, as JSON on stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_address": {"()": WithoutAddress}},
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": STEPS,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    error_without_words,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
            "addressless": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["without_address"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            **{
                name: {"handlers": ["addressless"], "level": "WARNING", "propagate": False}
                for name in ADDRESSLESS
            },
        },
    }
