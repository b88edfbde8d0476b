"""What the example makes public: prepared by the clerk, shown to the units, reviewed, published."""

from datetime import datetime

from shangliang.instance.example.speaking import Told


def show(told: Told, at: datetime) -> None:
    """Publish the finished matters and what is being consulted on."""
