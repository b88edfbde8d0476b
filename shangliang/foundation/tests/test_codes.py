"""Codes: round trips, what the check symbols catch, and that chance is even."""

import ast
import inspect
import itertools
import os
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.foundation import codes

PEPPER = b"p" * 32
TEN_BYTES = st.binary(min_size=10, max_size=10)
MANY = 1_000_000 if os.environ.get("SHANGLIANG_FULL") == "1" else 100_000
SAMPLES = [bytes(10), bytes([255] * 10), bytes(range(10)), bytes.fromhex("8f3c00a1ffe07712049b")]


@given(TEN_BYTES)
def test_both_forms_come_back(bits):
    for shown in (codes.as_symbols, codes.as_han, codes.format_symbols, codes.format_han):
        assert codes.parse_receipt(shown(bits)) == bits


@given(TEN_BYTES, st.randoms(use_true_random=False))
def test_any_way_of_typing_is_read(bits, chance):
    symbols = codes.as_symbols(bits)
    typed = "".join(chance.choice((symbol, symbol.lower(), chr(ord(symbol) + 0xFEE0))) for symbol in symbols)
    spread = "".join(symbol + chance.choice(("", " ", "-", "　", "\n", "·")) for symbol in typed)
    assert codes.parse_receipt(spread) == bits
    assert codes.parse_receipt("，".join(codes.as_han(bits))) == bits


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    found = codes.parse_receipt(text)
    assert found is None or len(found) == 10
    assert set(codes.normalise_code(text)) <= set(codes.ALPHABET)


@pytest.mark.parametrize("bits", SAMPLES)
@pytest.mark.parametrize(
    ("shown", "alphabet"), [(codes.as_symbols, codes.ALPHABET), (codes.as_han, codes.HAN)]
)
def test_every_single_wrong_symbol_is_caught(bits, shown, alphabet):
    good = shown(bits)
    for place, symbol in itertools.product(range(len(good)), alphabet):
        if symbol != good[place]:
            assert codes.parse_receipt(good[:place] + symbol + good[place + 1 :]) is None


def test_every_exchange_of_two_symbols_is_caught():
    for bits, shown in itertools.product(
        SAMPLES + [os.urandom(10) for _ in range(200)], (codes.as_symbols, codes.as_han)
    ):
        good = shown(bits)
        for a, b in itertools.combinations(range(len(good)), 2):
            swapped = list(good)
            swapped[a], swapped[b] = swapped[b], swapped[a]
            if good[a] != good[b]:
                assert codes.parse_receipt("".join(swapped)) is None


def test_the_tables_have_the_promised_shape():
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 32
    assert not set(codes.ALPHABET) & set("01IO")
    assert len(codes.HAN) == len(set(codes.HAN)) == 256
    assert len(codes.HAN_PINYIN) == len(set(codes.HAN_PINYIN)) == 256
    assert all(pinyin.isascii() and pinyin.isalpha() and pinyin.islower() for pinyin in codes.HAN_PINYIN)


def test_printed_receipts_stay_valid_for_ever():
    bits = bytes.fromhex("00112233445566778899")
    assert codes.format_symbols(bits) == "22AL 6EU6 CPM9 H46T R"
    assert codes.format_han(bits) == "爱册达耳 馆回孔龙 牧篇 河"


def test_the_same_form_key_gives_the_same_receipt():
    key = codes.new_form_key().encode()
    assert codes.receipt_bits(PEPPER, key) == codes.receipt_bits(PEPPER, key)
    assert codes.receipt_bits(PEPPER, key) != codes.receipt_bits(b"q" * 32, key)
    assert codes.receipt_bits(PEPPER, b"k" * 32).hex() == "32854435d1f50c19946a"


def test_the_digest_needs_the_pepper_and_never_changes():
    known = "7a90af6b631ba9603b759742de3f131f9f5fef0ce3a58ad35a05f65d381ec221"
    assert codes.receipt_digest(bytes(10), PEPPER) == known
    assert codes.receipt_digest(bytes(10), PEPPER) != codes.receipt_digest(bytes(10), b"q" * 32)


@pytest.mark.parametrize(
    "call",
    [
        lambda: codes.as_symbols(b"short"),
        lambda: codes.as_han(bytes(11)),
        lambda: codes.receipt_bits(b"", b"k" * 32),
        lambda: codes.receipt_bits(PEPPER, b"k"),
        lambda: codes.receipt_digest(bytes(10), b""),
        lambda: codes.short_code(0),
    ],
)
def test_wrong_lengths_are_refused(call):
    with pytest.raises(ValueError):
        call()


def test_look_alikes_and_foreign_signs_are_no_code():
    assert codes.normalise_code(" ab-cd ２３ ") == "ABCD23"
    for typed in ("AB0D", "ABOD", "AB1D", "ABID", "AB/D", "AB%D", "李"):
        assert codes.normalise_code(typed) == ""


def test_codes_are_even_and_do_not_repeat():
    drawn = [codes.short_code(16) for _ in range(MANY)]
    assert len(set(drawn)) == MANY
    expected = MANY / 32
    # Chi-square with 31 degrees of freedom: p > 0.001 for the 16 places together (Bonferroni) is 70.67 at each.
    for place in range(16):
        counts = Counter(code[place] for code in drawn)
        assert sum((counts[symbol] - expected) ** 2 / expected for symbol in codes.ALPHABET) < 70.67


def test_tokens_are_long_and_digests_hide_them():
    key, token = codes.new_form_key(), codes.link_token()
    assert len(key) >= 22 and len(token) >= 43
    assert codes.form_key_digest(key) != key and len(codes.form_key_digest(key)) == 64
    assert codes.link_digest(token) == codes.link_digest(token) != codes.link_digest(token + "x")


def test_chance_comes_from_secrets_only():
    tree = ast.parse(inspect.getsource(codes))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert "secrets" in names and random.__name__ not in names
