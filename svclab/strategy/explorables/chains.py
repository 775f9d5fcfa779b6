"""The service profit chain (服务利润链): strengths to move, and the evidence on both sides."""

from __future__ import annotations

import math
from typing import Any

from svclab.explore import (
    PALETTE,
    Chart,
    Choice,
    ChoiceGuess,
    Figure,
    Number,
    TableView,
    View,
    explorable,
    signed_bars,
)
from svclab.explore.diagrams import Concept, ConceptMap, Relation
from svclab.strategy.customers import EVIDENCE, STEPS, PathModel, service_profit_chain
from svclab.strategy.customers.profit_chain import STRENGTHS, Evidence
from svclab.words import join, number, say

__all__ = ["arrow_name", "gains", "profit_chain"]

FIRST, LAST = STEPS[0], STEPS[-1]
PAIRS = tuple(STRENGTHS)  # the chain's own arrows, in its order
WHOLE = "whole"  # the evidence that jumps from employees to profit
KEYS = {f"link{k}": pair for k, pair in enumerate(PAIRS, start=1)}
CITED: dict[str, Evidence] = {
    **{key: next(one for one in EVIDENCE if (one.source, one.target) == pair)
       for key, pair in KEYS.items()},
    WHOLE: next(one for one in EVIDENCE if (one.source, one.target) not in PAIRS),
}  # fmt: skip
GROUPS = {"inside": "Inside the firm", "customers": "Customers", "result": "Result"}
PLACES = ("inside", "inside", "inside", "customers", "customers", "customers", "result")
TINY = 1e-9
MORE = 0.1  # of a link, in the last picture
# Names for the bars, where a phone has little room.
SHORT = dict(
    zip(
        STEPS,
        ("internal quality", "staff satisfaction", "staff loyalty", "service value",
         "customer satisfaction", "customer loyalty", "profit and growth"),
        strict=True,
    )
)  # fmt: skip
# The arrows by number, for a list to choose from.
ARROWS = (
    "1 quality inside → staff",
    "2 staff → staff loyalty",
    "3 staff loyalty → value",
    "4 value → satisfaction",
    "5 satisfaction → loyalty",
    "6 loyalty → profit",
)


def arrow_name(source: str, target: str) -> str:
    """An arrow in words.

    Examples
    --------
    >>> arrow_name("customer satisfaction", "customer loyalty")
    'customer satisfaction → customer loyalty'
    """
    return say("{a} → {b}", a=source, b=target)


def _slider(key: str) -> Number:
    source, target = KEYS[key]
    return Number(
        name=key, label=arrow_name(source, target), low=-0.2, high=1, step=0.05,
        default=STRENGTHS[source, target], group="Strengths, invented",
    )  # fmt: skip


@explorable(
    title="How much of a better workplace reaches profit?",
    parameters=[
        Choice(
            name="link", label="Evidence on", default="link5",
            options={
                **dict(zip(KEYS, ARROWS, strict=True)),
                WHOLE: "2 to 6: staff → profit",
            },
        ),
        *(_slider(key) for key in KEYS),
        Number(
            name="cost", label="What good conditions cost", low=-0.3, high=0, step=0.01, default=0,
            group="Straight to profit",
            help="Internal service quality straight to profit, zero or below.",
        ),
        Number(
            name="direct", label="Staff satisfaction straight to profit", low=-0.3, high=0.3,
            step=0.01, default=0, group="Straight to profit",
            help="Below zero is what Silvestro and Cross (2000) saw in grocery stores.",
        ),
    ],
    guess=ChoiceGuess(
        question="Six links join a better workplace to profit. Each is quite strong for a survey: "
        "when one step moves by 1 standard deviation, the next moves by 0.4 to 0.6. The workplace "
        "improves by 1 standard deviation. How far does profit move?",
        options={
            "half": "about 0.5",
            "tenth": "about 0.1",
            "hundredth": "about 0.01",
            "none": "not at all",
        },
    ),
)  # fmt: skip
def profit_chain(
    link: str, cost: float, direct: float, guess: str | None, **strengths: float
) -> View:
    """Seven steps of Heskett and others (1994) as a path model. The strengths are invented;
    the findings for and against each link are from the literature."""
    chain = service_profit_chain(
        {KEYS[key]: strengths[key] for key in KEYS}, cost=cost, direct=direct
    )
    moved = chain.push({FIRST: 1.0})
    seen = _seen(chain, moved)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    return View(
        say=seen,
        figures=_figures(chain, moved),
        parts=[
            _map(chain, CITED[link], seen),
            _push(moved),
            _sides(CITED[link]),
            _gains(chain),
        ],
    )


def _strength(chain: PathModel, pair: tuple[str, str]) -> float:
    return next((k.strength for k in chain.links if (k.source, k.target) == pair), 0.0)


def _by_customers(chain: PathModel) -> float:
    """What arrives along the chain itself."""
    return math.prod(_strength(chain, pair) for pair in PAIRS)


def gains(chain: PathModel) -> dict[tuple[str, str], float]:
    """By how much profit's move changes if one link of the chain is stronger by 0.1.

    Examples
    --------
    >>> found = gains(service_profit_chain({PAIRS[3]: 0.1}))
    >>> arrow_name(*max(found, key=lambda pair: found[pair]))
    'external service value → customer satisfaction'
    """
    now = chain.push({FIRST: 1.0})[LAST]
    return {
        pair: chain.with_strengths({pair: _strength(chain, pair) + MORE}).push({FIRST: 1.0})[LAST]
        - now
        for pair in PAIRS
    }


