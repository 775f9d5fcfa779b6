"""The names beside lying bars: broken into lines rather than cut."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["name_axis", "row_height"]

ONE_LINE = 20  # letters of a bar's name; on a phone more would leave no room for the bars
A_LINE = 24  # letters of a line of a broken name
STEP = 14  # pixels from line to line
CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60"
# Chinese may be broken anywhere but before a closing mark, other words at their blanks.
PIECES = re.compile(rf"[{CHINESE}][，。、；：？！）》」』】]*\s*|[^\s{CHINESE}]{{1,{A_LINE}}}\s*")


def name_axis(names: Iterable[Any]) -> dict[str, Any]:
    """The axis of lying bars; a long name stands in lines of about the same length.

    Parameters
    ----------
    names : iterable
        Of the bars.

    Examples
    --------
    >>> name_axis(["short"])
    {'labelLimit': 0, 'ticks': False, 'domain': False, 'labelPadding': 6}
    >>> "labelExpr" in name_axis(["a name of some length, in two lines"])
    True
    """
    look = {"labelLimit": 0, "ticks": False, "domain": False, "labelPadding": 6}
    broken = {name: lines for name in map(str, names) if len(lines := _broken(name)) > 1}
    if not broken:
        return look
    of_it = f"{json.dumps(broken)}[datum.label]"
    # Vega puts the first line in the middle of the bar, and the others below it.
    lifted = {"expr": f"{of_it} ? {STEP // 2} * (1 - length({of_it})) : 0"}
    return {**look, "labelExpr": f"{of_it} || datum.label", "labelOffset": lifted}


def row_height(names: Iterable[Any], usual: int) -> int:
    """Pixels for a bar: the usual ones, or more where a name has many lines.

    Examples
    --------
    >>> row_height(["short", "a name of some length " * 4], 34)
    62
    """
    return max([usual, *(STEP * len(_broken(str(name))) + 6 for name in names)])


def _broken(name: str) -> Sequence[str]:
    """As few lines as are short enough, about equally long."""
    pieces = PIECES.findall(name.strip())
    if _letters(name) <= ONE_LINE or len(pieces) < 2:
        return [name]
    most = max(2, len(_lines(pieces, A_LINE)))
    room = A_LINE
    while room > 1 and len(_lines(pieces, room - 1)) <= most:
        room -= 1
    return _lines(pieces, room)


def _lines(pieces: Sequence[str], room: int) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and _letters(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _letters(text: str) -> float:
    """The width of a text; a Chinese character is as wide as two letters."""
    return sum(2 if re.match(f"[{CHINESE}]", sign) else 1 for sign in text.rstrip())
