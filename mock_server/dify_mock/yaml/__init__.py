"""YAML as apps are written in: blocks, quoted and plain texts, and JSON within. Anchors, tags and complex keys are not read."""

from .reader import read
from .scalars import YAMLError
from .writer import write

__all__ = ["YAMLError", "read", "write"]
