"""Who gets in where: one row for every address of the product. An address that is not here fails the suite.

Written by hand from what each page is for, never from the decorators: this is the second opinion on them. A viewer who
is not named finds nothing (404), the sign-in page, or the page where a receipt code is typed. The clerk of another
committee opens what a clerk opens, on the own rows only; every object of another committee is tried as well.
"""

from tests.trust.doorway import Door

OFFICE = ("clerk", "leader")
STAFF = (*OFFICE, "reviewer", "officer", "admin", "keeper", "member", "unit", "other_unit", "authority")
HOLDERS = ("receipt", "other_receipt")
ANYBODY = ("anonymous", *STAFF, *HOLDERS, "link")
MANAGERS = ("leader", "admin")
DESK = (*OFFICE, "admin")
WORDS_DESK = (*OFFICE, "reviewer")
UNITS = ("unit", "other_unit")

SIGNING_IN = (
    Door("people:home", get=ANYBODY, post=ANYBODY),
    Door("people:sign_in", get=ANYBODY, post=ANYBODY, shut=()),
    Door("people:sign_out", post=ANYBODY),
    Door("people:act_as", post=("clerk",), sends={"appointment": "@seat"}),
    Door("people:invite", get=ANYBODY, post=ANYBODY, of={"token": "invitation"}, is_public=True),
    Door("people:inbox", get=STAFF, post=STAFF),
    Door("people:password", get=STAFF, post=STAFF),
    Door("ui:elder", get=ANYBODY),
    Door("ui:language", get=ANYBODY),
    Door("ui:gallery", get=STAFF),
)
OWN_OFFICE = (
    Door("people:office", get=DESK, post=DESK),
    Door("people:link_again", post=DESK, sends={"appointment": "@appointment"}),
    Door("people:end_appointment", post=DESK, sends={"appointment": "@appointment"}),
    Door("people:places", get=DESK, post=DESK),
    Door("people:units", get=DESK, post=DESK),
    Door("people:unit", post=DESK, sends={"unit": "@organisation", "kind": "school"}),
    Door("people:settings", get=DESK, post=DESK),
    Door("people:days", get=DESK, post=DESK),
    Door("people:drop_day", post=MANAGERS, sends={"day": "2026-10-01"}),
    Door("people:confirm_year", post=MANAGERS, of={"year": "year"}, is_public=True),
    Door("people:background", get=DESK, post=DESK, sends={"what": "job:0"}),
    Door("people:ledger", get=DESK, post=DESK),
    Door("people:start", get=MANAGERS, post=MANAGERS),
    Door("people:start_places", get=MANAGERS, post=MANAGERS),
    Door("people:start_people", get=MANAGERS, post=MANAGERS),
    Door("people:start_work", get=MANAGERS, post=MANAGERS),
    Door("people:start_point", get=MANAGERS, post=MANAGERS),
    Door("instance:remove_example", post=MANAGERS),
)
RESIDENTS = (
    Door("reports:where", get=ANYBODY),
    Door("reports:how_protected", get=ANYBODY),
    Door("reports:report_form", get=ANYBODY, post=ANYBODY, of={"code": "point"}, is_public=True),
    Door("reports:report_form_bare", get=ANYBODY, post=ANYBODY, of={"code": "point"}, is_public=True),
    Door("reports:receipt_lookup", get=ANYBODY, post=ANYBODY, shut=()),
    Door("reports:receipt_forget", post=ANYBODY, shut=()),
    Door("reports:receipt_reply", get=HOLDERS, post=HOLDERS),
    Door("reports:receipt_add", get=HOLDERS, post=HOLDERS),
    Door("reports:receipt_withdraw", get=HOLDERS, post=HOLDERS),
    Door("delivery:verdict", get=HOLDERS, post=HOLDERS),
    Door("delivery:verdict_picture", get=("receipt",), of={"name": "evidence"}),
    Door("portal:receipt", get=HOLDERS),
    Door("portal:receipt_file", get=(*OFFICE, "receipt"), post=(*OFFICE, "receipt"), of={"name": "photo"}),
    Door("portal:file", get=(*OFFICE, "receipt"), post=(*OFFICE, "receipt"), of={"name": "photo"}),
)
SCREENING = (
    Door("reports:photo", get=OFFICE, of={"name": "photo"}),
    Door("reports:desk", get=OFFICE, post=OFFICE),
    Door("reports:desk_bulk", post=OFFICE),
    Door("reports:desk_undo", post=OFFICE),
    Door("reports:enter", get=(*OFFICE, "keeper"), post=(*OFFICE, "keeper")),
    Door("reports:desk_report", get=OFFICE, post=OFFICE, of={"code": "waiting"}),
    Door("reports:desk_join_beside", post=OFFICE, of={"code": "waiting"}, sends={"matter": "@gathered"}),
    Door("reports:ask_contact", get=OFFICE, post=OFFICE, of={"code": "waiting"}),
    Door("reports:open_contact", post=OFFICE, of={"code": "waiting"}),
    Door("reports:desk_hold", post=OFFICE, of={"code": "waiting"}),
    Door("reports:desk_undo_one", post=OFFICE, of={"code": "waiting"}, as_unknown=True),
    Door("reports:desk_move", get=OFFICE, post=OFFICE, of={"code": "waiting", "verb": "verb"}),
    Door("reports:matters", get=OFFICE, post=OFFICE),
    Door("reports:matter_end", get=OFFICE, post=OFFICE, of={"code": "gathered"}),
    Door("reports:points", get=(*OFFICE, "keeper"), post=(*OFFICE, "keeper")),
    Door("reports:point_new", get=OFFICE, post=OFFICE),
    Door("reports:poster", get=OFFICE, post=OFFICE, of={"code": "point"}),
    Door("reports:point_move", post=OFFICE, of={"code": "point", "verb": "point_verb"}),
    Door("reports:officer_queue", get=("officer",), post=("officer",)),
    Door("reports:officer_report", get=("officer",), post=("officer",), of={"code": "held"}),
    Door("reports:officer_release", post=("officer",), of={"code": "held"}),
)
TOPICS = (
    Door("topics:bank", get=(*OFFICE, "member")),
    Door("topics:xlsx", get=(*OFFICE, "member")),
    Door("topics:new", get=OFFICE, post=OFFICE),
    Door("topics:forms", get=DESK, post=DESK),
    Door("topics:form", get=DESK, post=DESK, of={"key": "form"}, is_public=True),
    Door("topics:one", get=(*OFFICE, "member"), of={"code": "topic"}),
    Door("topics:step", get=OFFICE, post=OFFICE, of={"code": "topic", "name": "topic_step"}),
)
CONSULTATIONS = (
    Door("consultations:all", get=(*OFFICE, "member")),
    Door("consultations:xlsx", get=(*OFFICE, "member")),
    Door("consultations:open", get=OFFICE, post=OFFICE, of={"code": "scheduled"}),
    Door(
        "consultations:suggestion",
        get=OFFICE,
        post=OFFICE,
        of={"code": "suggestion", "name": "suggestion_step"},
    ),
    Door("consultations:one", get=(*OFFICE, "member"), of={"code": "consultation"}),
    Door("consultations:one", get=(*OFFICE, "member", "authority"), of={"code": "lists"}, tag="submitted"),
    Door("consultations:minutes", get=(*OFFICE, "member"), of={"code": "met"}),
    Door(
        "consultations:step",
        get=OFFICE,
        post=OFFICE,
        of={"code": "consultation", "name": "consultation_step"},
    ),
    Door(
        "consultations:step",
        get=(*OFFICE, "authority"),
        post=(*OFFICE, "authority"),
        of={"code": "lists", "name": "deciding"},
        tag="deciding",
    ),
)
DELIVERY = (
    Door("delivery:assignments", get=(*OFFICE, "authority", *UNITS)),
    Door("delivery:awaiting", get=(*OFFICE, "authority")),
    Door("delivery:assign", get=(*OFFICE, "authority"), post=(*OFFICE, "authority"), of={"code": "adopted"}),
    Door("delivery:follow_ups", get=OFFICE),
    Door("delivery:follow_up", get=OFFICE, post=OFFICE, of={"code": "follow_up"}),
    Door("delivery:look_backs", get=OFFICE),
    Door("delivery:look_back", get=OFFICE, post=OFFICE, of={"code": "look_back"}),
    Door("delivery:evidence", get=(*OFFICE, "authority", *UNITS), of={"name": "evidence"}),
    Door("delivery:assignment", get=(*OFFICE, "authority", *UNITS), of={"code": "assignment"}),
    Door("delivery:link", post=OFFICE, of={"code": "assignment"}),
    Door(
        "delivery:step",
        get=(*OFFICE, "unit"),
        post=(*OFFICE, "unit"),
        of={"code": "assignment", "name": "accepting"},
    ),
    Door(
        "delivery:step",
        get=OFFICE,
        post=OFFICE,
        of={"code": "assignment", "name": "verifying"},
        tag="verifying",
    ),
    Door("delivery:by_link", get=ANYBODY, of={"token": "link"}, is_public=True),
    Door(
        "delivery:link_step",
        get=ANYBODY,
        post=ANYBODY,
        of={"token": "link", "name": "accepting"},
        is_public=True,
    ),
    Door("delivery:link_step", of={"token": "link", "name": "verifying"}, tag="verifying", is_public=True),
    Door("delivery:lists", get=(*OFFICE, "authority", "member")),
    Door("delivery:micro", get=OFFICE, post=OFFICE),
    Door("delivery:lists_of", get=(*OFFICE, "authority", "member"), of={"code": "judged_lists"}),
    Door("delivery:lists_of", get=(*OFFICE, "member"), of={"code": "lists"}, tag="nothing issued yet"),
    Door("delivery:lists_xlsx", get=(*OFFICE, "authority", "member"), of={"code": "judged_lists"}),
    Door("delivery:ask_for_verdicts", post=OFFICE, of={"code": "lists"}),
    Door("delivery:close_consultation", post=OFFICE, of={"code": "lists"}),
    Door("delivery:close_matter", post=OFFICE, of={"code": "judged_lists", "matter_code": "judged"}),
)
FIGURES_AND_WORDS = (
    Door("statistics:figures", get=(*OFFICE, "member"), post=(*OFFICE, "member")),
    Door(
        "statistics:figure",
        get=(*OFFICE, "member"),
        post=(*OFFICE, "member"),
        of={"key": "metric"},
        is_public=True,
    ),
    Door("portal:matter_course", get=WORDS_DESK, post=WORDS_DESK, of={"code": "judged"}),
    Door("portal:publications", get=WORDS_DESK, post=WORDS_DESK),
    Door("portal:prepare", get=OFFICE, post=OFFICE, asks="?subject=matter:@closed"),
    Door("portal:publication", get=WORDS_DESK, post=WORDS_DESK, of={"code": "draft"}),
    Door("portal:review", post=WORDS_DESK, of={"code": "draft"}),
    Door("portal:publish", post=OFFICE, of={"code": "draft"}),
    Door("portal:withdraw", post=OFFICE, of={"code": "draft"}),
    Door("portal:show", post=OFFICE, of={"code": "draft", "unit": "unit"}),
    Door("portal:answer", post=OFFICE, of={"code": "draft", "unit": "unit"}),
    Door("portal:previews", get=UNITS, post=UNITS),
    Door("portal:preview", get=("unit",), post=("unit",), of={"code": "draft"}),
)
PUBLIC = (
    Door("portal:health", get=ANYBODY, post=ANYBODY),
    *(
        Door(f"portal:{name}", get=ANYBODY, post=ANYBODY, of={"slug": "slug"}, is_public=True)
        for name in ("home", "matters", "topics", "points", "protection", "how_to", "ledger")
    ),
    Door("portal:matter", get=ANYBODY, post=ANYBODY, of={"slug": "slug", "code": "judged"}, is_public=True),
    Door("portal:matter", of={"slug": "slug", "code": "gathered"}, tag="not published", is_public=True),
    Door("portal:topic", of={"slug": "slug", "code": "topic"}, is_public=True),
)
DOORS = (
    *SIGNING_IN,
    *OWN_OFFICE,
    *RESIDENTS,
    *SCREENING,
    *TOPICS,
    *CONSULTATIONS,
    *DELIVERY,
    *FIGURES_AND_WORDS,
    *PUBLIC,
)
