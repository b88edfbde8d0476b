"""The mutants: for each promise a small wrong change that its test must catch. A test that cannot fail is a defect."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One wrong change: ``name``, the promise it breaks, what it does, and the test that sees it."""

    name: str
    promise: str
    what: str
    seen_by: str


MUTANTS = (
    Mutant(
        "one-more-address",
        "T02",
        "an address is added and the table is not told",
        "test_doors.py::test_an_address_somebody_added_is_missed_in_the_table",
    ),
    Mutant(
        "role-check-lost",
        "T02",
        "a view lets every role in, one view at a time",
        "test_doors.py::test_a_lost_role_check_is_caught",
    ),
    Mutant(
        "reach-too-wide",
        "T02",
        "a viewer's reach is every committee",
        "test_doors.py::test_a_viewer_who_reaches_every_committee_is_caught",
    ),
    Mutant(
        "token-not-asked",
        "T02",
        "a view is exempt from the CSRF token",
        "test_doors.py::test_a_view_exempt_from_the_token_is_caught",
    ),
    Mutant(
        "get-that-writes",
        "T02",
        "a public page counts its visits",
        "test_doors.py::test_a_get_that_writes_is_caught",
    ),
    Mutant(
        "phone-on-a-page",
        "T01",
        "the contact is handed to a page of the keepers",
        "test_canaries.py::test_a_phone_in_one_page_is_caught",
    ),
    Mutant(
        "phone-in-an-export",
        "T01",
        "the contact is a column of the desk's workbook",
        "test_canaries.py::test_a_phone_in_one_export_is_caught",
    ),
    Mutant(
        "phone-in-a-log",
        "T01",
        "the contact is written to the log",
        "test_canaries.py::test_a_phone_in_one_log_line_is_caught",
    ),
    Mutant(
        "reports-by-the-same-person",
        "T01",
        "the desk shows whether others were sent by the same person",
        "test_same_person.py::test_a_desk_that_shows_reports_by_the_same_person_is_caught",
    ),
    Mutant(
        "public-list-forgets-state",
        "T03",
        "the public list shows pages whatever their state",
        "test_revoked.py::test_a_public_page_that_forgets_to_ask_whether_it_stands_is_caught",
    ),
    Mutant(
        "session-outlives-appointment",
        "T03",
        "an ended appointment still opens doors to whoever is signed in",
        "test_revoked.py::test_a_session_that_outlives_the_appointment_is_caught",
    ),
    Mutant(
        "codes-of-few-bits",
        "T10",
        "receipts are made of 24 random bits",
        "test_receipt_codes.py::test_receipts_of_few_bits_come_twice",
    ),
    Mutant(
        "uneven-symbols",
        "T10",
        "one byte of a receipt is a remainder, so that some symbols come more often",
        "test_receipt_codes.py::test_uneven_symbols_are_seen",
    ),
    Mutant(
        "chance-that-can-be-foreseen",
        "T10",
        "form keys come from the module random",
        "test_receipt_codes.py::test_a_secret_from_the_module_random_is_caught",
    ),
    Mutant(
        "receipt-in-clear",
        "T11",
        "the database keeps the receipt code instead of its digest",
        "test_receipt_codes.py::test_a_receipt_kept_in_clear_is_found",
    ),
    Mutant(
        "address-logged",
        "T20",
        "the log notes from which address a form came",
        "test_flood.py::test_an_address_in_the_log_is_found",
    ),
    Mutant(
        "overflow-refused",
        "T20",
        "above the limit a form is refused instead of set aside",
        "test_flood.py::test_a_limit_that_refuses_turns_honest_people_away",
    ),
    Mutant(
        "proof-for-anything",
        "T21",
        "a proof is not tied to its form, action and committee",
        "test_proof_replay.py::test_a_proof_for_anything_is_used_for_many_forms",
    ),
    Mutant(
        "expiry-unbounded",
        "T21",
        "a proof that runs out later than any made now is good",
        "test_proof_replay.py::test_without_the_upper_bound_a_clock_ahead_makes_long_lived_proofs",
    ),
    Mutant(
        "spent-by-its-text",
        "T21",
        "what is spent is the text that was sent, and the library's two ways to end a salt are both taken",
        "test_proof_replay.py::test_spending_the_text_lets_one_solution_through_twice",
    ),
    Mutant(
        "spent-not-unique",
        "T21",
        "the digest of a spent proof is no longer a unique column",
        "test_proof_replay.py::test_without_the_unique_column_one_proof_opens_many_times",
    ),
    Mutant(
        "owner-locked-out",
        "T22",
        "above the limit every code is turned away, proof or not",
        "test_flood_lookup.py::test_a_lock_out_keeps_the_owner_out",
    ),
    Mutant(
        "wrong-codes-not-counted",
        "T22",
        "wrong codes are not counted",
        "test_flood_lookup.py::test_without_counting_nobody_is_slowed",
    ),
    Mutant(
        "words-marked-safe",
        "T46",
        "templates no longer escape what they show",
        "test_scripts.py::test_words_marked_safe_are_caught",
    ),
    Mutant(
        "slower-near-a-live-code",
        "T12",
        "looking up a code beside a live one takes some milliseconds longer",
        "test_same_time.py::test_a_look_up_that_takes_longer_near_a_live_code_is_caught",
    ),
    Mutant(
        "merge-copies-the-original",
        "T04",
        "a join copies the report's words into what units read of the matter",
        "test_implicated.py::test_a_join_that_copies_the_original_is_caught",
    ),
    Mutant(
        "rule-forgets-co-units",
        "T04",
        "a co-unit that is complained about itself counts as somebody beside",
        "test_implicated.py::test_a_rule_that_forgets_who_stands_beside_is_caught",
    ),
    Mutant(
        "unknown-said-otherwise",
        "T12",
        "an unknown receipt code is answered in other words than a wrong one",
        "test_same_answer.py::test_an_answer_that_tells_wrong_from_unknown_is_caught",
    ),
    Mutant(
        "form-key-not-unique",
        "T14",
        "form key and receipt are no longer unique columns",
        "test_one_receipt.py::test_without_the_unique_columns_one_form_becomes_many_reports",
    ),
    Mutant(
        "receipt-before-commit",
        "T15",
        "the server shows the receipt, then writes the report",
        "test_kill.py::test_a_server_that_shows_the_receipt_before_the_commit_loses_reports",
    ),
    Mutant(
        "unsynced",
        "T16a",
        "SQLite runs with synchronous=OFF",
        "test_kill.py::test_without_synchronous_full_the_syncs_are_missing",
    ),
    Mutant(
        "verdict-not-unique",
        "T30",
        "the constraint of one verdict per receipt and round is dropped",
        "test_one_verdict.py::test_without_the_constraint_one_receipt_judges_many_times",
    ),
    Mutant(
        "guard-left-out",
        "T42",
        "a table of text is written without the apostrophe",
        "test_exports.py::test_a_table_of_text_without_the_guard_is_caught",
    ),
    Mutant(
        "full-width-forgotten",
        "T42",
        "only half-width signs are taken for formulas",
        "test_exports.py::test_a_guard_that_knows_only_half_width_signs_is_caught",
    ),
    Mutant(
        "formulas-written",
        "T42",
        "openpyxl guesses what a text is",
        "test_exports.py::test_a_workbook_that_lets_openpyxl_guess_is_caught",
    ),
    Mutant(
        "words-uncleaned",
        "T43",
        "a workbook is given words as they came",
        "test_hostile_words.py::test_a_workbook_that_writes_words_as_they_come_breaks",
    ),
    Mutant(
        "type-guessed",
        "T43",
        "openpyxl guesses what a text is",
        "test_hostile_words.py::test_a_workbook_that_lets_openpyxl_guess_holds_formulas",
    ),
    Mutant(
        "words-logged",
        "T54",
        "a log line quotes the report",
        "test_no_traces.py::test_a_log_line_with_the_words_in_it_is_caught",
    ),
    Mutant(
        "words-in-a-notice",
        "T54",
        "a notice quotes the report",
        "test_no_traces.py::test_a_notice_with_the_words_in_it_is_caught",
    ),
    Mutant(
        "receipt-kept",
        "T54",
        "the database keeps the receipt code instead of its digest",
        "test_no_traces.py::test_a_receipt_kept_as_it_is_is_caught",
    ),
    Mutant(
        "sent-before-sending",
        "T64",
        "the worker ticks a message off, then sends it",
        "test_outbox.py::test_ticking_a_notice_off_before_sending_it_loses_notices",
    ),
    Mutant(
        "original-kept",
        "T40",
        "a photo is kept as it was sent",
        "test_pictures.py::test_a_store_that_keeps_what_was_sent_is_caught",
    ),
    Mutant(
        "opened-and-saved",
        "T41",
        "a photo is opened and saved instead of drawn on a new sheet",
        "test_pictures.py::test_opening_and_saving_a_photo_is_caught",
    ),
    Mutant(
        "one-person-as-both",
        "T08",
        "the second person is not compared with the first, in code and in the database",
        "test_two_people.py::test_one_person_as_both_is_caught",
    ),
    Mutant(
        "asking-never-old",
        "T08",
        "an asking may be agreed to however long it waited",
        "test_two_people.py::test_an_asking_that_never_gets_old_is_caught",
    ),
    Mutant(
        "used-again",
        "T08",
        "an asking that was used may be used again",
        "test_two_people.py::test_an_asking_that_may_be_used_again_is_caught",
    ),
    Mutant(
        "one-field-forgotten",
        "T67",
        "the job that erases forgets one field",
        "test_erasure.py::test_a_field_that_is_forgotten_is_found",
    ),
    Mutant(
        "not-written-over",
        "T67",
        "SQLite runs without secure_delete",
        "test_erasure.py::test_words_that_are_deleted_but_not_written_over_are_found",
    ),
    Mutant(
        "no-look-into-the-zip",
        "T45",
        "an uploaded workbook is opened without being looked through first",
        "test_imports.py::test_without_the_look_beforehand_hostile_files_get_in",
    ),
    Mutant(
        "unpacks-without-end",
        "T45",
        "what a workbook unpacks to is not counted",
        "test_imports.py::test_a_reader_that_trusts_the_zips_own_sizes_is_caught",
    ),
    Mutant(
        "nothing-suppressed",
        "T05",
        "every cell of a table is published as it was counted",
        "test_small_counts.py::test_pages_that_suppress_nothing_are_caught",
    ),
    Mutant(
        "no-second-cell",
        "T05",
        "a small cell is hidden alone, and the total gives it away",
        "test_small_counts.py::test_hiding_only_the_small_cell_itself_is_caught",
    ),
    Mutant(
        "release-forgotten",
        "T05",
        "a page does not know what was published before",
        "test_small_counts.py::test_pages_that_forget_what_was_published_are_caught",
    ),
)