def _small(value: float) -> Any:
    """A move, with digits enough to see a small one."""
    return number(value, 4 if abs(value) < 0.1 else 2)


def _seen(chain: PathModel, moved: dict[str, float]) -> str:
    last, way = moved[LAST], _by_customers(chain)
    told = say(
        "One standard deviation more of internal service quality moves profit and growth by {e}.",
        e=_small(last),
    )
    if abs(last - way) > 1e-12:
        told = say(
            "{told} By way of customers it is {way}; straight to profit {rest}.",
            told=told, way=_small(way), rest=_small(last - way),
        )  # fmt: skip
    if last < -1e-12:
        told = say("{told} In all, the better workplace lowers profit.", told=told)
    elif abs(way) < 1e-12:
        told = say("{told} One broken link breaks the chain.", told=told)
    more = gains(chain)
    best = max(more.values())
    if best < TINY:
        return say("{told} No link alone could help, if it were stronger.", told=told)
    most = [SHORT[target] for (_, target), gain in more.items() if gain > best - TINY]
    return say(
        "{told} {more} more on one link adds most on the link to {steps}.",
        told=told, more=number(MORE), steps=join(most, "or"),
    )  # fmt: skip


def _answer(guess: str) -> str:
    shown = {"half": "about 0.5", "tenth": "about 0.1", "hundredth": "about 0.01",
             "none": "not at all"}  # fmt: skip
    real = service_profit_chain().effect(FIRST, LAST).total
    return say(
        "Your guess was {guess}; it is {real}. Along a path strengths multiply, so long chains "
        "carry little, even if every link is strong.",
        guess=shown[guess], real=_small(real),
    )  # fmt: skip


def _figures(chain: PathModel, moved: dict[str, float]) -> list[Figure]:
    way = _by_customers(chain)
    total = moved[LAST]
    return [
        Figure("total", "Move of profit", _small(total), "bad" if total < -1e-12 else "",
               help="In standard deviations, for one of internal service quality."),
        Figure("way", "By way of customers", _small(way),
               help="The six strengths multiplied."),
        Figure("straight", "Straight to profit", _small(total - way),
               help="What conditions cost, and what staff satisfaction does on its own."),
        Figure("bears", "Conditions may cost", _small(max(0.0, way)),
               help="The most that the arrow straight to profit may take before it does not pay."),
    ]  # fmt: skip


def _map(chain: PathModel, cited: Evidence, seen: str) -> ConceptMap:
    relations = []
    for k in chain.links:
        straight = (k.source, k.target) not in PAIRS
        told = say("straight, {s}", s=number(k.strength, 2)) if straight else None
        relations.append(
            Relation(
                start=k.source, end=k.target, label=told or str(number(k.strength, 2)),
                highlight=(k.source, k.target) == (cited.source, cited.target),
            )
        )  # fmt: skip
    return ConceptMap(
        title="The chain; the strong arrow is the one that the evidence below is about",
        alt=say("Seven steps from internal service quality to profit and growth. {seen}",
                seen=seen),
        concepts=[
            Concept(name=step, label=say("{k}. {step}", k=k, step=step), group=place)
            for k, (step, place) in enumerate(zip(STEPS, PLACES, strict=True), start=1)
        ],
        relations=relations,
        groups=GROUPS,
    )  # fmt: skip


def _push(moved: dict[str, float]) -> Chart:
    rows: list[dict[str, Any]] = [
        {"step": SHORT[step], "move": round(moved[step], 6), "text": str(_small(moved[step])),
         "color": PALETTE[0] if moved[step] >= 0 else PALETTE[3]}
        for step in STEPS
    ]  # fmt: skip
    return signed_bars(
        rows,
        category=("step", "Step"),
        value=("move", "Move, standard deviations"),
        title="What is left of one standard deviation at each step",
        alt=say(
            "The move at each step: {rows}.",
            rows=", ".join(say("{s} {m}", s=r["step"], m=r["text"]) for r in rows),
        ),
    )


def _sides(cited: Evidence) -> TableView:
    """Findings for a link, then against it."""
    rows = [
        [side, text]
        for side, texts in (("for it", cited.supports), ("against it, or its limits", cited.doubts))
        for text in texts
    ]
    return TableView(
        title=say("What studies say of {link}", link=arrow_name(cited.source, cited.target)),
        columns=[("Side", "", "left"), ("Finding", "", "left")],
        rows=rows,
    )


def _gains(chain: PathModel) -> Chart:
    thousandths = {pair: 1000 * gain for pair, gain in gains(chain).items()}
    rows: list[dict[str, Any]] = [
        {"link": say("to {step}", step=SHORT[target]), "gain": round(gain, 4),
         "text": str(number(gain, 1)), "color": PALETTE[2] if gain >= 0 else PALETTE[3]}
        for (_, target), gain in thousandths.items()
    ]  # fmt: skip
    widest = max(abs(row["gain"]) for row in rows)
    drawn = signed_bars(
        rows,
        category=("link", "Link, by where it leads"),
        value=("gain", "Thousandths of a standard deviation"),
        title=say("What {more} more on one link adds to profit's move", more=number(MORE)),
        alt=say(
            "Change of profit's move for a stronger link, in thousandths: {rows}.",
            rows=", ".join(say("{s} {m}", s=r["link"], m=r["text"]) for r in rows),
        ),
        ends=(0.0, max(widest, 0.1)),
    )
    for layer in drawn.spec["layer"]:
        layer["encoding"]["x"] = {**layer["encoding"]["x"], "axis": {"tickCount": 4}}
    return drawn
