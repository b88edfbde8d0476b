"""A recording is written again by a child that may touch nothing; nothing of the original survives."""

import io
import math
import os
import subprocess
import sys
import time
import wave
from array import array
from fractions import Fraction
from pathlib import Path

import av
import pytest

from shangliang.foundation import sound
from shangliang.foundation.sound import NotASound, redraw

SECRET = "GPS 31.2304,121.4737 程晓岚"
RECORDED = [
    ("ipod", "aac", 44_100), ("webm", "libopus", 48_000), ("ogg", "libopus", 48_000), ("wav", "pcm_s16le", 44_100),
    ("mp3", "libmp3lame", 44_100), ("amr", "libopencore_amrnb", 8_000), ("3gp", "libopencore_amrnb", 8_000),
    ("adts", "aac", 44_100), ("flac", "flac", 44_100),
]  # fmt: skip


def recorded(kind="webm", codec="libopus", rate=48_000, seconds=3.0):
    """What a phone records: a tone, with a place and a name in the file."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as file:
        file.metadata["title"] = file.metadata["comment"] = SECRET
        track = file.add_stream(codec, rate=rate)
        track.layout = "mono"
        fits = av.AudioResampler(format=track.codec_context.format.name, layout="mono", rate=rate)
        for first in range(0, int(seconds * rate), 1024):
            wave_form = array("h", (int(9000 * math.sin(at / 20)) for at in range(first, first + 1024)))
            frame = av.AudioFrame(format="s16", layout="mono", samples=1024)
            frame.planes[0].update(wave_form.tobytes())
            frame.sample_rate, frame.pts, frame.time_base = rate, first, Fraction(1, rate)
            for even in fits.resample(frame):
                file.mux(track.encode(even))
        file.mux(track.encode(None))
    return out.getvalue()


@pytest.mark.parametrize("kind, codec, rate", RECORDED)
def test_what_phones_and_browsers_record_becomes_our_own_plain_sound(kind, codec, rate):
    data = recorded(kind, codec, rate)
    kept = redraw(data)
    with wave.open(io.BytesIO(kept.wav)) as sheet:
        assert (sheet.getframerate(), sheet.getnchannels(), sheet.getsampwidth()) == (16_000, 1, 2)
        assert abs(sheet.getnframes() / 16_000 - 3) < 0.3 and kept.seconds == 3
        assert len(kept.wav) == 44 + sheet.getnframes() * 2, "nothing stands behind the sound"


@pytest.mark.parametrize("kind, codec, rate", RECORDED[:5])
def test_nothing_written_into_the_file_survives(kind, codec, rate):
    data = recorded(kind, codec, rate, 1.0)
    if kind in ("ipod", "webm", "mp3"):
        assert SECRET.encode() in data, "the test put it there"
    assert SECRET.encode() not in redraw(data + SECRET.encode()).wav


def test_a_minute_is_taken_and_more_is_not():
    assert redraw(recorded("wav", "pcm_s16le", 8_000, 60.4)).seconds == 60
    with pytest.raises(NotASound) as refused:
        redraw(recorded("wav", "pcm_s16le", 8_000, 63))
    assert refused.value.why == "long"


def test_an_hour_packed_small_is_refused_without_being_unpacked_whole():
    whole = recorded("wav", "pcm_s16le", 8_000, 4)
    hour = whole[:40] + (3600 * 16_000).to_bytes(4, "little") + bytes(12_000_000 - 44)
    began = time.monotonic()
    with pytest.raises(NotASound):
        redraw(hour)
    assert time.monotonic() - began < 5


def silence():
    out = io.BytesIO()
    with wave.open(out, "wb") as sheet:
        sheet.setparams((1, 2, 8000, 0, "NONE", ""))
        sheet.writeframes(bytes(32_000))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", "放学那会儿".encode(), b"RIFF\xff\xff\xff\xffWAVEfmt ", b"\x1aE\xdf\xa3" + bytes(999), silence(),
        b"<html><script>alert(1)</script>", b"\x89PNG\r\n\x1a\n" + bytes(99), bytes(range(256)) * 4000,
    ],
)  # fmt: skip
def test_what_is_no_sound_is_refused(data):
    with pytest.raises(NotASound) as refused:
        redraw(data)
    assert refused.value.why == "none"


def test_more_than_twelve_megabytes_are_refused_unread(monkeypatch):
    monkeypatch.setattr(sound, "_decoded", lambda data: pytest.fail("it was read"))
    with pytest.raises(NotASound) as refused:
        redraw(bytes(sound.LARGEST_FILE + 1))
    assert refused.value.why == "big"


def test_a_recording_cut_off_is_kept_as_far_as_it_goes():
    data = recorded("ogg", "libopus", 48_000, 6)
    assert 2 <= redraw(data[: len(data) * 2 // 3]).seconds <= 5


LIST_OF_FILES = b"ffconcat version 1.0\nfile own.wav\n"
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nown.wav\n#EXT-X-ENDLIST\n"
KNOWS_FORMATS = 'options = {"format_whitelist": CONTAINERS, "codec_whitelist": CODECS}'
OPENS_NOTHING = "    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))"


@pytest.fixture
def beside_a_file(tmp_path, monkeypatch):
    (tmp_path / "own.wav").write_bytes(recorded("wav", "pcm_s16le", 8_000, 1))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("named", [LIST_OF_FILES, PLAYLIST])
def test_a_list_of_other_files_is_followed_nowhere(beside_a_file, named):
    with pytest.raises(NotASound):
        redraw(named)


@pytest.mark.parametrize("dropped", [(KNOWS_FORMATS,), (OPENS_NOTHING,), (KNOWS_FORMATS, OPENS_NOTHING)])
def test_each_of_two_guards_alone_keeps_other_files_shut_and_without_both_they_are_read(
    beside_a_file, dropped
):
    source = Path(sound.__file__).with_name("sound_child.py").read_text("utf-8")
    for guard in dropped:
        assert source.count(guard) == 1
        source = source.replace(guard, "options = {}" if guard == KNOWS_FORMATS else "    pass")
    (beside_a_file / "mutant.py").write_text(source, "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "mutant.py", "61"], input=LIST_OF_FILES, capture_output=True, check=False
    )
    assert (done.returncode == 0) is (len(dropped) == 2), "the test sees what the guards are for"


def test_the_child_is_given_none_of_our_secrets_and_is_not_waited_for_for_ever(monkeypatch):
    seen = {}
    run = subprocess.run
    monkeypatch.setenv("SHANGLIANG_VAULT_KEY", "secret")
    monkeypatch.setattr(subprocess, "run", lambda *order, **more: seen.update(more) or run(*order, **more))
    redraw(recorded("wav", "pcm_s16le", 8_000, 1))
    assert seen["env"] == {} and seen["timeout"] <= 20 and seen["stderr"] == subprocess.DEVNULL


def test_spoilt_recordings_never_raise_anything_else_and_never_hang():
    whole = recorded("ipod", "aac", 44_100, 1)
    for at in range(0, len(whole), max(1, len(whole) // 12)):
        spoilt = bytearray(whole)
        spoilt[at : at + 9] = os.urandom(9)
        began = time.monotonic()
        try:
            redraw(bytes(spoilt))
        except NotASound as refused:
            assert refused.why in ("none", "long")
        assert time.monotonic() - began < 5


def test_a_process_that_serves_people_never_loads_the_decoder():
    order = (
        "import config.wsgi, django.urls as u, sys; u.get_resolver().url_patterns; print('av' in sys.modules)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    done = subprocess.run([sys.executable, "-c", order], capture_output=True, text=True, env=env, check=False)
    assert done.stdout.strip() == "False", done.stderr[-500:]
