"""The logger `dify_sdk`: silent unless the application, or `DIFY_LOG`, asks for it; and cookies, which no logger tells."""

from __future__ import annotations

import logging
import os
import re
from typing import Final

_COOKIE: Final = re.compile(r"""(b'set-cookie',\s*)b(['"])(?:\\.|(?!\2).)*\2""", re.IGNORECASE)
"""A cookie that a server sets, among the headers that httpcore writes down when an application logs everything."""

logger: Final = logging.getLogger("dify_sdk")
logger.addHandler(logging.NullHandler())


def _without_cookies(record: logging.LogRecord) -> bool:
    record.msg = _COOKIE.sub(r"\1b'...'", str(record.msg))
    return True


for _name in ("httpcore.http11", "httpcore.http2"):
    logging.getLogger(_name).addFilter(_without_cookies)

if level := os.environ.get("DIFY_LOG"):
    logger.setLevel(logging.getLevelNamesMapping().get(level.upper(), logging.INFO))
    logger.addHandler(logging.StreamHandler())
