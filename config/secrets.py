"""Secrets that belong to one instance: made on first need, kept in files only their owner can read."""

import base64
import os
import secrets
from pathlib import Path


def read_or_make_secret(folder: Path, name: str, nbytes: int) -> str:
    """Return the secret `name` in `folder` as URL-safe base64 text of `nbytes` random bytes, making it once.

    Two processes that start at the same moment get the same secret: the file appears whole or not at all.
    Refuses an empty file with ValueError, since a truncated secret must never be replaced silently.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        _make(path, base64.urlsafe_b64encode(secrets.token_bytes(nbytes)))
    text = path.read_text(encoding="ascii").strip()
    if not text:
        raise ValueError(f"The secret file {path} is empty. Restore it from the backup.")
    return text


def _make(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)  # fails where another process was first: then its secret is the one
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
