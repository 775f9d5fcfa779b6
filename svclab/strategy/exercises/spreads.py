"""How an innovation spreads: the second year, the peak, and who has adopted by then."""

from __future__ import annotations

import math
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page
from svclab.strategy.growth.bass import Bass
from svclab.words import Quantity, count, number, percent, say

__all__ = ["SpreadOfService"]

#: What spreads, and among whom. All invented.
NEWS = {
    "kiosks": ("Self-checkout (自助结账) spreads among the KTV shops of a province", "shop"),
    "tables": (
        "Ordering by phone (扫码点餐) spreads among the restaurants of a city",
        "restaurant",
    ),
    "robots": ("Delivery robots (送货机器人) spread among the hotels of a country", "hotel"),
    "records": (
        "Digital records (电子病历) spread among the dental clinics of a country",
        "clinic",
    ),
    "courses": ("Courses by video (视频课程) spread among evening schools", "school"),
}


class SpreadOfService(Exercise):
    """Adopters of the second year, time of the peak, and the share reached by then."""

    title = "When is the rush over?"
    objective = 6
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        return {
            "news": draw.choice(list(NEWS)),
            "market": draw.integer(800, 6000, 200),
            "p": draw.number(0.01, 0.06, 0.005),
            "q": draw.number(0.2, 0.6, 0.02),
            "seen": draw.integer(2, 8),
        }

    def sound(self, p: Any) -> bool:
        clear = abs(p.seen - Bass(p.market, p.p, p.q).peak_time) >= 0.9
        return p.q >= 5 * p.p and clear and apart(self, p)

    def question(self, p: Any) -> str:
        what, who = NEWS[p.news]
        return page(
            say(
                "{what} (all numbers invented). In the end {market} will have it. In the Bass "
                "model (巴斯扩散模型) p = {p} is innovation and q = {q} imitation, per year.",
                what=what,
                market=count(p.market, who),
                p=number(p.p, 3),
                q=number(p.q, 2),
            ),
            say(
                "1. Year by year: in a year a share p + q × (share that has it at the start of the "
                "year) of those who do not have it yet takes it. How many take it in the *second* "
                "year? (Do not round the first year.)\n"
                "2. In the continuous model most take it at the time ln(q/p) ÷ (p + q). After how "
                "many years is that?\n"
                "3. What share of the market has it at that time? It is ½ − p ÷ (2q).\n"
                "4. Whoever sells the equipment has seen {seen}. Will more take it in the year "
                "that follows than in the year just gone?",
                seen=count(p.seen, "year"),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        plans = {
            "more": say("more than in the year just gone"),
            "same": say("as many as in the year just gone"),
            "fewer": say("fewer than in the year just gone"),
        }
        return [
            NumberField("second", say("Adopters in the second year"), relative=0.006),
            NumberField("peak", say("Time of the peak"), unit="years", relative=0.01),
            NumberField("share", say("Share at the peak"), unit="%", absolute=0.15),
            ChoiceField("next", say("In the year that follows"), plans),
        ]

    def _bass(self, p: Any) -> Bass:
        return Bass(p.market, p.p, p.q)

    def solve(self, p: Any) -> Answers:
        found = self._bass(p)
        return {
            "second": found.discrete(2)[1],
            "peak": found.peak_time,
            "share": 100 * found.peak_share,
            "next": "more" if found.within(p.seen + 1) > found.within(p.seen) else "fewer",
        }

    def second(self, p: Any) -> Answers:
        first = p.p * p.market
        found = self._bass(p)
        low, high = 0.0, 60.0  # where the rate of adoption is flat, by thirds
        for _ in range(200):
            a, b = low + (high - low) / 3, high - (high - low) / 3
            low, high = (a, high) if found.rate(a) < found.rate(b) else (low, b)
        exact = math.log(p.q / p.p) / (p.p + p.q)
        assert abs(low - exact) < 1e-4
        return {
            "second": p.p * (p.market - first) + p.q * p.p * (p.market - first),
            "peak": exact,
            "share": 100 * found.share(exact),
            "next": "more" if p.seen < exact else "fewer",
        }

    @misconception(
        "You applied the shares to the whole market. Whoever has it already does not take it again."
    )
    def of_the_whole(self, p: Any) -> Answers:
        return {"second": (p.p + p.q * p.p) * p.market}

    @misconception(
        "You forgot the imitators. In the second year some have it already, and others follow them."
    )
    def nobody_imitates(self, p: Any) -> Answers:
        return {"second": p.p * (p.market - p.p * p.market)}

    @misconception("You gave all who have it after two years. The question is about one year.")
    def both_years(self, p: Any) -> Answers:
        return {"second": math.fsum(self._bass(p).discrete(2))}

    @misconception(
        "You used the logarithm to base ten. ln is the natural one: on a calculator the key ln, in "
        "Python math.log."
    )
    def base_ten(self, p: Any) -> Answers:
        return {"peak": math.log10(p.q / p.p) / (p.p + p.q)}

    @misconception("You divided by q alone. Innovators and imitators both use up the market.")
    def q_alone(self, p: Any) -> Answers:
        return {"peak": math.log(p.q / p.p) / p.q}

    @misconception(
        "You took half of the market. That holds if nobody adopts by himself; innovators bring the "
        "peak forward."
    )
    def half(self, p: Any) -> Answers:
        return {"share": 50.0}

    @misconception(
        "You let the curve go on as it began. Those who have not adopted yet become fewer, and "
        "from the peak on that counts for more than the imitation."
    )
    def straight_on(self, p: Any) -> Answers | None:
        return {"next": "more"} if p.seen > self._bass(p).peak_time else None

    @misconception(
        "You took the market for filled too early. Work out when the peak is, and compare."
    )
    def filled_early(self, p: Any) -> Answers | None:
        return {"next": "fewer"} if p.seen < self._bass(p).peak_time else None

    @misconception(
        "You took the newest number for what will stay. First purchases rise to a peak and fall: "
        "they do not stay level."
    )
    def new_normal(self, p: Any) -> Answers:
        return {"next": "same"}

    def hints(self, p: Any) -> list[str]:
        return [
            say("First year: nobody has it at the start, so p times the market take it."),
            say(
                "Second year: the share that has it at the start is p itself. Add q times this "
                "share to p, and multiply by those who do not have it yet."
            ),
            say(
                "For the peak: q ÷ p = {ratio}, and p + q = {sum}. Take the natural logarithm of "
                "the first and divide.",
                ratio=number(p.q / p.p, 3),
                sum=number(p.p + p.q, 3),
            ),
            say("For the last question: does the peak lie before these years end, or after?"),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        first = p.p * p.market
        return page(
            say(
                "First year: {p} × {m} = {first}. At the start of the second year {share} have it: "
                "({p} + {q} × {p}) × ({m} − {first}) = **{second}**.",
                p=number(p.p, 3),
                q=number(p.q, 2),
                m=p.market,
                first=number(first, 1),
                share=percent(p.p, 1),
                second=number(right["second"], 1),
            ),
            say(
                "Peak: ln({ratio}) ÷ {sum} = {log} ÷ {sum} = **{peak}**.",
                ratio=number(p.q / p.p, 3),
                sum=number(p.p + p.q, 3),
                log=number(math.log(p.q / p.p), 3),
                peak=Quantity(right["peak"], "years", 2),
            ),
            say(
                "By then ½ − {p} ÷ (2 × {q}) = **{share}** of the market has it, less than half.",
                p=number(p.p, 3),
                q=number(p.q, 2),
                share=percent(right["share"] / 100, 1),
            ),
            say("After {seen} the peak is still to come: more will take it in the next year. Data "
                "from before the peak hardly tell how large the market is.",
                seen=count(p.seen, "year"))
            if right["next"] == "more"
            else say("After {seen} the peak is over: fewer will take it in the next year, although "
                     "many have not taken it yet. Whoever draws the rise on orders too much.",
                     seen=count(p.seen, "year")),
        )  # fmt: skip
