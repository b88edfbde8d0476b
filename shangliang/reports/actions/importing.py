"""Importing messages of another system: read, judged and hashed outside the transaction, written 100 at a time."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import batched
from typing import Any
