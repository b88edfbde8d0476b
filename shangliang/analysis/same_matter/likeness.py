"""How two texts are alike: some fifty measures of one pair, each the same whichever text comes first."""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from shangliang.analysis.same_matter.places import LEVEL
from shangliang.analysis.same_matter.profile import (
    MIDDLE,
    RARE_SINGLE,
    TOLD,
    Profile,
    Weighed,
    rarity_of_gram,
)
from shangliang.analysis.same_matter.rarity import RARE_PAIR, RARITY, UNKNOWN_PAIR, pairs_of
from shangliang.analysis.same_matter.words import common_pieces

LEVELS = tuple(dict.fromkeys(LEVEL.values()))
SMOOTH = 4.0  # nats or grams, so that a text of one word is not wholly explained by another


class Shared(NamedTuple):
    """What two bags of pairs share: cosine over all, over middle words; mass of the rare ones, of the told ones; the rare."""

    all: float
    middle: float
    rare: float
    told: float
    names: frozenset[str]


def measures(a: Profile, b: Profile) -> list[float]:
    """Return the measures of a pair in the order of `NAMES`. Symmetric, and the same in every process."""
    whole = _shared(a.pairs, b.pairs)
    titles = _shared(a.title_pairs, b.title_pairs)
    across = _shared(a.title_pairs, b.pairs), _shared(b.title_pairs, a.pairs)
    apart = {character for pair in whole.names for character in pair}
    return [
        *_of_characters(a, b, apart),
        *_of_pairs(a, b, whole, titles, across),
        *_of_coverage(a, b, whole, titles, across),
        *_of_pieces(a, b),
        *_of_rare_characters(a, b),
        *_of_names(a, b),
        *_of_numbers(a, b),
        *_of_skips(a, b),
        *_of_beginnings(a, b),
        *_of_kinds(a, b),
        *_of_lengths(a, b),
    ]


NAMES = tuple(
    "u ut rest restx p pt ptx rsum rsumt rsumtx prob probt probtx "
    "covt_min covt_max covtt_min covtt_max covmid_min covmid_max covx_min covx_max unex_min unex_max "
    "lcstt lcstx_min lcstx_max rch rcht rchtx rchu_min rchu_max "
    "n_sh n_tt n_tx conf conf2 n_unex num_j al_hit al_tt al_miss al_unex "
    "sk_tt sk_min sk_max lead lead_t t12 k_tt k_ww k_tb lmin lmax ltmin".split()
)


def _both(one: float, other: float) -> tuple[float, float]:
    return (one, other) if one <= other else (other, one)


def _log(values: Iterable[float]) -> float:
    return math.log1p(math.fsum(values))


def _cosine(a: Weighed, b: Weighed) -> float:
    # fsum: the order of a set of strings differs between processes, and with it the last digit of a plain sum.
    one, other = a.weights, b.weights
    return math.fsum(one[gram] * other[gram] for gram in one.keys() & other.keys()) / (a.length * b.length)


def _shared(a: Weighed, b: Weighed) -> Shared:
    one, other = a.weights, b.weights
    every, middle, rare, told, names = [], [], [], [], []
    for gram in one.keys() & other.keys():
        rarity, product = RARITY.get(gram, UNKNOWN_PAIR), one[gram] * other[gram]
        every.append(product)
        if MIDDLE[0] < rarity < MIDDLE[1]:
            middle.append(product)
        if rarity >= RARE_PAIR:
            rare.append(rarity)
            names.append(gram)
        elif rarity >= TOLD[0]:
            told.append(rarity)
    return Shared(
        math.fsum(every) / (a.length * b.length),
        math.fsum(middle) / (a.middle * b.middle),
        math.fsum(rare),
        math.fsum(told),
        frozenset(names),
    )


def _of_characters(a: Profile, b: Profile, apart: set[str]) -> tuple[float, ...]:
    """Cosines of single characters: whole, titles; the titles, and the whole, without the names both say."""
    return (
        _cosine(a.singles, b.singles),
        _cosine(a.title_singles, b.title_singles),
        _cosine_without(a.title_all, b.title_all, apart),
        _cosine_without(a.singles, b.singles, apart),
    )


