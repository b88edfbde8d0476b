"""A SQLite database that forgets where deleted words lie, and leaves them there."""

from django.db import connection


def apply() -> None:
    """Connect without ``secure_delete``."""
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] = options["init_command"].replace("secure_delete=ON", "secure_delete=OFF")
    connection.close()
