"""A kit of toy blocks: what more blocks are worth in parts and in whole pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from svclab.decisions.exercises.small_models import SmallModel, differing
from svclab.decisions.plane import plane
from svclab.decisions.plane.whole import search
from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, money, number, say

__all__ = ["OneMoreBlock"]

KITS = (("table", "chair"), ("house", "tower"), ("bridge", "gate"), ("castle", "wall"))
COLOURS = (("large", "small"), ("red", "blue"), ("long", "short"))
#: So many blocks more are looked at.
FAR = 12


class OneMoreBlock(Exercise):
    """One block more, in the linear program and in whole pieces, and the next step."""

    title = "One more block"
    objective = 4
    level = "medium"
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        steep = [draw.integer(2, 5), draw.integer(1, 3)]
        flat = [draw.integer(1, 3), draw.integer(2, 5)]
        rows = draw.shuffled([steep, flat])
        # Shadow prices above zero: the plan where both kinds are used up is the best.
        prices = draw.integers(2, 1, 9)
        profits = [
            sum(price * row[j] for price, row in zip(prices, rows, strict=True)) for j in range(2)
        ]
        return {
            "kit": draw.integer(0, len(KITS) - 1),
            "colours": draw.integer(0, len(COLOURS) - 1),
            "rows": [[*row, draw.integer(9, 24)] for row in rows],
            "profits": profits,
            "moved": draw.integer(0, 1),
        }

    def sound(self, p: Any) -> bool:
        (_, corners), (_, after) = (_model(p, n).best_corners() for n in (0, 1))
        if len(corners) > 1 or not all(x > 0 for x in (*corners[0], *after[0])):
            return False
        # The next step comes soon, but not with the next block.
        steps = _steps(p)
        n = next((k for k, value in enumerate(steps) if value > steps[0]), FAR)
        return 2 <= n <= 6 and apart(self, p)

    def question(self, p: Any) -> str:
        pieces, colours = KITS[p.kit], COLOURS[p.colours]
        rows: list[Sequence[Quantity | str | int]] = [
            (
                piece,
                *(count(row[j], "block") for row in p.rows),
                money(p.profits[j], "yuan", 0),
            )
            for j, piece in enumerate(pieces)
        ]
        rows.append((say("the kit has"), *(count(row[2], "block") for row in p.rows), ""))
        head = [say("piece"), *(say("{kind} blocks", kind=kind) for kind in colours), say("profit")]
        return page(
            say(
                "From a kit of toy blocks (like that of the tables and chairs, but invented) you "
                "build two kinds of pieces:"
            ),
            table(head, rows),
            say(
                "1. The linear program allows parts of pieces. What is one more {kind} block worth "
                "in it?\n"
                "2. In whole pieces (整数解): how many {kind} blocks more does it take until the "
                "best plan earns more than now? One, two, or how many?\n"
                "3. How much more does it earn then?",
                kind=_moved(p),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("linear", say("One block more, in the linear program"), unit="yuan"),
            IntegerField("blocks", say("Blocks more until a whole plan earns more")),
            IntegerField("gain", say("What it then earns more"), unit="yuan"),
        ]

    def solve(self, p: Any) -> Answers:
        found = [float(_model(p, n).best_corners()[0]) for n in range(2)]
        steps = _steps(p)
        n = next((k for k, value in enumerate(steps) if value > steps[0]), FAR)
        return {"linear": found[1] - found[0], "blocks": n, "gain": steps[n] - steps[0]}

    def second(self, p: Any) -> Answers:
        steps = _course_steps(p)
        n = next((k for k, value in enumerate(steps) if value > steps[0]), FAR)
        return {"linear": _prices(p)[p.moved], "blocks": n, "gain": steps[n] - steps[0]}

    @misconception(
        "You say that one block more earns something in whole pieces. Try it: build the best plan "
        "with the kit as it is, add the block, and look whether another plan becomes possible "
        "that earns more."
    )
    def at_once(self, p: Any) -> Answers:
        return {"blocks": 1}

    @misconception(
        "You multiplied the shadow price by the number of blocks. Whole plans earn in steps; the "
        "shadow price is the slope of the line above them."
    )
    def price_times_blocks(self, p: Any) -> Answers | None:
        right = self.solve(p)
        gain = round(right["blocks"] * right["linear"])
        return {"gain": gain} if gain != right["gain"] else None

    @misconception(
        "This is the profit of a whole piece more. To build it other pieces must go: compare the "
        "two best plans."
    )
    def whole_piece(self, p: Any) -> Answers | None:
        return differing(self.solve(p), {"gain": max(p.profits)})

    @misconception(
        "You counted the blocks of this kind that a piece takes. A better plan may exchange "
        "pieces and need fewer or more of them: compare the best plans with one block more, "
        "two, three and so on."
    )
    def blocks_of_a_piece(self, p: Any) -> Answers | None:
        row = p.rows[p.moved]
        right = self.solve(p)["blocks"]
        fit = [a for a in row[:2] if a not in (1, right)]
        return {"blocks": fit[0]} if fit else None

    @misconception(
        "You stopped too early. With so many blocks more no whole plan earns more than now: a "
        "piece more needs blocks that other pieces must give up. Go on, block by block."
    )
    def too_early(self, p: Any) -> Answers | None:
        right = self.solve(p)["blocks"]
        fit = [a for a in p.rows[p.moved][:2] if a not in (1, right)]
        return {"blocks": 2} if right > 2 and fit[:1] != [2] else None

    @misconception(
        "You divided the profit of a piece by its blocks of this kind. The piece takes blocks of "
        "the other kind too, and these are scarce as well."
    )
    def profit_per_block(self, p: Any) -> Answers:
        row = p.rows[p.moved]
        return {"linear": max(c / a for c, a in zip(p.profits, row[:2], strict=True))}

    @misconception(
        "You took the worth of the other kind of block. Look which right-hand side is moved."
    )
    def other_kind(self, p: Any) -> Answers:
        return {"linear": _prices(p)[1 - p.moved]}

    @misconception(
        "You answered for whole pieces. The linear program may build parts of pieces, and there "
        "each block more helps a little."
    )
    def nothing_in_parts(self, p: Any) -> Answers:
        return {"linear": 0.0}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "In the linear program both kinds of blocks are used up. Where do the two lines "
                "cross now, and where with one {kind} block more?",
                kind=_moved(p),
            ),
            say(
                "Or by prices: give each kind of block a price, so that the blocks of a piece "
                "together cost exactly what the piece earns. These two equations have one solution."
            ),
            say(
                "For whole pieces list the plans: for each number of the first piece, the most of "
                "the second that is possible. Which is best now?"
            ),
            say(
                "Then look for plans that earn more than this one and need no more of the other "
                "kind of block than there is. Which of them needs the fewest {kind} blocks?",
                kind=_moved(p),
            ),
        ]

    def solution(self, p: Any) -> str:
        pieces, right = KITS[p.kit], self.solve(p)
        lines = []
        for n in range(right["blocks"] + 1):
            found = _model(p, n).best_whole()
            linear = float(_model(p, n).best_corners()[0])
            if found is None:  # nothing at all can be built in a kit of nothing only
                continue
            value, plans = found
            made = [count(x) for x in plans[0]]
            there = count(p.rows[p.moved][2] + n)
            lines.append((there, *made, money(value, "yuan", 0), money(linear, "yuan")))
        values = [_model(p, n).best_corners()[0] for n in (0, right["blocks"] - 1)]
        promised = float(values[1] - values[0])
        head = [
            say("{kind} blocks", kind=_moved(p)),
            *pieces,
            say("best in whole pieces"),
            say("linear program"),
        ]
        return page(
            table(head, lines),
            say(
                "In the linear program one {kind} block more is worth **{linear}**: the shadow "
                "price. In whole pieces nothing changes until **{blocks}** more are there; then "
                "the best plan earns **{gain}** more. One block before that the linear program "
                "has gained {promised} already, and whole pieces nothing.",
                kind=_moved(p),
                linear=money(right["linear"], "yuan", 3),
                blocks=number(right["blocks"], 0),
                gain=money(right["gain"], "yuan", 0),
                promised=money(promised, "yuan"),
            ),
        )


def _moved(p: Any) -> str:
    return COLOURS[p.colours][p.moved]


def _model(p: Any, more: int) -> SmallModel:
    """The linear program with so many more of the blocks that are moved."""
    rows = tuple(((a, b), right + more * (k == p.moved)) for k, (a, b, right) in enumerate(p.rows))
    return SmallModel(tuple(p.profits), rows, (0, 0))


def _prices(p: Any) -> tuple[float, float]:
    """The shadow prices solve two equations: each piece earns what its blocks are worth."""
    (a, b, _), (c, d, _) = p.rows
    one, other = p.profits
    whole = a * d - b * c
    return (one * d - other * c) / whole, (a * other - b * one) / whole


def _steps(p: Any) -> list[int]:
    """The best whole plan with none, one, two, ... blocks more, until it is better."""
    steps: list[int] = []
    for n in range(FAR + 1):
        found = _model(p, n).best_whole()
        steps.append(found[0] if found else 0)
        if steps[-1] > steps[0]:
            break
    return steps


def _course_steps(p: Any) -> list[int]:
    """The same by the chapter's search for the best whole plan."""
    steps: list[int] = []
    for n in range(FAR + 1):
        found = search(plane(_model(p, n).stated(("x", "y"), ("first", "second"))))
        steps.append(int(found[1] or 0) if found else 0)
        if steps[-1] > steps[0]:
            break
    return steps
