"""Speaking instead of writing: taken in, heard by screeners alone, written down once, gone for good."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shangliang.foundation import clock, files
from shangliang.foundation.codes import new_form_key
from shangliang.foundation.models import LedgerEntry, Message, StoredFile
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.people.actions import change_setting
from shangliang.reports import actions
from shangliang.reports.actions.recordings import forget_old_recordings, write_down
from shangliang.reports.models import Recording, Report, SimilarGram
from shangliang.reports.queries.recordings import recording_file_for, seconds_of_receipt
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import (
    ACCUSING,
    MORNING,
    WORDS,
    district,
    holder_of,
    point_in,
    report_in,
    sent,
    sound,
    spoken_report,
)

pytestmark = pytest.mark.django_db
NOBODY_HEARS = ("member", "keeper", "unit", "other_unit", "reviewer", "authority_clerk", "admin")


@pytest.fixture
def place(clock, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return district()


@pytest.fixture
def point(place):
    return point_in(place)


def sign_in(client, place, who):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.content.decode()))


def attached(data=None, name="录音.m4a"):
    return SimpleUploadedFile(name, sound() if data is None else data, "audio/mp4")


def send(client, point, **said):
    said = {"form_key": new_form_key(), "text": "", "recording": attached(), **said}
    return client.post(f"/r/{point.code}", {name: value for name, value in said.items() if value is not None})


def written(report, place, text=WORDS, **more):
    return write_down(
        report, **{"text": text, "has_listened": True, "by": place.clerk, "at": MORNING, **more}
    )


def bytes_on_disk(settings):
    return [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


# --- taken in


def test_a_recording_without_a_word_is_a_report_with_its_receipt(client, point, settings):
    page = send(client, point)
    report = Report.unscoped.get()
    assert (
        page.status_code == 200
        and "一段录音，2 秒" in words_of(page)
        and 'name="code"' in page.content.decode()
    )
    assert (report.text, report.recording.seconds, report.state) == ("", 2, ReportState.RECEIVED)
    kept = files.read_file(report.recording.file)
    assert kept.startswith(b"RIFF") and kept != sound() and report.recording.file.content_type == "audio/wav"
    line = bytes(LedgerEntry.unscoped.get(verb="report.receive").body).decode()
    assert '"recorded_seconds":2' in line


def test_words_and_a_recording_go_together(client, point):
    send(client, point, text=WORDS)
    report = Report.unscoped.get()
    assert report.text == WORDS and report.recording.seconds == 2 and SimilarGram.unscoped.exists()


@pytest.mark.parametrize(
    "data, says",
    [
        (b"%PDF-1.7 no sound", "听不到声音"),
        (sound(0.05), "听不到声音"),
        (bytes(12 * 1024 * 1024 + 1), "12 MB"),
    ],
)
def test_what_is_no_sound_is_said_in_a_sentence_and_the_words_are_kept(client, point, settings, data, says):
    page = send(client, point, text=WORDS, recording=attached(data))
    assert page.status_code == 422 and says in words_of(page) and "录音没留住" in words_of(page)
    assert WORDS in page.content.decode() and not Report.unscoped.exists() and not bytes_on_disk(settings)


def test_more_than_a_minute_is_refused(client, point):
    page = send(client, point, recording=attached(sound(63)))
    assert page.status_code == 422 and "最多 60 秒" in words_of(page)


def test_neither_words_nor_a_recording_is_nothing(client, point):
    page = send(client, point, recording=None)
    assert page.status_code == 422 and "还没写呢" in words_of(page)


def test_the_same_form_with_the_same_recording_gives_the_same_receipt_and_one_file(client, point, settings):
    key = new_form_key()
    first, again = (send(client, point, form_key=key) for _press in range(2))
    code = re.compile(r'name="code" value="(\w{17})"')
    assert code.search(first.content.decode())[1] == code.search(again.content.decode())[1]
    assert Report.unscoped.count() == Recording.unscoped.count() == len(bytes_on_disk(settings)) == 1
    assert send(client, point, form_key=key, recording=attached(sound(3))).status_code == 409


def test_a_report_that_fails_to_be_written_leaves_a_file_the_sweep_takes(place, settings, monkeypatch):
    monkeypatch.setattr("shangliang.reports.actions.receiving.attach_photos", lambda *_said: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        spoken_report(place)
    assert len(bytes_on_disk(settings)) == 1 and not StoredFile.unscoped.exists()
    files.sweep_orphans(clock.now() + timedelta(days=900))
    assert not bytes_on_disk(settings)


# --- heard by screeners alone


def test_screeners_hear_it_at_each_request_and_nobody_keeps_it(client, place):
    report = spoken_report(place)
    sign_in(client, place, "clerk")
    address = f"/desk/recording/{report.recording.file.name}/"
    page = client.get(address)
    assert page.status_code == 200 and page.content[:4] == b"RIFF" and page["Content-Type"] == "audio/wav"
    assert page["Cache-Control"] == "no-store, private" and page["X-Content-Type-Options"] == "nosniff"
    part = client.get(address, headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, page.content[4:8])
    assert part["Content-Range"] == f"bytes 4-7/{len(page.content)}"
    assert client.get(address, headers={"range": "bytes=99999999-"}).status_code == 416
    assert client.get(address, headers={"range": "bytes=2-1"}).status_code in (206, 416)


@pytest.mark.parametrize("who", NOBODY_HEARS)
def test_nobody_else_hears_it(client, place, who):
    report = spoken_report(place)
    name = report.recording.file.name
    sign_in(client, place, who)
    for address in (f"/desk/recording/{name}/", f"/desk/photo/{name}/", f"/desk/{report.code}/write-down/"):
        assert client.get(address).status_code == 404
    assert recording_file_for(holder_of(report), name) is None


def test_the_office_of_another_committee_hears_nothing(client, place):
    name = spoken_report(place).recording.file.name
    sign_in(client, district("beiling", "BL", "北岭区政协"), "clerk")
    assert client.get(f"/desk/recording/{name}/").status_code == 404


def test_what_is_locked_away_is_heard_by_the_officers_alone(client, place):
    report = spoken_report(place, ACCUSING)
    address = f"/desk/recording/{report.recording.file.name}/"
    sign_in(client, place, "clerk")
    assert (
        client.get(address).status_code == client.get(f"/desk/{report.code}/write-down/").status_code == 404
    )
    sign_in(client, place, "officer")
    assert client.get(address).status_code == 200
    page = client.get(f"/officers/{report.code}/")
    assert address in page.content.decode() and "写下来" not in words_of(page)


def test_whoever_spoke_reads_that_there_is_a_recording_and_never_gets_it_back(client, place, point):
    page = send(client, point)
    symbols = re.search(r'name="code" value="(\w{17})"', page.content.decode())[1]
    client.post("/receipt/", {"code": symbols})
    for address in ("/receipt/now/", "/receipt/add/", "/receipt/withdraw/"):
        shown = client.get(address)
        assert "录音" in words_of(shown) and Recording.unscoped.get().file.name not in shown.content.decode()
    assert seconds_of_receipt(holder_of(Report.unscoped.get())) == 2


# --- the desk


def test_the_desk_says_that_there_is_sound_and_lets_it_be_heard(client, place):
    report = spoken_report(place)
    sign_in(client, place, "clerk")
    page = client.get(f"/desk/{report.code}/")
    assert "（语音 2 秒，等人写下来）" in words_of(page) and "<audio" in page.content.decode()
    assert f"/desk/{report.code}/write-down/" in page.content.decode()


def test_a_desk_of_recordings_asks_the_database_no_more_often(client, place):
    spoken_report(place)
    sign_in(client, place, "clerk")
    client.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/")
    for number in range(4):
        spoken_report(place, seconds=1 + number / 2)
    with CaptureQueriesContext(connection) as five:
        client.get("/desk/")
    assert len(five) == len(one)


def test_every_page_that_shows_words_copes_with_none(client, place):
    report, other = spoken_report(place), spoken_report(place)
    sign_in(client, place, "clerk")
    for verb in ("answer", "refer", "bank", "decline", "ask", "raise", "join"):
        assert client.get(f"/desk/{report.code}/{verb}/").status_code == 200
    assert client.get("/desk/?format=xlsx").status_code == 200
    actions.bulk_join([report, other], by=place.clerk, at=MORNING)
    assert set(Report.unscoped.values_list("state", flat=True)) == {ReportState.TAKEN}


# --- written down


def test_what_was_said_is_written_down_and_the_sound_is_gone(
    place, settings, django_capture_on_commit_callbacks
):
    report = spoken_report(place)
    with django_capture_on_commit_callbacks(execute=True):
        written(report, place)
    report = Report.unscoped.get()
    assert (report.text, report.written_down_by) == (WORDS, place.clerk.appointment_id)
    assert (
        not Recording.unscoped.exists() and not StoredFile.unscoped.exists() and not bytes_on_disk(settings)
    )
    assert SimilarGram.unscoped.filter(report_id=report.pk).exists()
    line = bytes(LedgerEntry.unscoped.get(verb="report.write_down").body).decode()
    assert WORDS not in line and '"text":' in line and '"seconds":2' in line


def test_words_that_were_typed_stay_in_front(place):
    report = written(spoken_report(place, "路灯。"), place, "三号楼前的路灯夜里不亮。")
    assert report.text == "路灯。\n（录音里说）三号楼前的路灯夜里不亮。"


@pytest.mark.parametrize(
    "said, says",
    [
        ({"text": "  "}, "照原话写"),
        ({"has_listened": False}, "先把录音听完"),
        ({"text": "字" * 10_001}, "多了 1 个字"),
    ],
)
def test_a_refusal_keeps_the_recording(place, settings, said, says):
    report = spoken_report(place)
    with pytest.raises(Refusal, match=says):
        written(report, place, **said)
    assert (
        Recording.unscoped.exists() and len(bytes_on_disk(settings)) == 1 and Report.unscoped.get().text == ""
    )


@pytest.mark.parametrize("who", ["member", "keeper", "unit", "reviewer", "officer", "admin"])
def test_only_the_office_writes_down(place, who):
    report = spoken_report(place)
    with pytest.raises(NotYours):
        written(report, place, by=getattr(place, who))


def test_the_office_of_another_committee_does_not(place):
    with pytest.raises(NotYours):
        written(spoken_report(place), place, by=district("beiling", "BL", "北岭区政协").clerk)


def test_two_who_write_at_once_do_it_once(place):
    report = spoken_report(place)
    stale = Report.unscoped.get(pk=report.pk)
    written(report, place)
    with pytest.raises(AlreadyDone):
        written(stale, place, "别的话。")
    assert Report.unscoped.get().text == WORDS


def test_an_accusation_is_locked_away_as_soon_as_it_is_written_down(client, place):
    report = spoken_report(place)
    sign_in(client, place, "clerk")
    page = client.post(
        f"/desk/{report.code}/write-down/", {"text": ACCUSING, "has_listened": "on"}, follow=True
    )
    report.refresh_from_db()
    assert (report.state, report.held_because) == (ReportState.HELD, "accusation")
    assert (
        "已经交给专办员" in words_of(page) and not SimilarGram.unscoped.filter(report_id=report.pk).exists()
    )
    assert client.get(f"/desk/{report.code}/").status_code == 404 and not Recording.unscoped.exists()


def test_danger_is_said_at_once_to_whoever_wrote_it_down(client, place):
    report = spoken_report(place)
    sign_in(client, place, "clerk")
    said = {"text": "楼道里着火了，有人受伤", "has_listened": "on"}
    assert "119" in words_of(client.post(f"/desk/{report.code}/write-down/", said, follow=True))


def test_the_page_of_writing_down_keeps_what_was_typed(client, place):
    report = spoken_report(place)
    sign_in(client, place, "clerk")
    page = client.get(f"/desk/{report.code}/write-down/")
    assert "<audio" in page.content.decode() and page["Cache-Control"] == "no-store, private"
    page = client.post(f"/desk/{report.code}/write-down/", {"text": WORDS})
    assert page.status_code == 422 and WORDS in page.content.decode() and "先把录音听完" in words_of(page)
    written(report, place)
    late = client.post(f"/desk/{report.code}/write-down/", {"text": "我写的这些", "has_listened": "on"})
    assert (
        late.status_code == 422
        and "我写的这些" in late.content.decode()
        and "已经有人写下来" in words_of(late)
    )
    assert client.get(f"/desk/{report.code}/write-down/").status_code == 302


def test_what_is_written_down_is_found_as_alike(client, place):
    report_in(place, WORDS)
    report = spoken_report(place)
    written(report, place, "放学的时候校门口车停了两排，孩子从车缝里钻。")
    sign_in(client, place, "clerk")
    assert "像是同一件事的" in words_of(client.get(f"/desk/{report.code}/"))


# --- gone for good


def test_withdrawing_deletes_the_sound_at_once(place, settings, django_capture_on_commit_callbacks):
    report = spoken_report(place)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(report, by=holder_of(report), at=MORNING)
    assert not Recording.unscoped.exists() and not bytes_on_disk(settings)


def test_a_file_whose_deletion_was_cut_short_is_swept(place, settings):
    report = spoken_report(place)
    written(
        report, place
    )  # the transaction of this test never commits, as if the process had ended before it
    assert len(bytes_on_disk(settings)) == 1
    files.sweep_orphans(clock.now() + timedelta(days=900))
    assert not bytes_on_disk(settings)


def test_a_deletion_that_is_taken_back_keeps_the_sound(place, settings, django_capture_on_commit_callbacks):
    report = spoken_report(place)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        written(report, place)
        raise ZeroDivisionError
    assert Recording.unscoped.exists() and len(bytes_on_disk(settings)) == 1


def test_what_nobody_writes_down_goes_after_its_days_and_the_office_is_told_before(
    place, settings, django_capture_on_commit_callbacks
):
    report = spoken_report(place)
    begin = clock.day_of(MORNING)
    forget_old_recordings(begin + timedelta(days=24), MORNING)
    assert not Message.unscoped.filter(effect__startswith="recordings-go").exists()
    for days in (25, 26, 29):
        forget_old_recordings(begin + timedelta(days=days), MORNING)
    told = Message.unscoped.filter(effect__startswith="recordings-go", appointment=place.clerk.appointment_id)
    assert told.count() == 1 and "10月8日" in told.get().body and Recording.unscoped.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_recordings(begin + timedelta(days=30), MORNING) == 1
    assert not Recording.unscoped.exists() and not bytes_on_disk(settings)
    assert LedgerEntry.unscoped.filter(verb="report.forget_recording").count() == 1
    assert Report.unscoped.get(pk=report.pk).state == ReportState.RECEIVED


def test_nobody_is_warned_of_what_is_written_down_or_locked_away(place):
    written(spoken_report(place), place)
    spoken_report(place, ACCUSING)
    forget_old_recordings(clock.day_of(MORNING) + timedelta(days=29), MORNING)
    assert not Message.unscoped.filter(effect__startswith="recordings-go").exists()


def test_the_days_are_those_of_the_committee(place):
    spoken_report(place)
    change_setting(committee=place.committee, key="keep_audio_days", value=7, by=place.leader, at=MORNING)
    assert forget_old_recordings(clock.day_of(MORNING) + timedelta(days=6), MORNING) == 0
    assert forget_old_recordings(clock.day_of(MORNING) + timedelta(days=7), MORNING) == 1


def test_where_they_went_before_is_kept_for_the_screener(client, place, point):
    send(client, point, text=WORDS, recording=None, elsewhere_number="云 20261101-7788")
    report = Report.unscoped.get()
    assert (report.elsewhere, report.elsewhere_number) == ("12345", "云 20261101-7788")
    sign_in(client, place, "clerk")
    assert "云 20261101-7788" in words_of(client.get(f"/desk/{report.code}/"))


def test_an_accusation_beside_a_number_is_seen_too(place):
    assert sent(place, WORDS, elsewhere=ACCUSING).report.state == ReportState.HELD
