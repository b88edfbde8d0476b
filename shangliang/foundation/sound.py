"""Recordings people send: decoded in a child process, written again as plain sound of our own.

Nothing of the original file is kept: no place, device, title, cover or bytes behind the sound. The libraries that decode
are never loaded into a process that serves people.
"""

import subprocess
import sys
import threading
import wave
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from shangliang.foundation.sound_child import BYTES_A_SAMPLE, RATE, TOO_LONG

LARGEST_FILE = 12 * 1024 * 1024
LONGEST_SECONDS = 60
GRACE_SECONDS = 1  # a phone that stops at sixty seconds stops a little later
PATIENCE = 20  # seconds of waiting for the child, which is allowed ten of work
_at_once = threading.BoundedSemaphore(2)


class NotASound(ValueError):
    """Bytes we do not keep; ``why`` is "none", "long" or "big"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Redrawn(NamedTuple):
    """Our own WAV bytes (16 kHz, one channel, 16 bit) and how long they last, in whole seconds, at least one."""

    wav: bytes
    seconds: int


def redraw(data: bytes) -> Redrawn:
    """Write a recording again. Takes what phones and browsers record: m4a, amr, 3gp, aac, mp3, wav, webm, ogg.

    Refuses (NotASound) more than 12 MB, more than 60 seconds, and anything without a sound that can be heard.
    """
    if len(data) > LARGEST_FILE:
        raise NotASound("big")
    if not data:
        raise NotASound("none")
    samples = _decoded(data)
    out = BytesIO()
    with wave.open(out, "wb") as sheet:
        sheet.setnchannels(1)
        sheet.setsampwidth(BYTES_A_SAMPLE)
        sheet.setframerate(RATE)
        sheet.writeframes(samples)
    seconds = min(LONGEST_SECONDS, max(1, round(len(samples) / BYTES_A_SAMPLE / RATE)))
    return Redrawn(out.getvalue(), seconds)


def _decoded(data: bytes) -> bytes:
    program = Path(__file__).with_name("sound_child.py")
    order = [sys.executable, "-I", str(program), str(LONGEST_SECONDS + GRACE_SECONDS)]
    with _at_once:
        try:
            done = subprocess.run(
                order, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE, env={}
            )
        except subprocess.TimeoutExpired as stuck:
            raise NotASound("none") from stuck
    if done.returncode != 0:
        raise NotASound("long" if done.returncode == TOO_LONG else "none")
    return done.stdout
