"""T10, T11: receipts cannot be guessed, and a stolen database opens none."""

import base64
import os
import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest

from shangliang.foundation import codes, limits, proof
from tests.trust.instances import ask
from tests.trust.sizes import size
from tests.trust.traces import forms_of

MADE = size(50_000, 1_000_000)
SENT = size(100, 1000)
UNGUESSABLE = "Nobody guesses a receipt: 80 random bits, every symbol as likely as any other"
STOLEN = "A stolen database, write-ahead log or log file opens no receipt"
PEPPER = b"pepper-of-this-test"
TOO_FAR = (
    61.098  # chi-square with 31 degrees of freedom passes this once in a thousand samples of an even source
)
SECRET_MAKERS = ("foundation/codes.py", "foundation/proof.py", "foundation/limits.py", "foundation/vault.py",
                 "foundation/ledger.py", "foundation/files.py", "config/secrets.py", "config/setup_code.py")  # fmt: skip


def receipts(count, bits=None):
    """Yield receipts as they are printed, made the way the product makes them or from other bits."""
    make = bits or (lambda: codes.receipt_bits(PEPPER, codes.new_form_key().encode()))
    for _one in range(count):
        yield codes.as_symbols(make())


def twice_and_uneven(made):
    """Return how many receipts came twice and the positions whose symbols are spread too unevenly."""
    made = list(made)
    counted = [Counter(position) for position in zip(*made, strict=True)]
    expected = len(made) / len(codes.ALPHABET)
    far = [sum((one[symbol] - expected) ** 2 / expected for symbol in codes.ALPHABET) for one in counted]
    return len(made) - len(set(made)), {place for place, distance in enumerate(far) if distance > TOO_FAR}


@pytest.mark.promise("T10", UNGUESSABLE)
def test_no_receipt_comes_twice_and_every_symbol_is_as_likely_as_any_other(measured):
    twice, uneven = twice_and_uneven(receipts(MADE))
    # of seventeen even positions one passes the bound in every sixtieth run: a source that is uneven passes it always
    again = twice_and_uneven(receipts(MADE))[1] if uneven else set()

    assert twice == 0 and not uneven & again
    measured.figures.update(receipts=MADE, came_twice=0, positions=17, uneven_positions=0)


@pytest.mark.promise("T10", UNGUESSABLE)
def test_receipts_of_few_bits_come_twice(measured):
    twice, _uneven = twice_and_uneven(receipts(50_000, lambda: bytes(7) + os.urandom(3)))

    assert twice > 0
    measured.caught("codes-of-few-bits", f"{twice} came twice")


@pytest.mark.promise("T10", UNGUESSABLE)
def test_uneven_symbols_are_seen(measured):
    def leaning():
        first, *rest = os.urandom(10)
        return bytes([first % 200, *rest])

    _twice, uneven = twice_and_uneven(receipts(50_000, leaning))
    assert uneven
    measured.caught("uneven-symbols", f"positions {sorted(uneven)}")


def foreseeable(source):
    """Return the lines of a source that take chance from where it can be foreseen."""
    return re.findall(r"^.*\b(?:random\.\w+|import random|from random|uuid1|time\.time\(\)).*$", source, re.M)


def sources():
    """Return the sources of everything that makes a secret."""
    root = Path(codes.__file__).resolve().parents[2]
    return {name: next(root.glob(f"**/{name}")).read_text(encoding="utf-8") for name in SECRET_MAKERS}


@pytest.mark.promise("T10", UNGUESSABLE)
def test_every_secret_comes_from_the_system_s_own_chance(measured):
    found = {name: lines for name, source in sources().items() if (lines := foreseeable(source))}

    assert not found and codes.secrets.__name__ == limits.secrets.__name__ == "secrets" and proof.altcha
    measured.figures.update(sources_read=len(SECRET_MAKERS), foreseeable=0)


