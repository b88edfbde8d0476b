"""One file per model: a mark, a header in JSON, the arrays, and a digest over all of it. No pickle, no code, no words.

The arrays are read through the page cache (``numpy.memmap``), so web processes share them.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from shangliang.analysis.classify.features import Features
from shangliang.analysis.classify.model import Blend, Model
from shangliang.analysis.classify.network import Network

MARK = b"shangliang classify 2\n"
_DIGEST = 32
_KINDS = ("<u8", "|u1", "|i1", "<f4", "<i8")
_FEATURES = ("keys", "groups", "weights")
_LINEAR = ("linear", "linear_scale", "linear_bias")
_NETWORK = ("reads", "first", "first_scale", "first_bias", "second", "second_bias")
_DAMAGED = "这个分类模型文件已损坏或不完整，请重新训练。"
_FOREIGN = "这个文件不是本系统的分类模型，或者版本不同，请重新训练。"


def write(model: Model, path: str | os.PathLike[str]) -> None:
    """Write the model beside the path first and rename it, so that a reader never sees half a file."""
    arrays = _arrays(model)
    header: dict[str, Any] = {
        "labels": list(model.labels),
        "trained_on": model.trained_on,
        "sure_from": model.sure_from,
        "blend": list(model.blend),
        "networks": len(model.networks),
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    head = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    head += b" " * (-(_DIGEST + len(MARK) + 8 + len(head)) % 8)  # arrays begin where a number may
    body = MARK + len(head).to_bytes(8, "little") + head + b"".join(map(_padded, arrays.values()))
    new = Path(f"{os.fspath(path)}.new")
    new.write_bytes(hashlib.sha256(body).digest() + body)
    new.replace(path)


def load(path: str | os.PathLike[str]) -> Model:
    """Return the model of a file. ValueError with a sentence for a foreign or damaged file, OSError for none."""
    with Path(path).open("rb") as file:
        if not file.read(_DIGEST + len(MARK)).endswith(MARK):
            raise ValueError(_FOREIGN)
    content = np.memmap(path, np.uint8, "r")
    if hashlib.sha256(content[_DIGEST:].data).digest() != content[:_DIGEST].tobytes():
        raise ValueError(_DAMAGED)
    start = _DIGEST + len(MARK)
    length = int.from_bytes(content[start : start + 8].tobytes(), "little")
    header = json.loads(content[start + 8 : start + 8 + length].tobytes())
    return _model(header, _read_arrays(content, start + 8 + length, header["arrays"]))


def _padded(array: np.ndarray[Any, Any]) -> bytes:
    content = np.ascontiguousarray(array).tobytes()
    return content + bytes(-len(content) % 8)


def _read_arrays(content: Any, at: int, entries: list[Any]) -> dict[str, Any]:
    arrays = {}
    for name, kind, shape in entries:
        if kind not in _KINDS:
            raise ValueError(_FOREIGN)
        size = int(np.prod(shape, dtype=np.int64)) * np.dtype(kind).itemsize
        arrays[name] = np.ndarray(shape, kind, content, at)
        at += size + -size % 8
    return arrays


def _arrays(model: Model) -> dict[str, np.ndarray[Any, Any]]:
    arrays = {name: getattr(model.features, name) for name in _FEATURES}
    arrays |= {name: getattr(model, name) for name in _LINEAR}
    for number, network in enumerate(model.networks):
        arrays |= {f"{number}.{name}": getattr(network, name) for name in _NETWORK}
    return arrays


def _model(header: dict[str, Any], arrays: dict[str, Any]) -> Model:
    numbers = range(header["networks"])
    return Model(
        labels=tuple(header["labels"]),
        trained_on=header["trained_on"],
        sure_from=header["sure_from"],
        blend=Blend(*header["blend"]),
        features=Features(*(arrays[name] for name in _FEATURES)),
        networks=tuple(Network(*(arrays[f"{number}.{name}"] for name in _NETWORK)) for number in numbers),
        **{name: arrays[name] for name in _LINEAR},
    )
