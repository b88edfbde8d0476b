"""The product with another limit of proven reports per address: SHANGLIANG_TEST_REPORTS, so that a test need not send 600."""

import os

from config.wsgi import application
from shangliang.foundation import limits

__all__ = ["application"]

limits.REPORTS = limits.Bucket(int(os.environ["SHANGLIANG_TEST_REPORTS"]), 0)
