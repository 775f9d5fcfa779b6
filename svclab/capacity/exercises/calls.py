"""One day of calls, and three service levels made of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.capacity.queues.service_levels import ServiceLevel
from svclab.practice import ChoicesField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import percent, say, seconds

__all__ = ["ThreeServiceLevels"]

#: Whose line it is. All invented.
LINES = {
    "bank": "A bank (invented) has a hotline (客服热线)",
    "telecom": "A telecom operator (invented) has a hotline (客服热线)",
    "hospital": "A hospital (invented) takes appointments by telephone (电话预约)",
    "parcels": "A parcel company (invented) has a hotline (客服热线)",
}


class ThreeServiceLevels(Exercise):
    """The same calls, and the share in time of three different wholes."""

    title = "Three service levels from one day"
    objective = 2
    level = "medium"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        return {
            "line": draw.choice(list(LINES)),
            "limit": draw.choice([15, 20, 30]),
            "in_time": draw.integer(520, 960, 4),
            "late": draw.integer(120, 320, 4),
            "gave_up": draw.integer(40, 120, 2),
            "gave_up_late": draw.integer(60, 200, 2),
            "moved": draw.integer(20, 36, 4),
            "event": draw.choice(["late_leave_late", "late_leave_soon", "leave_sooner"]),
        }

    def sound(self, p: Any) -> bool:
        return 58 <= self.solve(p)["offered"] <= 78 and apart(self, p)

    def question(self, p: Any) -> str:
        limit = seconds(p.limit)
        rows = [
            (say("answered after {limit} at most", limit=limit), p.in_time),
            (say("answered later"), p.late),
            (say("hung up after {limit} at most", limit=limit), p.gave_up),
            (say("hung up later, unanswered"), p.gave_up_late),
        ]
        events = {
            "late_leave_late": say(
                "{n} callers who would have been answered late hang up instead, after a long wait."
            , n=p.moved),
            "late_leave_soon": say(
                "{n} callers who would have been answered late hang up instead, all of them "
                "within {limit}.", n=p.moved, limit=limit,
            ),
            "leave_sooner": say(
                "{n} of the callers who hang up late have less patience and hang up within "
                "{limit}.", n=p.moved, limit=limit,
            ),
        }  # fmt: skip
        return page(
            say(
                "{line}. The promise is an answer within {limit}. One day:",
                line=LINES[p.line],
                limit=limit,
            ),
            table([say("calls that were"), say("number")], rows),
            say(
                "1. What share of all who called was answered in time (service level, 服务水平)?\n"
                "2. What share of those who were answered?\n"
                "3. What share of all who called, if those who hung up within {limit} are left "
                "out?\n"
                "4. The next day is the same but for one thing: {event} Which of the three "
                "figures rises, although nobody is served better?",
                limit=limit,
                event=events[p.event],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        named = {
            "offered": say("Of all who called"),
            "answered": say("Of those answered"),
            "rest": say("Leaving out those who hung up in time"),
        }
        return [
            *(
                NumberField(name, label, unit="%", relative=0.0, absolute=0.1)
                for name, label in named.items()
            ),
            ChoicesField("rises", say("Rises the next day"), named),
        ]

    def solve(self, p: Any) -> Answers:
        now = _level(p.in_time, p.late, p.gave_up, p.gave_up_late)
        then = _level(*self._next_day(p))
        return {**_figures(now), "rises": [
            name for name, value in _figures(then).items() if value > _figures(now)[name] + 1e-9
        ]}  # fmt: skip

    def _next_day(self, p: Any) -> tuple[int, int, int, int]:
        late, soon, later = p.late, p.gave_up, p.gave_up_late
        if p.event == "late_leave_late":
            return p.in_time, late - p.moved, soon, later + p.moved
        if p.event == "late_leave_soon":
            return p.in_time, late - p.moved, soon + p.moved, later
        return p.in_time, late, soon + p.moved, later - p.moved

    def second(self, p: Any) -> Answers:
        # Call by call, as a list of what happened to each.
        def shares(day: tuple[int, ...]) -> dict[str, Fraction]:
            calls = [kind for kind, n in zip("alud", day, strict=True) for _ in range(n)]
            wholes = {"offered": "alud", "answered": "al", "rest": "ald"}
            return {
                name: Fraction(100 * calls.count("a"), sum(call in whole for call in calls))
                for name, whole in wholes.items()
            }

        now = shares((p.in_time, p.late, p.gave_up, p.gave_up_late))
        then = shares(self._next_day(p))
        return {
            **{name: float(share) for name, share in now.items()},
            "rises": [name for name in now if then[name] > now[name]],
        }

    def _calls(self, p: Any) -> int:
        return int(p.in_time + p.late + p.gave_up + p.gave_up_late)

    @misconception(
        "This is the share of callers who were answered at all. The promise is about the wait: "
        "those who were answered late do not count as in time."
    )
    def answered_at_all(self, p: Any) -> Answers:
        return {"offered": 100 * (p.in_time + p.late) / self._calls(p)}

    @misconception(
        "You divided by the calls that were answered. Those who hung up have called as well, and "
        "this figure shall count them."
    )
    def without_those_lost(self, p: Any) -> Answers:
        return {"offered": 100 * p.in_time / (p.in_time + p.late)}

    @misconception(
        "You divided by all who called. This figure looks only at the calls that were answered."
    )
    def of_all_instead(self, p: Any) -> Answers:
        return {"answered": 100 * p.in_time / self._calls(p)}

    @misconception(
        "You counted those who hung up early as served in time. They got no answer: they may be "
        "left out of the whole, but never be counted as a success."
    )
    def hung_up_is_a_success(self, p: Any) -> Answers:
        share = 100 * (p.in_time + p.gave_up) / self._calls(p)
        return {"offered": share, "rest": share}

    @misconception(
        "You left out everybody who hung up. Those who hung up after the limit had waited too "
        "long, so they stay in the count."
    )
    def all_left_out(self, p: Any) -> Answers:
        return {"rest": 100 * p.in_time / (p.in_time + p.late)}

    @misconception(
        "You took those who hung up early away from the answered calls, too. They are none of "
        "them: only the whole gets smaller."
    )
    def taken_away_twice(self, p: Any) -> Answers:
        return {"rest": 100 * (p.in_time - p.gave_up) / (self._calls(p) - p.gave_up)}

    @misconception(
        "You left out those who hung up late. The figure leaves out those who hung up before the "
        "limit: they were not yet kept waiting too long."
    )
    def wrong_ones_left_out(self, p: Any) -> Answers:
        return {"rest": 100 * p.in_time / (self._calls(p) - p.gave_up_late)}

    def _with(self, p: Any, name: str) -> Answers:
        right = self.solve(p)["rises"]
        return {"rises": [one for one in _NAMES if one in right or one == name]}

    @misconception(
        "You expect a change in the share of all who called. As many call as before, and as many "
        "are answered in time."
    )
    def all_changes(self, p: Any) -> Answers:
        return self._with(p, "offered")

    @misconception(
        "You did not see that late answers vanish from the count of answered calls when these "
        "callers give up. Then the figure rises while the service gets worse."
    )
    def answered_overlooked(self, p: Any) -> Answers | None:
        return {"rises": ["rest"]} if p.event == "late_leave_soon" else None

    @misconception(
        "You expect the figure for answered calls to rise. These callers were not answered on "
        "the first day either, so nothing changes in it."
    )
    def answered_in_vain(self, p: Any) -> Answers | None:
        return self._with(p, "answered") if p.event == "leave_sooner" else None

    @misconception(
        "You let the third figure leave out all who hang up. Those who wait beyond the limit "
        "stay in the count, whether they are answered or not."
    )
    def third_in_vain(self, p: Any) -> Answers | None:
        return self._with(p, "rest") if p.event == "late_leave_late" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "The three figures have the same calls above the line of the fraction. Which "
                "calls are in time?"
            ),
            say("For each figure, write down which of the four rows belong to its whole."),
            say(
                "In the third figure only those are left out who hung up before the limit: "
                "nobody was late for them yet. All the others stay."
            ),
            say(
                "For the last question, change the two rows concerned and see, figure by figure, "
                "whether its whole gets smaller."
            ),
        ]

    def solution(self, p: Any) -> str:
        right, calls = self.solve(p), self._calls(p)
        wholes = {"offered": calls, "answered": p.in_time + p.late, "rest": calls - p.gave_up}
        labels = {
            "offered": say("of all who called"),
            "answered": say("of those answered"),
            "rest": say("leaving out those who hung up in time"),
        }
        lines = [
            say(
                "- {label}: {good} ÷ {whole} = **{share}**",
                label=labels[name],
                good=p.in_time,
                whole=whole,
                share=percent(right[name] / 100, 2),
            )
            for name, whole in wholes.items()
        ]
        why = {
            "late_leave_late": say(
                "Late answers vanish from the answered calls, so that figure rises. In the other "
                "two the callers stay in the whole."
            ),
            "late_leave_soon": say(
                "These callers vanish from the answered calls and from the third whole: both "
                "figures rise. The share of all who called stays the same."
            ),
            "leave_sooner": say(
                "These callers leave the third whole, so that figure rises. The other two stay "
                "the same."
            ),
        }
        return page(
            say(
                "{good} calls were answered in time. What differs is the whole. {calls} have "
                "called.",
                good=p.in_time,
                calls=calls,
            ),
            "\n".join(lines),
            say(
                "**The next day.** {why} Only the share of all who called cannot be improved by "
                "making people give up.",
                why=why[p.event],
            ),
        )


_NAMES = ("offered", "answered", "rest")


def _level(in_time: int, late: int, gave_up: int, gave_up_late: int) -> ServiceLevel:
    calls = in_time + late + gave_up + gave_up_late
    return ServiceLevel(
        0.0,
        served_in_time=in_time / calls,
        served=(in_time + late) / calls,
        gave_up_in_time=gave_up / calls,
    )


def _figures(level: ServiceLevel) -> dict[str, float]:
    return {
        "offered": 100 * level.of_all_offered,
        "answered": 100 * level.of_those_answered,
        "rest": 100 * level.leaving_out_those_who_gave_up_in_time,
    }
