"""Two small consultations, entered on one screen."""

from shangliang.instance.example.clockwork import Strand
from shangliang.instance.example.fates import Fate
from shangliang.instance.example.speaking import Told


def meet_small(told: Told, fate: Fate, title: str) -> Strand:
    """Hold a micro-consultation on a theme."""
    yield told.day(1)