def _cosine_without(a: Weighed, b: Weighed, apart: set[str]) -> float:
    one, other = a.weights, b.weights
    if not apart:
        return _cosine(a, b)
    together = math.fsum(
        one[gram] * other[gram] for gram in one.keys() & other.keys() if apart.isdisjoint(gram)
    )
    if not together:
        return 0.0
    return together / (_length_without(a, apart) * _length_without(b, apart))


def _length_without(bag: Weighed, apart: set[str]) -> float:
    return math.sqrt(
        math.fsum(weight * weight for gram, weight in bag.weights.items() if apart.isdisjoint(gram))
    )


def _of_pairs(
    a: Profile, b: Profile, whole: Shared, titles: Shared, across: tuple[Shared, Shared]
) -> tuple[float, ...]:
    """Cosines of pairs, how rare the shared ones are, and cosines of the words of the trouble."""
    here, there = across
    return (
        whole.all,
        titles.all,
        (here.all + there.all) / 2,
        math.log1p(whole.rare),
        math.log1p(titles.rare),
        _log(RARITY.get(gram, UNKNOWN_PAIR) for gram in here.names | there.names),
        whole.middle,
        titles.middle,
        (here.middle + there.middle) / 2,
    )


def _of_coverage(
    a: Profile, b: Profile, whole: Shared, titles: Shared, across: tuple[Shared, Shared]
) -> tuple[float, ...]:
    """Which share of the names (and words) of one title the other text, or its title, says too; and of one text's names."""
    here, there = across
    names = a.title_rare_mass, b.title_rare_mass
    return (
        *_both(here.rare / (names[0] + SMOOTH), there.rare / (names[1] + SMOOTH)),
        *_both(titles.rare / (names[0] + SMOOTH), titles.rare / (names[1] + SMOOTH)),
        *_both(here.told / (a.title_told_mass + SMOOTH), there.told / (b.title_told_mass + SMOOTH)),
        *_both(whole.rare / (a.rare_mass + SMOOTH), whole.rare / (b.rare_mass + SMOOTH)),
        *_both(
            math.log1p(max(0.0, names[0] - here.rare)),
            math.log1p(max(0.0, names[1] - there.rare)),
        ),
    )


def _of_pieces(a: Profile, b: Profile) -> tuple[float, ...]:
    """The most telling common piece of the titles, and of each title with the other text."""
    return (
        _most_telling(a.title, b.title) if a.title <= b.title else _most_telling(b.title, a.title),
        *_both(_most_telling(a.title, b.text), _most_telling(b.title, a.text)),
    )


def _most_telling(left: str, right: str) -> float:
    pieces = (piece for whole in common_pieces(left, right) for piece in whole.split() if len(piece) > 1)
    return max((_told(piece) for piece in pieces), default=0.0) / 10


def _told(piece: str) -> float:
    return math.fsum(RARITY.get(pair, UNKNOWN_PAIR) for pair in pairs_of(piece))


def _of_rare_characters(a: Profile, b: Profile) -> tuple[float, ...]:
    """Rare characters both say: a name may be misspelt or cut short and still keep one."""
    whole, other = _rare(a.singles), _rare(b.singles)
    title, title_other = _rare(a.title_singles), _rare(b.title_singles)
    return (
        _rarity_sum(whole & other),
        _rarity_sum(title & title_other),
        _rarity_sum(title & other | title_other & whole),
        *_both(_rarity_sum(title - other), _rarity_sum(title_other - whole)),
    )


def _rare(bag: Weighed) -> set[str]:
    return {gram for gram in bag.weights if rarity_of_gram(gram) >= RARE_SINGLE and not gram.isdigit()}


def _rarity_sum(grams: set[str]) -> float:
    return _log(map(rarity_of_gram, grams))


def _of_names(a: Profile, b: Profile) -> tuple[float, ...]:
    """Names of places and organisations: shared, in both titles, in one title; and titles that name different ones."""
    titles = a.title_names.keys() & b.title_names.keys()
    across = a.title_names.keys() & b.names.keys() | b.title_names.keys() & a.names.keys()
    known = a.names | b.names | a.title_names | b.title_names
    weight: Callable[[set[str]], float] = lambda keys: _log(known[key][1] for key in keys)  # noqa: E731
    return (
        weight(a.names.keys() & b.names.keys()),
        weight(titles),
        weight(across),
        float(_conflicts(a, b, titles)),
        float(_conflicts(a, b, across)),
        float(
            sum(key not in b.text for key in a.title_names) + sum(key not in a.text for key in b.title_names)
        ),
    )


