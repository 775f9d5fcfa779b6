"""How much of a gap one cycle may close: wear, error and delay set the limits."""

from __future__ import annotations

from typing import Any

from svclab.introduction.common import points
from svclab.introduction.loops import ClosedLoop, closed_verdict, smooth_share, stable_share
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, count, number, percent, say

__all__ = ["RightShare"]

#: Who it is. All invented.
PLACES = {
    "hotline": "A hotline (服务热线, invented)",
    "hotel": "A chain of hotels (连锁酒店, invented)",
    "courier": "A courier service (快递, invented)",
    "clinic": "A health centre (体检中心, invented)",
    "ktv": "A chain of KTV houses (invented)",
}


class RightShare(Exercise):
    """The least share against wear, the greatest by error and by delay, and which report to buy."""

    title = "Quick and rough, or late and exact?"
    objective = 5
    level = "demanding"
    points = 2
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        return {
            "place": draw.choice(list(PLACES)),
            "wear": draw.number(0.4, 3.0, 0.2),
            "short": draw.integer(4, 16),
            "sigma": draw.number(2.0, 6.0, 0.5),
            "spread": draw.number(0.5, 2.5, 0.25),
            "delay": draw.integer(1, 3),
        }

    def sound(self, p: Any) -> bool:
        least, rough, late = _shares(p)
        clear = all(abs(least / most - 1) > 0.08 for most in (rough, late))
        return 0.03 < least < 0.9 and p.spread < 0.9 * p.sigma and clear and apart(self, p)

    def question(self, p: Any) -> str:
        return page(
            say(
                "{who} improves in a closed loop (闭环). In each cycle capability rises by a share "
                "k of the reported gap, and wear takes {wear}. The board wants three "
                "things:",
                who=PLACES[p.place],
                wear=points(p.wear),
            ),
            bullets(
                [
                    say("Wear may keep capability at rest at most {short} below the target.",
                        short=points(p.short)),
                    say("Errors in the reports may make capability swing with a standard deviation "
                        "(标准差) of at most {s}.", s=points(p.spread, 2)),
                    say("Capability must not overshoot."),
                ]
            ),
            say("Two kinds of reports are for sale:"),
            bullets(
                [
                    say("*quick*: a short survey within the same cycle. Its standard deviation is "
                        "{sigma}; a share of up to 100% does not overshoot.",
                        sigma=points(p.sigma)),
                    say("*exact*: a full audit without error. It is {d} old.",
                        d=count(p.delay, "cycle")),
                ]
            ),
            say(
                "With a delay of d cycles there is no overshoot up to k = dᵈ ÷ (d + 1)ᵈ⁺¹. "
                "Without delay an error σ makes capability swing by σ √(k ÷ (2 − k)).\n\n"
                "1. How large must k be at least, because of the wear? (Give each k in "
                "percent.)\n"
                "2. How large may k be at most with the quick report?\n"
                "3. And with the exact one?\n"
                "4. With which of the two reports can the board have all it wants?"
            ),
        )  # fmt: skip

    def fields(self, p: Any) -> list[Field]:
        reports = {
            "quick": say("with the quick one only"),
            "exact": say("with the exact one only"),
            "both": say("with either of them"),
            "none": say("with neither"),
        }
        return [
            NumberField("least", say("Least share k"), unit="%", relative=0.01, absolute=0.05),
            NumberField(
                "quick",
                say("Greatest k with the quick report"),
                unit="%",
                relative=0.01,
                absolute=0.05,
            ),
            NumberField(
                "exact",
                say("Greatest k with the exact report"),
                unit="%",
                relative=0.01,
                absolute=0.05,
            ),
            ChoiceField("report", say("All three wishes can be met"), reports),
        ]

    def solve(self, p: Any) -> Answers:
        least, rough, late = _shares(p)
        return _answers(least, rough, late)

    def second(self, p: Any) -> Answers:
        # By looking: halving on the chapter's verdicts, and the summit of zᵈ − zᵈ⁺¹.
        def swings(k: float) -> float:
            found = closed_verdict(ClosedLoop(share=k, delay=0, noise=p.sigma)).spread
            assert found is not None
            return found

        low, high = 1e-6, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if swings(middle) <= p.spread else (low, middle)
        least, most = 1e-6, 1.0
        for _ in range(50):
            middle = (least + most) / 2
            rest = ClosedLoop(share=middle, delay=0, wear=p.wear).rest
            assert rest is not None
            least, most = (middle, most) if 90 - rest > p.short else (least, middle)
        a, b = 0.0, 1.0
        for _ in range(120):
            x, y = a + (b - a) / 3, b - (b - a) / 3
            rises = x**p.delay * (1 - x) < y**p.delay * (1 - y)
            a, b = (x, b) if rises else (a, y)
        late = a**p.delay * (1 - a)
        return _answers(least, low, late)

    @misconception(
        "You divided the distance by the wear. At rest, share × gap = wear: the more wear, the "
        "larger the share must be."
    )
    def upside_down(self, p: Any) -> Answers:
        return {"least": 100 * p.short / p.wear}

    @misconception(
        "You gave the wear itself, as a share of 100 points. It is the gap left "
        "at rest that has to make up for the wear."
    )
    def of_hundred(self, p: Any) -> Answers:
        return {"least": p.wear}

    @misconception(
        "You let only one correction pass the error on. The errors of earlier cycles are still in "
        "it: use the formula with the root."
    )
    def one_error(self, p: Any) -> Answers:
        return {"quick": 100 * p.spread / p.sigma}

    @misconception(
        "You solved without squares. To get rid of the root, both sides have to be squared first."
    )
    def no_squares(self, p: Any) -> Answers:
        ratio = p.spread / p.sigma
        return {"quick": 200 * ratio / (1 + ratio)}

    @misconception("You forgot the 2 in the root: k ÷ (2 − k), not k ÷ (1 − k).")
    def one_for_two(self, p: Any) -> Answers:
        ratio = (p.spread / p.sigma) ** 2
        return {"quick": 100 * ratio / (1 + ratio)}

    @misconception(
        "You took the limit below which the loop comes to rest at all. Between the two limits it "
        "overshoots and swings on its way."
    )
    def limit_of_rest(self, p: Any) -> Answers:
        return {"exact": 100 * stable_share(p.delay)}

    @misconception(
        "You divided the whole correction by the number of cycles. The limit falls faster than "
        "that with the delay."
    )
    def evenly(self, p: Any) -> Answers:
        return {"exact": 100 / (p.delay + 1)}

    @misconception(
        "You took the exact report for the better one in any case. It comes late, and a late "
        "report allows only small steps."
    )
    def exact_is_better(self, p: Any) -> Answers | None:
        return {"report": "exact"} if self.solve(p)["report"] in ("quick", "none") else None

    @misconception(
        "You took the quick report for the better one in any case. Its errors go into each "
        "correction, and large steps pass them on."
    )
    def quick_is_better(self, p: Any) -> Answers | None:
        return {"report": "quick"} if self.solve(p)["report"] in ("exact", "none") else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("At rest nothing changes: what the share of the gap adds is what wear takes."),
            say(
                "For the quick report write σ √(k ÷ (2 − k)) = limit, divide by σ and square. "
                "With q for the square on the other side: k = q (2 − k)."
            ),
            say("Bring k to one side: k = 2q ÷ (1 + q)."),
            say(
                "A report will do if the largest share that it allows is not below the smallest "
                "share that wear demands."
            ),
        ]

    def solution(self, p: Any) -> str:
        least, rough, late = _shares(p)
        ratio = (p.spread / p.sigma) ** 2
        verdicts = {
            "quick": say("Only the quick report leaves room."),
            "exact": say("Only the exact report leaves room."),
            "both": say("Either of them leaves room."),
            "none": say("Neither leaves room: the board has to give up a wish, or fight the wear."),
        }
        rows: list[list[Quantity | str | int]] = [
            [name, percent(least, 2), percent(most, 2),
             say("possible") if least <= most else say("not possible")]
            for name, most in ((say("quick"), rough), (say("exact"), late))
        ]  # fmt: skip
        return page(
            say(
                "Wear: k × {short} = {wear}, so k must be at least {wear} ÷ {short} = **{least}**.",
                short=points(p.short),
                wear=points(p.wear),
                least=percent(least, 2),
            ),
            say(
                "Quick: q = ({spread} ÷ {sigma})² = {q}, and k = 2q ÷ (1 + q) = **{rough}**. The "
                "limit against overshoot, 100%, is not reached.",
                spread=number(p.spread, 2),
                sigma=number(p.sigma, 1),
                q=percent(ratio, 2),
                rough=percent(rough, 2),
            ),
            say(
                "Exact, {d} old: k = dᵈ ÷ (d + 1)ᵈ⁺¹ = **{late}**.",
                d=count(p.delay, "cycle"),
                late=percent(late, 2),
            ),
            table([say("report"), say("at least"), say("at most"), ""], rows),
            say("{verdict} Large steps pass errors on, and late reports turn them into swings.",
                verdict=verdicts[_fit(least, rough, late)]),
        )  # fmt: skip


def _shares(p: Any) -> tuple[float, float, float]:
    """Least share by wear; greatest by the error, and by the delay."""
    ratio = (p.spread / p.sigma) ** 2
    rough = min(1.0, 2 * ratio / (1 + ratio))
    return p.wear / p.short, rough, smooth_share(p.delay)


def _answers(least: float, rough: float, late: float) -> Answers:
    """Shares in percent, and which report will do."""
    return {
        "least": 100 * least,
        "quick": 100 * rough,
        "exact": 100 * late,
        "report": _fit(least, rough, late),
    }


def _fit(least: float, rough: float, late: float) -> str:
    if least <= rough:
        return "both" if least <= late else "quick"
    return "exact" if least <= late else "none"
