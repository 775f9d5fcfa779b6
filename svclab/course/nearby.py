"""Answers that come before Python does: an explorable one step away from where it starts.

Until Python is up in the page (some seconds on a first visit) a reader who moves one control
gets an answer from a small table made here when the book is built.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest
from typing import Any

__all__ = ["key", "nearby", "neighbours"]

MOST = 48  # settings of one explorable
BYTES = 60_000  # of one table, compressed


def key(parameters: Mapping[str, Any]) -> str:
    """One text for equal parameters, the same as ``canonical`` in ``web/text.mjs`` writes.

    Parameters
    ----------
    parameters : mapping
        Names to values, as in a document.

    Examples
    --------
    >>> key({"workers": 7.0, "demand": 0.5, "rows": [{"b": 1, "a": None}]})
    '{"demand":0.5,"rows":[{"a":null,"b":1}],"workers":7}'
    """
    return json.dumps(_plain(parameters), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """JavaScript knows one kind of number: 7.0 is written 7."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _other_values(parameter: Mapping[str, Any], now: Any) -> Iterator[Any]:
    """Other values of one control, the nearest first, as the control would give them."""
    kind = parameter["kind"]
    if kind in ("number", "integer"):
        # A slider counts decimally from its lower end; binary sums would miss its values.
        low, high, step = (Decimal(repr(parameter[name])) for name in ("low", "high", "step"))
        here = round((Decimal(repr(now)) - low) / step)
        for distance in range(1, int((high - low) / step) + 1):
            for place in (here + distance, here - distance):
                value = low + place * step
                if low <= value <= high:
                    yield int(value) if value == value.to_integral_value() else float(value)
    elif kind == "choice":
        yield from (o["value"] for o in parameter["options"] if o["value"] != now)
    elif kind == "switch":
        yield not now
    elif kind == "seed":
        yield from (now + 1, now + 2, now + 3)


def neighbours(
    declaration: Mapping[str, Any], start: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Settings that differ from the start in one control, all controls taking turns.

    Parameters
    ----------
    declaration : mapping
        What ``svclab.explore.declaration`` gives.
    start : mapping
        The validated parameters to begin with.

    Examples
    --------
    >>> declared = {"parameters": [{"kind": "switch", "name": "fast"},
    ...     {"kind": "integer", "name": "n", "low": 1, "high": 9, "step": 1}], "guess": None}
    >>> [s["n"] for s in neighbours(declared, {"fast": False, "n": 2})]
    [2, 3, 1, 4, 5, 6, 7, 8, 9]
    """
    ways = [
        [(p["name"], value) for value in _other_values(p, start[p["name"]])]
        for p in declaration["parameters"]
    ]
    guess = declaration.get("guess")
    if guess:
        if guess["kind"] == "choice":
            guesses = [option["value"] for option in guess["options"]]
            ways.insert(0, [(guess["parameter"], value) for value in guesses])
        else:
            # The place where the question's slider stands first.
            middle = Decimal(repr(guess["low"])) + Decimal(repr(guess["step"])) * round(
                (guess["high"] - guess["low"]) / 2 / guess["step"]
            )
            ways.insert(0, [(guess["parameter"], float(middle))])
    for turn in zip_longest(*ways):
        for change in turn:
            if change is not None:
                yield {**start, change[0]: change[1]}


def nearby(name: str, *, most: int = MOST, size: int = BYTES) -> dict[str, Any]:
    """The table of one explorable: key to document.

    Parameters
    ----------
    name : str
        Such as ``"process.line_designer"``.
    most : int, optional
        Number of settings at most.
    size : int, optional
        Bytes at most, compressed.

    Returns
    -------
    dict
        Documents by :func:`key` of their parameters; those with problems are left out.
    """
    from svclab.explore import answer, declaration

    declared = declaration(name)
    head = {"name": name, "version": declared["version"]}

    def ask(parameters: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        text = answer(json.dumps({**head, "parameters": parameters}))
        return json.loads(text), text

    first, text = ask({})
    found: dict[str, Any] = {}
    packer = zlib.compressobj(6)
    packed = 0
    settings = iter([first["parameters"], *neighbours(declared, first["parameters"])])
    for setting in settings:
        if len(found) >= most:
            break
        document, text = ask(setting)
        if "view" not in document:
            continue
        packed += len(packer.compress(text.encode()) + packer.flush(zlib.Z_SYNC_FLUSH))
        if packed > size:
            break
        found[key(document["parameters"])] = document
    return found