def _conflicts(a: Profile, b: Profile, agreed: set[str]) -> int:
    """On how many levels (road, estate …) both titles name something and nothing they agree on."""
    found = 0
    for level in LEVELS:
        one = {key for key, (own, _rarity) in a.title_names.items() if own == level}
        other = {key for key, (own, _rarity) in b.title_names.items() if own == level}
        found += bool(one and other and not (one | other) & agreed)
    return found


def _of_numbers(a: Profile, b: Profile) -> tuple[float, ...]:
    """Numbers (of a bus, a house, a line): shared; said in one title and in the other text; in both titles but different."""
    fewest = min(len(a.numbers), len(b.numbers))
    mine, other = a.title_numbers, b.title_numbers
    return (
        len(a.numbers & b.numbers) / (1 + fewest),
        float(bool(mine & b.all_numbers or other & a.all_numbers)),
        float(bool(mine & other)),
        float(bool(mine and other and not mine & other)),
        float(len(mine - b.all_numbers) + len(other - a.all_numbers)),
    )


def _of_skips(a: Profile, b: Profile) -> tuple[float, ...]:
    """Characters near each other in both, in any order: in both titles, and of each title beside each other in the other text."""
    mine, other = a.title_skips, b.title_skips
    return (
        len(mine & other) / (SMOOTH + min(len(mine), len(other))),
        *_both(_skips_in(mine, b.pairs), _skips_in(other, a.pairs)),
    )


def _skips_in(skips: frozenset[str], pairs: Weighed) -> float:
    there = pairs.weights
    return sum(two in there or two[::-1] in there for two in skips) / (SMOOTH + len(skips))


def _of_beginnings(a: Profile, b: Profile) -> tuple[float, ...]:
    """The beginnings of the bodies; each title against the other's beginning; the titles, characters and pairs."""
    return (
        _cosine(a.lead, b.lead),
        (_cosine(a.lead, b.title_all) + _cosine(b.lead, a.title_all)) / 2,
        _cosine(a.title_all, b.title_all),
    )


def _of_kinds(a: Profile, b: Profile) -> tuple[float, ...]:
    return (
        float(a.kind_title @ b.kind_title),
        float(a.kind_whole @ b.kind_whole),
        (float(a.kind_title @ b.kind_whole) + float(b.kind_title @ a.kind_whole)) / 2,
    )


def _of_lengths(a: Profile, b: Profile) -> tuple[float, ...]:
    shorter, longer = _both(len(a.text), len(b.text))
    return (
        math.log(shorter + 1) / 5,
        math.log(longer + 1) / 5,
        math.log(min(len(a.title), len(b.title)) + 1) / 3,
    )


FIRST_BIAS, FIRST_WEIGHTS = -8.993, (11.187, 0.962, 6.361)


def quick_look(a: Profile, b: Profile) -> float:
    """A cheaper score of a pair, 0..1, by three measures: characters, rare pairs shared, titles beside the names.

    A logistic function fitted on 720 pairs; F1 0.936 where groups of pairs are held out. For many pairs at once.
    """
    rare = [gram for gram in a.pairs.weights.keys() & b.pairs.weights.keys() if _is_rare(gram)]
    apart = {character for gram in rare for character in gram}
    values = (
        _cosine(a.singles, b.singles),
        _log(RARITY.get(gram, UNKNOWN_PAIR) for gram in rare),
        _cosine_without(a.title_all, b.title_all, apart),
    )
    total = FIRST_BIAS + math.fsum(
        weight * value for weight, value in zip(FIRST_WEIGHTS, values, strict=True)
    )
    return 1 / (1 + math.exp(-total))


def _is_rare(gram: str) -> bool:
    return RARITY.get(gram, UNKNOWN_PAIR) >= RARE_PAIR
