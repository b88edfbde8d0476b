"""One function per button of the weekly list and the season page, and the work behind them."""

from shangliang.hotspots.actions.asking import ask_for_look, lay_out_looks, look_at_week, run_looks
from shangliang.hotspots.actions.deciding import Chosen, make_topic, put_aside, take_back
from shangliang.hotspots.actions.forgetting import forget_taken_back

__all__ = [
    "Chosen",
    "ask_for_look",
    "forget_taken_back",
    "lay_out_looks",
    "look_at_week",
    "make_topic",
    "put_aside",
    "run_looks",
    "take_back",
]
