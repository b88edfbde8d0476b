"""Why two texts stand beside each other, in words that may be shown: nothing of it comes from what is hidden."""

import re
from typing import NamedTuple

from shangliang.analysis import same_matter

_LABEL = re.compile(r"【已遮：[^】]*】")


class Why(NamedTuple):
    """What two texts share: names of places and organisations, and words (the longest first)."""

    places: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def marked(self) -> tuple[str, ...]:
        """Return what is marked in both texts, each once."""
        return tuple(dict.fromkeys((*self.places, *self.words)))


def why_alike(one: str, other: str) -> Why:
    """Return what two texts share whose private data is hidden already (``redact.hide_private``).

    The labels 【已遮：…】 are nobody's words: none of them, and nothing across one, is shared.
    """
    bare = _LABEL.sub("\n", one), _LABEL.sub("\n", other)
    return Why(tuple(same_matter.shared_place(*bare)), tuple(same_matter.shared_words(*bare)))
