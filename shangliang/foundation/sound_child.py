"""Run as a program of its own: sound of any phone on standard input, plain 16 kHz mono samples on standard output.

Hostile bytes may crash a decoder or make it ask for everything there is. So it happens here, with limits on memory,
time and files set before the first byte is read, and never in a process that serves people. Imports nothing of ours.
"""

import array
import os
import resource
import sys
import wave
from io import BytesIO

RATE = 16_000  # samples a second: enough for speech, a sixth of a music file
BYTES_A_SAMPLE = 2
NO_SOUND, TOO_LONG = 3, 4  # how it ends when there is nothing to keep
MEMORY = 320 * 1024 * 1024
SECONDS_OF_WORK = 10
OPEN_FILES = 3  # the three standard ones: no decoder may follow a file or an address named inside the bytes
CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,wav,mp3,aac,amr,flac,aiff,caf"
CODECS = (
    "aac,mp3,mp3float,opus,libopus,vorbis,flac,alac,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,"
    "pcm_s16le,pcm_s16be,pcm_u8,pcm_s24le,pcm_s32le,pcm_f32le,pcm_alaw,pcm_mulaw"
)


def limit() -> None:
    """Take away from this process what decoding a minute of speech does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def samples_of(data: bytes, most: int) -> bytes:
    """Return the first ``most`` samples and a few more of the first sound in ``data``; what cannot be read is left out.

    A recording cut off when the phone was switched off is kept as far as it goes.
    """
    import av  # noqa: PLC0415 - the constants of this file are read by processes that must not load it

    out = bytearray()
    options = {"format_whitelist": CONTAINERS, "codec_whitelist": CODECS}
    with av.open(BytesIO(data), options=options, metadata_errors="ignore") as held:
        track = held.streams.audio[0]
        track.codec_context.thread_count = 1
        evenly = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in _frames(held, track, av.FFmpegError):
            for even in evenly.resample(frame):
                out += bytes(even.planes[0])[: even.samples * BYTES_A_SAMPLE]
            if len(out) > most * BYTES_A_SAMPLE:
                return bytes(out)
        for even in evenly.resample(None):
            out += bytes(even.planes[0])[: even.samples * BYTES_A_SAMPLE]
    return bytes(out)


def _frames(held, track, broken):  # type: ignore[no-untyped-def]
    """Yield what can be decoded; a spoilt packet is skipped, a spoilt container ends it."""
    packets = held.demux(track)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, broken):
            return
        try:
            yield from packet.decode()
        except broken:
            continue


def _a_moment_of_silence() -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as sheet:
        sheet.setparams((1, BYTES_A_SAMPLE, RATE // 2, 0, "NONE", ""))
        sheet.writeframes(bytes(RATE))
    return out.getvalue()


def main() -> int:
    """Read, decode, write. The exit status says what is wrong; nothing else is said."""
    limit()
    samples_of(_a_moment_of_silence(), RATE)  # every library is opened now, before files are taken away
    data, most = sys.stdin.buffer.read(), int(sys.argv[1]) * RATE
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    try:
        heard = samples_of(data, most)
    except Exception:  # a decoder may raise anything on hostile bytes; whoever sent them gets one sentence
        return NO_SOUND
    if len(heard) > most * BYTES_A_SAMPLE:
        return TOO_LONG
    if len(heard) < RATE * BYTES_A_SAMPLE // 4 or not any(array.array("h", heard)):
        return NO_SOUND
    sys.stdout.buffer.write(heard)
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # no clean-up of decoders that were fed hostile bytes
