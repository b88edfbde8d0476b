"""Nothing becomes public but by preparing, showing, reviewing and publishing, each by whom it may."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from shangliang.foundation import publishing, roles
from shangliang.foundation.models import LedgerEntry, Preview, Publication, Review
from shangliang.foundation.queries import (
    get_publication_for,
    publications_of,
    publications_seen_by,
    published_in,
)
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.foundation.states import PublicationState
from shangliang.foundation.tests.factories import (
    CLERK,
    COMMITTEE,
    LEADER,
    MORNING,
    REVIEWER,
    SECOND_REVIEWER,
    SYSTEM,
    appointed,
    load_days,
    prepared,
)
from shangliang.foundation.viewer import NOBODY, LinkHolder, Public, ReceiptHolder

pytestmark = pytest.mark.django_db
S = PublicationState
UNIT = (5, "区城管局")


def published(**said):
    row = prepared(**said)
    publishing.review(row, by=REVIEWER, at=MORNING)
    return publishing.publish(row, by=CLERK, at=MORNING)


def test_words_go_from_the_clerk_over_a_reviewer_to_the_public():
    row = published()
    assert row.state == S.PUBLISHED and row.published_at == MORNING
    assert list(published_in(NOBODY, COMMITTEE, "matter")) == [row]
    verbs = list(LedgerEntry.unscoped.values_list("verb", flat=True).order_by("seq"))
    assert verbs == ["publication.prepare", "publication.read", "publication.review", "publication.publish"]


def test_unreviewed_words_cannot_be_published():
    with pytest.raises(WrongState):
        publishing.publish(prepared(), by=LEADER, at=MORNING)


def test_whoever_prepared_the_words_cannot_review_them_in_any_role():
    row = prepared()
    with pytest.raises(NotYours, match="另一位"):
        publishing.review(row, by=appointed(roles.LEADER, CLERK.person_id), at=MORNING)


@pytest.mark.parametrize("role", [roles.CLERK, roles.ADMIN, roles.UNIT, roles.MEMBER])
def test_who_is_no_reviewer_cannot_review(role):
    with pytest.raises(NotYours):
        publishing.review(prepared(), by=appointed(role, 9), at=MORNING)


def test_two_needed_reviewers_are_two_people():
    row = prepared(reviewers_needed=2)
    publishing.review(row, by=REVIEWER, at=MORNING)
    assert row.state == S.PREPARED
    with pytest.raises(AlreadyDone):
        publishing.review(row, by=appointed(roles.LEADER, REVIEWER.person_id), at=MORNING)
    publishing.review(row, by=SECOND_REVIEWER, at=MORNING)
    assert row.state == S.REVIEWED


def test_withdrawn_words_take_no_more_reviews():
    row = prepared(reviewers_needed=3)
    stale = Publication.unscoped.get()
    publishing.withdraw(row, reason="写错了", by=CLERK, at=MORNING)
    with pytest.raises(WrongState, match="已撤下"):
        publishing.review(stale, by=REVIEWER, at=MORNING)
    assert not Review.unscoped.exists()


def test_a_named_unit_sees_the_words_first_and_has_three_working_days():
    load_days()
    row = prepared(named_units=[UNIT])
    publishing.review(row, by=REVIEWER, at=MORNING)
    with pytest.raises(Refusal, match="区城管局"):
        publishing.publish(row, by=CLERK, at=MORNING)
    preview = publishing.show_to_unit(row, unit=5, how="当面", by=CLERK, at=MORNING)
    assert preview.answer_until.isoformat() == "2026-09-11"
    with pytest.raises(Refusal, match="还差"):
        publishing.publish(row, by=CLERK, at=MORNING + timedelta(days=3))
    assert publishing.publish(row, by=CLERK, at=MORNING + timedelta(days=4)).state == S.PUBLISHED


def test_a_unit_corrects_facts_and_has_no_veto():
    load_days()
    row = prepared(named_units=[UNIT])
    publishing.review(row, by=REVIEWER, at=MORNING)
    preview = publishing.show_to_unit(row, unit=5, how="发函", by=CLERK, at=MORNING)
    publishing.answer_preview(
        preview, correction="是 38 个车位", by=LinkHolder("preview", row.code, 5), at=MORNING
    )
    assert publishing.publish(row, by=CLERK, at=MORNING).state == S.PUBLISHED
    assert b"38" not in bytes(LedgerEntry.unscoped.get(verb="publication.unit_answer").body)


def test_a_unit_that_is_not_named_is_not_shown_the_words():
    with pytest.raises(Refusal, match="没有写到"):
        publishing.show_to_unit(prepared(named_units=[UNIT]), unit=6, how="", by=CLERK, at=MORNING)


def test_words_are_withdrawn_only_with_a_reason():
    row = published()
    for reason in ("", "  \n"):
        with pytest.raises(Refusal, match="原因"):
            publishing.withdraw(row, reason=reason, by=CLERK, at=MORNING)
    publishing.withdraw(row, reason="数字写错了", by=CLERK, at=MORNING)
    assert not publications_seen_by(NOBODY).exists()
    assert Publication.unscoped.get().withdrawn_because == "数字写错了"


def test_one_step_has_one_standing_text_until_it_is_withdrawn():
    row = prepared()
    with pytest.raises(AlreadyDone, match="已经有一份"):
        prepared()
    publishing.withdraw(row, reason="重写", by=CLERK, at=MORNING)
    assert prepared().pk != row.pk


def test_the_database_itself_holds_one_standing_text_per_step():
    row = prepared()
    row.pk, row.code = None, "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("viewer", [NOBODY, Public(COMMITTEE), ReceiptHolder(1), LinkHolder("x", "y", 5, COMMITTEE),
                                    appointed(roles.UNIT, 8), appointed(roles.MEMBER, 8), appointed(roles.CLERK, 8, committee=9)])  # fmt: skip
def test_drafts_do_not_exist_for_whoever_is_not_of_the_office(viewer):
    row = prepared()
    assert get_publication_for(viewer, row.code) is None
    assert not publications_of(viewer, row.subject).exists()


def test_the_office_sees_drafts_of_its_own_committee():
    row = prepared()
    for viewer in (CLERK, LEADER, REVIEWER, SYSTEM):
        assert get_publication_for(viewer, row.code) == row


def test_nobody_outside_the_office_prepares_or_publishes():
    with pytest.raises(NotYours):
        prepared(by=appointed(roles.MEMBER, 9))
    row = prepared()
    publishing.review(row, by=REVIEWER, at=MORNING)
    for viewer in (NOBODY, REVIEWER, appointed(roles.UNIT, 9)):
        with pytest.raises(NotYours):
            publishing.publish(row, by=viewer, at=MORNING)


def shown_to_unit():
    load_days()
    row = prepared(named_units=[UNIT])
    return row, publishing.show_to_unit(row, unit=5, how="发函", by=CLERK, at=MORNING)


def test_only_the_unit_itself_answers_and_only_once():
    _row, preview = shown_to_unit()
    for other in (LinkHolder("preview", "x", 6), REVIEWER):
        with pytest.raises(NotYours):
            publishing.answer_preview(preview, correction="", by=other, at=MORNING)
    publishing.answer_preview(preview, correction="是 38 个", by=LinkHolder("preview", "x", 5), at=MORNING)
    with pytest.raises(AlreadyDone):
        publishing.answer_preview(preview, correction="", how="电话", by=CLERK, at=MORNING)
    assert Preview.unscoped.get().correction == "是 38 个"


def test_what_a_clerk_records_for_a_unit_says_how_it_was_learnt():
    _row, preview = shown_to_unit()
    with pytest.raises(Refusal, match="怎么得知"):
        publishing.answer_preview(preview, correction="", how=" ", by=CLERK, at=MORNING)
    publishing.answer_preview(preview, correction="", how="电话", by=CLERK, at=MORNING)
    assert "代录：电话" in Preview.unscoped.get().how


def test_showing_words_at_the_end_of_the_day_table_says_which_year_is_missing():
    load_days()
    row = prepared(named_units=[UNIT])
    with pytest.raises(Refusal, match="2028年"):
        publishing.show_to_unit(row, unit=5, how="发函", by=CLERK, at=datetime(2027, 12, 31, 2, tzinfo=UTC))
    assert not Preview.unscoped.exists()
