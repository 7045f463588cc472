"""The logger `dify_sdk`: silent unless the application, or `DIFY_LOG`, asks for it."""

from __future__ import annotations

import logging
import os
from typing import Final

logger: Final = logging.getLogger("dify_sdk")
logger.addHandler(logging.NullHandler())

if level := os.environ.get("DIFY_LOG"):
    logger.setLevel(logging.getLevelNamesMapping().get(level.upper(), logging.INFO))
    logger.addHandler(logging.StreamHandler())