@pytest.mark.promise("T10", UNGUESSABLE)
def test_a_secret_from_the_module_random_is_caught(measured):
    source = sources()["foundation/codes.py"]
    bent = source.replace("import secrets", "import random").replace(
        "secrets.token_urlsafe(24)", "random.randbytes(24).hex()"
    )

    assert bent != source and foreseeable(bent)
    measured.caught("chance-that-can-be-foreseen", foreseeable(bent)[-1].strip())


# --- T11 ----------------------------------------------------------------------------------------------------


def needles(bits):
    """Return every form of a receipt as bytes: raw, grouped, dashed, small, base64 and in an address, in either alphabet."""
    raw = bytes.fromhex(bits)
    texts = [*forms_of(raw).values(), quote(codes.format_symbols(raw), safe="").replace("%20", "+")]
    return [raw, base64.b64encode(raw), base64.urlsafe_b64encode(raw), *(text.encode() for text in texts)]


def found_on(disk, wanted):
    """Return which needles stand in any file of a folder. Only windows that begin like a needle are compared in full."""
    beginnings = np.unique(np.array([int.from_bytes(one[:8], "little") for one in wanted], dtype=np.uint64))
    whole, found = set(wanted), set()
    lengths = sorted({len(one) for one in wanted})
    for path in (one for one in Path(disk).rglob("*") if one.is_file()):
        data = path.read_bytes()
        for shift in range(min(8, len(data))):
            windows = np.frombuffer(data[shift : shift + (len(data) - shift) // 8 * 8], dtype="<u8")
            for place in np.flatnonzero(np.isin(windows, beginnings)) * 8 + shift:
                found |= {
                    (path.name, piece)
                    for length in lengths
                    if (piece := data[place : place + length]) in whole
                }
    return found


def left_on_disk(instance, count, mutant=""):
    """Let an instance take in reports; return its receipts, the folder of what lay on its disk, and its bytes."""
    ask(instance, "open_ground")
    left = instance.folder / "left"
    bits = ask(instance, "send_and_leave", str(count), str(left), *([mutant] if mutant else []))
    return bits, left, sum(one.stat().st_size for one in left.rglob("*") if one.is_file())


@pytest.mark.promise("T11", STOLEN)
def test_no_form_of_a_known_receipt_stands_on_the_disk(instance, measured):
    bits, left, size_of_it = left_on_disk(instance, SENT)
    wanted = [needle for one in bits for needle in needles(one)]
    names = {one.name for one in left.iterdir()}

    assert len(set(bits)) == SENT and size_of_it > 100_000 and "cells" in names
    assert not instance.is_sqlite or {"shangliang.sqlite3", "shangliang.sqlite3-wal"} <= names
    assert found_on(left, wanted) == set()
    measured.figures.update(receipts=SENT, forms=len(wanted), bytes_read=size_of_it, found=0)


@pytest.mark.promise("T11", STOLEN)
def test_a_receipt_kept_in_clear_is_found(instance, measured):
    bits, left, _size = left_on_disk(instance, 5, "receipt_in_clear")
    found = found_on(left, [needle for one in bits for needle in needles(one)])

    assert found
    measured.caught("receipt-in-clear", f"in {', '.join(sorted({name for name, _piece in found}))}")


@pytest.mark.promise("T11", STOLEN)
def test_the_search_finds_every_form_wherever_it_stands(tmp_path, measured):
    wanted = needles(os.urandom(10).hex())
    for number, needle in enumerate(wanted):
        (tmp_path / str(number)).write_bytes(os.urandom(1000 + number) + needle + os.urandom(number % 8))

    assert {piece for _name, piece in found_on(tmp_path, wanted)} == set(wanted)
    measured.figures.update(forms_of_one_receipt=len(wanted))


def test_a_digest_needs_the_pepper_that_lies_outside_the_database():
    bits = os.urandom(10)
    assert codes.receipt_digest(bits, PEPPER) == codes.receipt_digest(bits, PEPPER)
    assert codes.receipt_digest(bits, PEPPER) != codes.receipt_digest(bits, PEPPER + b"x")
