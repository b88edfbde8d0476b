"""Run as a program of its own: past decisions on standard input, a trained model in a file, its figures on standard output.

Training loads scipy and scikit-learn and takes much memory for a minute: so it happens here, with limits set before the
first text is read, and never in a process that serves people. The texts come through the pipe and are written nowhere;
what is written holds hashed counts. Imports nothing of ours but the pure library.
"""

import json
import os
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

MEMORY = 4 * 1024 * 1024 * 1024  # addresses, libraries included
SECONDS_OF_WORK = 300  # of the processor
LARGEST_MODEL = 30 * 1024 * 1024
NICENESS = 10  # whoever waits for a page goes first
TOO_FEW, NOT_SAVED = 3, 4  # how it ends where nothing can be learned, and where the file may not be written


def limit() -> None:
    """Take away from this process what learning does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_MODEL, LARGEST_MODEL))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)


def learned(order: dict[str, Any], decided: list[list[str]]) -> dict[str, Any]:
    """Train on the earlier decisions ([text, label, moment]) and measure on the latest; return what was found.

    The older model is measured on the very same part; where it cannot be read there is none. Refuses (ValueError) what
    the library refuses: too few texts or classes.
    """
    from shangliang.analysis import classify  # noqa: PLC0415 - after the limits

    texts, labels = [one[0] for one in decided], [one[1] for one in decided]
    moments = [datetime.fromisoformat(one[2]) for one in decided]
    first, last = classify.split_held_out(texts, labels, moments)
    model = classify.train([texts[at] for at in first], [labels[at] for at in first])
    kept_texts, kept_labels = [texts[at] for at in last], [labels[at] for at in last]
    figures = classify.evaluate(model, kept_texts, kept_labels)
    older = _older(classify, order.get("older"))
    before = classify.evaluate(older, kept_texts, kept_labels) if older else None
    model.save(order["into"])
    return {
        "examples": len(first),
        "labels": len(model.labels),
        "held_out": len(last),
        "figures": figures.as_json(),
        "older": before.as_json() if before else None,
        "is_better": classify.better(figures, before) if before else figures.top1 > 0,
        "is_worse": before is not None and classify.better(before, figures),
    }


def _older(classify: Any, path: str | None) -> Any:
    try:
        return classify.load(path) if path else None
    except (OSError, ValueError):
        return None


def main() -> int:
    """Do the one order on the first line with the decisions on the lines behind it."""
    limit()
    order, *decided = [json.loads(line) for line in sys.stdin.buffer]
    try:
        answer = learned(order, decided)
    except ValueError:
        return TOO_FEW
    except OSError:
        return NOT_SAVED
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    raise SystemExit(main())
