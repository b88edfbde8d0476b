"""One function per button of the office's own pages: committees, places, units, people, settings, what got stuck."""

from shangliang.people.actions.background import read_messages, retry_job, retry_message
from shangliang.people.actions.committees import (
    RESERVED_SLUGS,
    add_area,
    add_organisation,
    add_places,
    add_units,
    begin_office,
    describe_organisation,
    open_committee,
    set_up_work,
)
from shangliang.people.actions.persons import (
    INVITATION_DAYS,
    Seated,
    accept_invitation,
    appoint,
    change_password,
    end_appointment,
    invite,
    seat_people,
    set_password,
)
from shangliang.people.actions.preferences import (
    change_preferences,
    change_setting,
    change_settings,
    rename_committee,
    set_letters,
    want_digest,
)
from shangliang.people.actions.workdays import confirm_year, drop_day, set_day

__all__ = [
    "INVITATION_DAYS",
    "RESERVED_SLUGS",
    "Seated",
    "accept_invitation",
    "add_area",
    "add_organisation",
    "add_places",
    "add_units",
    "appoint",
    "begin_office",
    "change_password",
    "change_preferences",
    "change_setting",
    "change_settings",
    "confirm_year",
    "describe_organisation",
    "drop_day",
    "end_appointment",
    "invite",
    "open_committee",
    "read_messages",
    "rename_committee",
    "retry_job",
    "retry_message",
    "seat_people",
    "set_day",
    "set_letters",
    "set_password",
    "set_up_work",
    "want_digest",
]
