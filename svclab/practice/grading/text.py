"""Text from strangers, made fit to be written: into a CSV cell, into a page, into a sentence."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

__all__ = ["clean", "csv_bytes", "decimal", "safe_cell"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def clean(text: object, longest: int = 200) -> str:
    """Text without what could harm where it is shown: control signs, direction signs, surrogates.

    Parameters
    ----------
    text : object
        Anything; shown as ``str`` shows it.
    longest : int, optional
        Characters kept.

    Examples
    --------
    >>> clean("a\\x00b\\u202egnp.exe\\ud800"), clean("x" * 9, 5)
    ('a�b�gnp.exe�', 'xxxx…')
    """
    raw = str(text)
    cut = raw if len(raw) <= longest else raw[: longest - 1] + "…"
    if cut.isprintable():
        return cut
    # Cc controls, Cf invisible and direction signs, Cs surrogates, Zl and Zp line separators
    bad = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join("�" if unicodedata.category(sign) in bad else sign for sign in cut)


def safe_cell(text: str) -> str:
    """A text cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe_cell("=HYPERLINK(1)"), safe_cell("张三"), safe_cell("-")
    ("'=HYPERLINK(1)", '张三', "'-")
    """
    return "'" + text if text.startswith(_FORMULA) else text


def decimal(value: Fraction, digits: int) -> str:
    """A number for a CSV cell: rounded half up, trailing zeros dropped, a decimal point.

    Examples
    --------
    >>> decimal(Fraction(1, 8), 2), decimal(Fraction(60), 1), decimal(Fraction(2, 3), 1)
    ('0.13', '60', '0.7')
    """
    scale = 10**digits
    # Half up, exactly: floats would round 0.125 by how it is stored.
    above, below = abs(value.numerator), value.denominator
    units = (2 * above * scale + below) // (2 * below)
    sign = "-" if value < 0 and units else ""
    whole, rest = divmod(units, scale)
    tail = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{sign}{whole}" + (f".{tail}" if tail else "")


def csv_bytes(
    rows: Iterable[Sequence[str | Fraction | int]], *, digits: int = 4, bom: bool = True
) -> bytes:
    """Rows as a CSV file; text is made safe, numbers are written as numbers.

    Parameters
    ----------
    rows : iterable of sequences
        The header is the first row.
    digits : int, optional
        Decimals of fractions.
    bom : bool, optional
        Whether it begins with a byte order mark: Excel shows Chinese rightly only with one.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(cell, digits) for cell in row])
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8", "replace")


def _cell(cell: str | Fraction | int, digits: int) -> str:
    if isinstance(cell, str):
        return _text(cell)
    return str(cell) if isinstance(cell, int) else decimal(cell, digits)


@lru_cache(maxsize=4096)  # names and titles stand in many rows
def _text(cell: str) -> str:
    return safe_cell(clean(cell, 2000))
