"""Sums as people type them: ``2 table + chair``, ``-0.5 x1 + 2/3*x2``, ``３ 桌子 ＋ 椅子``.

Only sums of numbers times variables are linear; everything else is refused with a sentence that
says what stands there and what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from svclab.linear.exact import decimal
from svclab.words import join, say

__all__ = ["FormulaError", "key", "plain", "read_sum"]

# What people paste or type for the four signs.
SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/"})
POWER = re.compile(r"(?<![\w.])(\d+\.?\d*|\.\d+)(e([-+]?\d+))(\w*)", re.IGNORECASE)  # 1e9
TOKEN = re.compile(r"\s*(?:(\d+\.\d+|\.\d+|\d+)|([^\W\d]\w*)|(.))", re.DOTALL)
# What cannot be read, and what to do instead.
STRANGE = {
    "()[]{}": "Brackets are not read here: write 2 x + 2 y instead of 2 (x + y).",
    "<>=≤≥≦≧≠": "The sign and the number behind it have columns of their own: write here only "
    "the sum, such as 2 x + y.",
    ",;，；、": "Commas are not read: write 2.5 with a point, and 1000 without a comma.",
    "%": "The sign % is not read: write 0.08 instead of 8%.",
    "^": "A power of a variable is not linear: only sums such as 2 x + 3 y are.",
}
LEAST, MOST = Fraction(1, 10**6), Fraction(10**6)  # of a factor
BESIDE = re.compile(r"(\d|\.)\s*[,，]\s*\d")


class FormulaError(ValueError):
    """A sum that cannot be read; the message says why and what to write."""


def plain(text: str) -> str:
    """A text with the plain forms of its letters and single spaces.

    Examples
    --------
    >>> plain("  ２ 桌子　＋ chair ")
    '2 桌子 + chair'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


def key(name: str) -> str:
    """What makes two names the same: capitals do not matter."""
    return plain(name).casefold()


@dataclass(frozen=True)
class _Piece:
    """What stands between two signs of multiplication: a number, a name, or both."""

    number: Fraction | None
    words: tuple[str, ...]


def read_sum(text: str, names: Sequence[str]) -> dict[str, Fraction]:
    """Read a sum of multiples of variables.

    Parameters
    ----------
    text : str
        Such as ``2 table + chair``. A number stands before its variable, ``*`` may stand
        between them; a number may be a fraction such as ``2/3``.
    names : sequence of str
        The variables. A name may have several words; capitals do not matter.

    Returns
    -------
    dict
        Variable to factor, for those that the text names, in its order.

    Raises
    ------
    FormulaError
        If it is not such a sum; the message is for the person who typed it.

    Examples
    --------
    >>> {name: str(factor) for name, factor in read_sum("2 table - 1/2*chair", ["table", "chair"])
    ... .items()}
    {'table': '2', 'chair': '-1/2'}
    >>> read_sum("2 tabel", ["table", "chair"])
    Traceback (most recent call last):
    svclab.decisions.builder.formula.FormulaError: “tabel” is not one of your variables (table and
    chair). Do you mean table?
    """
    if any(c in "²³¹⁰⁴⁵⁶⁷⁸⁹" for c in text):
        raise FormulaError(STRANGE["^"])
    if "**" in text:
        raise FormulaError(STRANGE["^"])
    known = {key(name): name for name in names}
    clean = plain(text.translate(SIGNS)).translate(SIGNS)
    _no_powers(clean, known)
    factors: dict[str, Fraction] = {}
    for sign, tokens in _terms(_tokens(clean)):
        name, factor = _term(tokens, known)
        if factor and not LEAST <= abs(factor) <= MOST:
            raise FormulaError(
                say(
                    "The number before {name} is too {what} for the solver: choose other units, "
                    "so that numbers lie between 0.000001 and 1,000,000.",
                    name=name,
                    what="large" if abs(factor) > 1 else "small",
                )
            )
        factors[name] = factors.get(name, Fraction(0)) + sign * factor
    return factors


def _no_powers(text: str, known: Mapping[str, str]) -> None:
    """Refuse ``1e9 x``, and say what to write instead."""
    for found in POWER.finditer(text):
        size, power, digits, behind = found.groups()
        if {"e", key(power), key(power + behind)} & known.keys():  # a variable of that name
            continue
        rest = key(text[found.start(4) :].lstrip(" *"))
        name = max((n for k, n in known.items() if rest.startswith(k)), key=len, default="")
        told = (
            f"write {Decimal(size + power):f} {name}".rstrip()
            if len(digits) < 4
            else "write all its digits"
        )
        raise FormulaError(
            say("{number} is not read: {told}.", number=size + power, told=told)
        )  # fmt: skip


