"""Single values of YAML: what a plain word means, and quoted texts over several lines."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **{word: True for name in ("true", "yes", "on") for word in (name, name.capitalize(), name.upper())},
    **{word: False for name in ("false", "no", "off") for word in (name, name.capitalize(), name.upper())},
}
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.[0-9]+)")
_ESCAPE: Final = re.compile(r"\\(?:\n[ \t]*|x(..)|u(....)|U(........)|(.))|[ \t]*\n[ \t]*((?:\n[ \t]*)*)", re.DOTALL)
_BREAK: Final = re.compile(r"[ \t]*\n[ \t]*((?:\n[ \t]*)*)")
_NAMED: Final = {
    "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
QUOTED: Final = re.compile(r"""'(?:[^']|'')*'(?!')|"(?:[^"\\]|\\.)*\"""", re.DOTALL)


class YAMLError(ValueError):
    """A text is no YAML, or none that is read here."""


def plain(word: str) -> str | float | bool | None:
    """What an unquoted word means."""
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(word):
        return int(word.replace("_", ""))
    if _FLOAT.fullmatch(word):
        return float(word.replace("_", ""))
    return word


def unquoted(quoted: str) -> str:
    """The text between quotes; a line end in it is a space, and each empty line a line end."""
    inner = quoted[1:-1]
    if quoted[0] == "'":
        return folded(inner.replace("''", "'"))
    return _ESCAPE.sub(_unescaped, inner).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # JSON writes them in halves


def folded(text: str) -> str:
    """Several lines as one."""
    return _BREAK.sub(lambda found: _spaced(found[1]), text)


def _unescaped(found: re.Match[str]) -> str:
    if found[5] is not None:
        return _spaced(found[5])
    if code := found[1] or found[2] or found[3]:
        return chr(int(code, 16))
    return _NAMED.get(found[4], found[4]) if found[4] else ""


def _spaced(empty_lines: str) -> str:
    return "\n" * empty_lines.count("\n") or " "
