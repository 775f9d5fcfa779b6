"""How the best mode changes with the chance of a strong market."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from svclab.explore import Chart, Handle, lines
from svclab.strategy.choices import PayoffTable
from svclab.words import percent, say

__all__ = ["Turn", "by_chance", "turns"]

Turn = tuple[float, str, str]  # chance of a strong market, the best before it, the best after it


def _means(base: PayoffTable, strong: float) -> dict[str, float]:
    """Means if the market is strong with this chance; a fair one gives way, a weak one stays."""
    weak = base.chances["weak"]
    return base.expected({"strong": strong, "fair": 1 - weak - strong, "weak": weak})


def turns(base: PayoffTable) -> list[Turn]:
    """Where the best mode changes as the chance of a strong market goes up, in order.

    The chance of a weak market stays, so the means are straight lines.

    Examples
    --------
    >>> from svclab.strategy.choices import ktv_payoffs
    >>> [(round(x, 3), a, b) for x, a, b in turns(ktv_payoffs())]
    [(0.312, 'franchise', 'self-run')]
    """
    top = 1 - base.chances["weak"]
    low, high = _means(base, 0.0), _means(base, top)
    names = list(base.payoffs)
    cuts = {0.0, 1.0}
    for k, a in enumerate(names):
        for b in names[k + 1 :]:
            left, right = low[a] - low[b], high[a] - high[b]
            if left * right < 0:
                cuts.add(left / (left - right))

    def best(middle: float) -> str:
        return max(names, key=lambda o: (1 - middle) * low[o] + middle * high[o])

    spans = list(pairwise(sorted(cuts)))
    found = [(right, best((left + right) / 2)) for left, right in spans]
    return [(x * top, a, b) for (x, a), (_, b) in pairwise(found) if a != b]


def by_chance(base: PayoffTable) -> Chart:
    """Worth of each mode on average, with the present chance to drag along the best."""
    weak = base.chances["weak"]
    top, here, cuts = 1 - weak, base.chances["strong"], turns(base)
    rows: list[dict[str, Any]] = [
        {"strong": round(100 * strong, 6), "worth": round(x, 4), "mode": mode}
        for strong in (0.0, top)
        for mode, x in _means(base, strong).items()
    ]
    path = [
        (round(100 * x, 6), round(max(_means(base, x).values()), 4))
        for x in sorted({0.0, here, top, *(x for x, _, _ in cuts)})
    ]
    at = round(100 * here, 6)
    return lines(
        rows,
        x=("strong", "Chance of a strong market, %"),
        y=("worth", "Worth on average, million yuan"),
        series="mode",
        marks=[
            {"x": round(100 * x, 3), "label": say("{b} from {x}", b=b, x=percent(x)),
             "color": "var(--svc-grey)", "at": "end"}
            for x, _, b in cuts
        ],
        x_domain=(0, 100 * top if top > 0 else 1),
        handles=[Handle(parameter="strong", x=at, y=dict(path)[at], path=path)] if top > 0 else [],
        title=say("The best mode by the chance of a strong market; weak stays at {w}",
                  w=percent(weak)),
        alt=say(
            "Worth of each mode against the chance of a strong market. {cuts}",
            cuts=" ".join(say("From {x} on {b} is best.", x=percent(x), b=b) for x, _, b in cuts)
            or say("One mode is best throughout."),
        ),
        height=260,
    )  # fmt: skip