Token = tuple[str, str]  # "number", "word" or the sign itself; and its text


def _tokens(text: str) -> list[Token]:
    if BESIDE.search(text):
        raise FormulaError(STRANGE[",;，；、"])
    found: list[Token] = []
    for number, word, other in TOKEN.findall(text.strip()):
        if number:
            found.append(("number", number))
        elif word:
            found.append(("word", word))
        elif other in "+-*/":
            found.append((other, other))
        else:
            said = next((told for signs, told in STRANGE.items() if other in signs), None)
            raise FormulaError(said or say("The sign {sign} cannot be read here.", sign=other))
    return found


def _terms(tokens: list[Token]) -> list[tuple[int, list[Token]]]:
    """The parts between plus and minus, each with its own sign."""
    terms: list[tuple[int, list[Token]]] = []
    sign, term = 1, []
    for at, token in enumerate(tokens):
        if token[0] not in "+-":
            term.append(token)
            continue
        if not term and at:
            raise FormulaError("Two signs stand side by side: keep one of them.")
        if term:
            terms.append((sign, term))
        sign, term = (1 if token[0] == "+" else -1), []
    if not term:
        raise FormulaError("The sum ends with a sign: write what comes behind it.")
    return [*terms, (sign, term)]


def _term(tokens: list[Token], known: dict[str, str]) -> tuple[str, Fraction]:
    """A variable with its factor."""
    factor, name = Fraction(1), ""
    for sign, piece in _pieces(tokens):
        if piece.number is not None:
            if sign == "/" and not piece.number:
                raise FormulaError("Nothing can be divided by zero.")
            factor = factor / piece.number if sign == "/" else factor * piece.number
        if piece.words:
            here = _named(piece.words, known)
            below = sign == "/" and piece.number is None  # 2/3 x is two thirds of x
            if name or below:
                how = "divided by" if sign == "/" else "times"
                raise FormulaError(
                    say(
                        "{a} {how} {b} is not linear: a variable may only be multiplied by a "
                        "number.",
                        a=name or "A number",
                        how=how,
                        b=here,
                    )
                )
            name = here
    if not name:
        raise FormulaError(
            say(
                "{n} stands without a variable: here only variables count. In a limit, take the "
                "number to the right side; in the objective, leave it out.",
                n=decimal(factor),
            )
        )
    return name, factor


def _pieces(tokens: list[Token]) -> list[tuple[str, _Piece]]:
    groups: list[tuple[str, list[Token]]] = [("*", [])]
    for token in tokens:
        if token[0] in "*/":
            groups.append((token[0], []))
        else:
            groups[-1][1].append(token)
    found = []
    for sign, group in groups:
        if not group:
            raise FormulaError("Beside * and / something is missing: write 2 * x or x / 2.")
        number = Fraction(group[0][1]) if group[0][0] == "number" else None
        words = tuple(text for _, text in (group if number is None else group[1:]))
        if number is not None and group[1:] and group[1][0] == "number":
            raise FormulaError(
                say("Between {a} and {b} something is missing.", a=group[0][1], b=group[1][1])
            )
        found.append((sign, _Piece(number, words)))
    return found


def _named(words: tuple[str, ...], known: dict[str, str]) -> str:
    """The variable that these words name, or a message that helps."""
    whole = key(" ".join(words))
    if whole in known:
        return known[whole]
    for cut in range(1, len(words)):
        first, rest = key(" ".join(words[:cut])), key(" ".join(words[cut:]))
        if first not in known:
            continue
        if rest in known:
            raise FormulaError(
                say(
                    "Between {a} and {b} a sign is missing: write {a} + {b}.",
                    a=known[first],
                    b=known[rest],
                )
            )
        if words[cut][0].isdigit() and len(words) > cut + 1:
            raise FormulaError(
                say(
                    "Between {a} and {b} a sign is missing: write + or - there.",
                    a=known[first],
                    b=words[cut],
                )
            )
        if words[cut][0].isdigit():
            raise FormulaError(
                say(
                    "Write the number before its variable: {n} {name}.",
                    n=words[cut],
                    name=known[first],
                )
            )
    from difflib import get_close_matches

    near = get_close_matches(whole, list(known), 1)
    raise FormulaError(
        say(
            "“{name}” is not one of your variables ({names}).{hint}",
            name=" ".join(words),
            names=join(list(known.values())),
            hint=say(" Do you mean {name}?", name=known[near[0]]) if near else "",
        )
    )
