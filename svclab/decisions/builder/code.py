"""The PuLP code of a model, as one writes it by hand."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from svclab.decisions.builder.model import KINDS, Model

__all__ = ["pulp_code"]

TAKEN = frozenset({"pulp", "solve", "model", "best", "name", "value", "print"})
SIGNS = {"<=": "<=", ">=": ">=", "=": "=="}


def pulp_code(model: Model) -> str:
    """Python code that builds and solves a model with PuLP.

    Parameters
    ----------
    model : Model
        What was typed.

    Returns
    -------
    str
        A program. Names of variables become Python names; the limits keep theirs as far as PuLP
        does. Nothing that was typed runs: it stands in texts, in comments or as a checked name.

    Examples
    --------
    >>> from svclab.decisions.builder import Limit, Unknown
    >>> two = {"night staff": Fraction(3, 2)}
    >>> print(pulp_code(Model("cost", False, (Unknown("night staff", "whole"),), two,
    ...                       (Limit("calls", two, ">=", 8),))))
    import pulp
    from svclab.linear import solve  # HiGHS; PuLP alone: model.solve()
    <BLANKLINE>
    model = pulp.LpProblem("cost", pulp.LpMinimize)
    <BLANKLINE>
    # What is decided
    night_staff = model.add_variable("night_staff", lowBound=0, cat="Integer")
    <BLANKLINE>
    # cost: as small as possible
    model += 1.5 * night_staff
    <BLANKLINE>
    # Limits
    model += 1.5 * night_staff >= 8, "calls"
    <BLANKLINE>
    best = solve(model)
    print(best.status, best.objective)
    for name, value in best.values.items():
        print(name, "=", value)
    <BLANKLINE>
    """
    own = dict(zip(model.names, _identifiers(model.names), strict=True))
    sense = "LpMaximize" if model.maximise else "LpMinimize"
    how = "large" if model.maximise else "small"
    limits = _titles([limit.name for limit in model.limits])
    lines = [
        "import pulp",
        "from svclab.linear import solve  # HiGHS; PuLP alone: model.solve()",
        "",
        f"model = pulp.LpProblem({_text(_titles([model.objective])[0])}, pulp.{sense})",
        "",
        "# What is decided",
        *(_variable(own[v.name], v.kind) for v in model.variables),
        "",
        f"# {model.objective}: as {how} as possible",
        f"model += {_sum(model.factors, own)}",
    ]
    if limits:
        lines += ["", "# Limits"]
    for limit, title in zip(model.limits, limits, strict=True):
        left, sign = _sum(limit.factors, own), SIGNS[limit.relation]
        lines.append(
            f"model += {left} {sign} {_number(Fraction(repr(limit.right)))}, {_text(title)}"
        )
    lines += [
        "",
        "best = solve(model)",
        "print(best.status, best.objective)",
        "for name, value in best.values.items():",
        '    print(name, "=", value)',
    ]
    return "\n".join(lines) + "\n"


def _variable(own: str, kind: str) -> str:
    if kind == "yes-no":
        return f'{own} = model.add_variable("{own}", cat="Binary")'
    low, _, whole = KINDS[kind]
    more = ("" if low is None else f", lowBound={low}") + (', cat="Integer"' if whole else "")
    return f'{own} = model.add_variable("{own}"{more})'


def _sum(factors: Mapping[str, Fraction], own: Mapping[str, str]) -> str:
    text = ""
    for name, factor in factors.items():
        size = "" if abs(factor) == 1 else f"{_number(abs(factor))} * "
        sign = ("- " if factor < 0 else "+ ") if text else ("-" if factor < 0 else "")
        text += f"{' ' if text else ''}{sign}{size}{own[name]}"
    return text


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else repr(float(value))


def _text(text: str) -> str:
    """A text in quotes; what JSON writes, Python reads alike."""
    return json.dumps(text, ensure_ascii=False)


def _identifiers(names: Sequence[str]) -> list[str]:
    """A Python name for each variable, all different."""
    found: list[str] = []
    for name in names:
        stem = re.sub(r"\W", "_", name)
        if not stem.isidentifier():
            stem = "x_" + stem
        if keyword.iskeyword(stem) or keyword.issoftkeyword(stem) or stem in TAKEN:
            stem += "_"
        own, number = stem, 2
        while own in found:
            own, number = f"{stem}_{number}", number + 1
        found.append(own)
    return found


def _titles(names: Sequence[str]) -> list[str]:
    """Names of limits that PuLP keeps, all different."""
    found: list[str] = []
    for name in names:
        stem = re.sub(r"[-+\[\]\s>/]", "_", name)
        title, number = stem, 2
        while title in found:
            title, number = f"{stem}_{number}", number + 1
        found.append(title)
    return found
