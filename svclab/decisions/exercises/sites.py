"""Where to open branches in a small town: the least mean way, and a limit that all keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

from svclab.decisions.exercises.small_models import differing
from svclab.decisions.problems.location import p_median
from svclab.practice import (
    ChoiceField,
    ChoicesField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, join, minutes, number, say

__all__ = ["OpenBranches"]

NAMES = ("Dock", "Hill", "Lake", "Mill", "Park")
TOWN = range(len(NAMES))
#: What is opened, and who is driven to. All invented.
PLACES = {
    "ambulance": (
        "An ambulance service (急救, invented) looks for places for its stations",
        "station",
        "stations",
        ("call", "calls"),
    ),
    "repair": (
        "A lift repair service (电梯维修, invented) looks for places for its workshops",
        "workshop",
        "workshops",
        ("order", "orders"),
    ),
    "care": (
        "A home-care service (居家护理, invented) looks for places for its offices",
        "office",
        "offices",
        ("visit", "visits"),
    ),
    "meals": (
        "A meal service (送餐, invented) looks for places for its kitchens",
        "kitchen",
        "kitchens",
        ("meal", "meals"),
    ),
}
Sites = tuple[int, ...]


class OpenBranches(Exercise):
    """The best place of one branch and of two, and the fewest that reach all in time."""

    title = "Where to open"
    objective = 7
    level = "medium"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        # Places on a map of streets: the way is along them, three minutes even to next door.
        spots = draw.sample([(x, y) for x in range(5) for y in range(5)], len(NAMES))
        return {
            "place": draw.choice(list(PLACES)),
            "calls": draw.integers(len(NAMES), 10, 80, 5),
            "way": [[3 + 3 * (abs(a - c) + abs(b - d)) for c, d in spots] for a, b in spots],
            "within": draw.integer(6, 12, 3),
        }

    def sound(self, p: Any) -> bool:
        # One best place, one best pair, each clearly; some simple rule leads elsewhere.
        for size in (1, 2):
            first, other = sorted(_total(p, sites) for sites in combinations(TOWN, size))[:2]
            if other < 1.02 * first:
                return False
        best = _best(p, 1)[0]
        rules = {_least(_row_sum(p)), _least(_farthest(p)), _least(lambda j: -p.calls[j])}
        if rules == {best}:
            return False
        return _fewest(p) in (2, 3) and apart(self, p)

    def question(self, p: Any) -> str:
        where, one, many, (call, calls) = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [name, p.calls[i], *map(minutes, p.way[i])] for i, name in enumerate(NAMES)
        ]
        return page(
            say(
                "{where}. The town has five districts. The table gives the {calls} of a day, and "
                "the minutes of driving from each district to each. A {one} can stand in any of "
                "the districts; each {call} is served from the nearest one (p-median, p-中位问题).",
                where=where,
                one=one,
                call=call,
                calls=calls,
            ),
            table([say("district"), say("{calls} a day", calls=calls), *NAMES], rows),
            say(
                "1. There is money for one {one}. Where is the mean driving time of a {call} the "
                "least?\n"
                "2. How long is this mean?\n"
                "3. There is money for two {many}. In which two districts do they give the least "
                "mean driving time of a {call}?\n"
                "4. The city asks that every district is reached within {within} from some {one} "
                "(set covering, 集合覆盖). How many {many} does that take at the least, wherever "
                "they stand?",
                one=one,
                many=many,
                call=call,
                within=minutes(p.within),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        _, one, many, (call, _) = PLACES[p.place]
        options = {name.lower(): name for name in NAMES}
        return [
            ChoiceField("one", say("One {one} in", one=one), options),
            NumberField("mean", say("Mean driving time of a {call}", call=call), unit="min"),
            ChoicesField("two", say("Two {many} in", many=many), options),
            IntegerField("fewest", say("Fewest {many}", many=many)),
        ]

    def solve(self, p: Any) -> Answers:
        one, two = _best(p, 1), _best(p, 2)
        return {
            "one": NAMES[one[0]].lower(),
            "mean": _total(p, one) / sum(p.calls),
            "two": _named(two),
            "fewest": _fewest(p),
        }

    def second(self, p: Any) -> Answers:
        # The chapter's own program for the places; the fewest by going through the districts.
        way = {
            a.lower(): dict(zip(map(str.lower, NAMES), row, strict=True))
            for a, row in zip(NAMES, p.way, strict=True)
        }
        calls = dict(zip(way, p.calls, strict=True))
        one, two = (p_median(way, n, demand=calls) for n in (1, 2))
        return {
            "one": one.sites[0],
            "mean": one.mean,
            "two": list(two.sites),
            "fewest": self._needed(p, frozenset(TOWN)),
        }

    def _needed(self, p: Any, left: frozenset[int]) -> int:
        """The fewest for the districts left: the first one must be reached from somewhere."""
        if not left:
            return 0
        first = min(left)
        ways = [j for j in TOWN if p.way[first][j] <= p.within]
        return 1 + min(
            self._needed(p, frozenset(i for i in left if p.way[i][j] > p.within)) for j in ways
        )

    @misconception(
        "You took the shortest way on average over the districts. A district with many calls "
        "counts more: multiply each way by how many go it."
    )
    def unweighted(self, p: Any) -> Answers | None:
        found = _least(_row_sum(p))
        pair = min(combinations(TOWN, 2), key=lambda s: sum(_ways(p, s)))
        values: Answers = {"one": NAMES[found].lower(), "two": _named(pair)}
        return differing(self.solve(p), values)

    @misconception(
        "You took the plain mean of the ways to the districts. More people wait in some of them: "
        "weigh each way by how many go it."
    )
    def plain_mean(self, p: Any) -> Answers:
        return {"mean": sum(_ways(p, _best(p, 1))) / len(NAMES)}

    @misconception(
        "You made the longest way as short as possible. That is fair to the farthest district; "
        "the question is about the mean."
    )
    def longest_way(self, p: Any) -> Answers | None:
        found = _least(_farthest(p))
        pair = min(combinations(TOWN, 2), key=lambda s: max(_ways(p, s)))
        values: Answers = {"one": NAMES[found].lower(), "two": _named(pair)}
        wrong = differing(self.solve(p), values)
        same = wrong == OpenBranches.unweighted.model(self, p)  # then it is the other thought's
        return None if same else wrong

    @misconception(
        "You went where most is asked for. Those who live there have a short way, but all the "
        "others count, too."
    )
    def largest_district(self, p: Any) -> Answers | None:
        order = sorted(TOWN, key=lambda j: -p.calls[j])
        values: Answers = {"one": NAMES[order[0]].lower(), "two": _named(order[:2])}
        return differing(self.solve(p), values)

    @misconception(
        "You took the best place for one, and the next best place for one. Two good places for one "
        "are often close to each other: look at the pair, where each goes to the nearer one."
    )
    def two_best_ones(self, p: Any) -> Answers | None:
        order = sorted(TOWN, key=lambda j: _total(p, (j,)))
        return differing(self.solve(p), {"two": _named(order[:2])})

    @misconception(
        "You kept the best place for one, and added the best second one. With two the first may "
        "stand better elsewhere: compare all pairs."
    )
    def one_added(self, p: Any) -> Answers | None:
        first = _best(p, 1)[0]
        pairs = [pair for pair in combinations(TOWN, 2) if first in pair]
        found = min(pairs, key=lambda pair: _total(p, pair))
        return differing(self.solve(p), {"two": _named(found)})

    @misconception("These are the minutes of all together. For the mean divide by how many go.")
    def not_divided(self, p: Any) -> Answers:
        return {"mean": float(_total(p, _best(p, 1)))}

    @misconception(
        "You divided the minutes of all by the number of districts. Divide by how many go."
    )
    def by_districts(self, p: Any) -> Answers:
        return {"mean": _total(p, _best(p, 1)) / len(NAMES)}

    @misconception(
        "You compared a mean with the limit. The limit holds for every district, also for the "
        "farthest one."
    )
    def mean_in_time(self, p: Any) -> Answers:
        return {"fewest": 1}

    @misconception(
        "You began with places that are good for the mean, and added what was missing. Those that "
        "reach all may stand elsewhere: begin anew."
    )
    def best_two_and_more(self, p: Any) -> Answers | None:
        found = len(self._added(p))
        return {"fewest": found} if found > _fewest(p) else None

    def _added(self, p: Any) -> list[int]:
        """The best two, and where still needed the place that reaches most of those left."""
        sites = list(_best(p, 2))
        while left := [i for i in TOWN if min(p.way[i][j] for j in sites) > p.within]:
            sites.append(max(TOWN, key=lambda j: sum(p.way[i][j] <= p.within for i in left)))
        return sites

    @misconception(
        "You asked for a place in each district that one place cannot reach. One more may reach "
        "several of them at once."
    )
    def one_for_each(self, p: Any) -> Answers | None:
        best = _best(p, 1)[0]
        far = 1 + sum(p.way[i][best] > p.within for i in TOWN)
        taken = (1, _fewest(p), len(self._added(p)))
        return {"fewest": far} if far not in taken else None

    def hints(self, p: Any) -> list[str]:
        _, one, many, (_, calls) = PLACES[p.place]
        reached = [sum(p.way[i][j] <= p.within for i in TOWN) for j in TOWN]
        narrow = min(TOWN, key=reached.__getitem__)
        return [
            say(
                "For one {one} in a district: multiply the {calls} of each district by its minutes "
                "to that place, and add up. Do so for all five places, and compare.",
                one=one,
                calls=calls,
            ),
            say("The mean is this sum, divided by all {calls} of the day.", calls=calls),
            say(
                "For two {many} there are ten pairs. In each pair every district takes the smaller "
                "of its two ways. A few lines of Python do it: two loops, `min` and `sum`.",
                many=many,
            ),
            say(
                "For the limit mark all ways of at most {within} in the table. Begin with {name}, "
                "which has few such ways: from where can it be reached? Then look what is left.",
                within=minutes(p.within),
                name=NAMES[narrow],
            ),
        ]

    def solution(self, p: Any) -> str:
        _, one, many, (call, calls) = PLACES[p.place]
        right, pair = self.solve(p), _best(p, 2)
        everybody = sum(p.calls)
        best = _best(p, 1)[0]
        pairs = sorted(combinations(TOWN, 2), key=lambda sites: _total(p, sites))[:3]
        cover = _cover(p)
        return page(
            say(
                "**One {one}.** {calls} times minutes, added over the districts:",
                one=one,
                calls=calls.capitalize(),
            ),
            table(list(NAMES), [[_total(p, (j,)) for j in TOWN]]),
            say(
                "The least is in {name}: {total} ÷ {all} = **{mean}** for a {call}.",
                name=NAMES[best],
                total=number(_total(p, (best,))),
                all=number(everybody),
                mean=minutes(right["mean"], 2),
                call=call,
            ),
            say("**Two {many}.** The three best of the ten pairs:", many=many),
            table(
                [say("pair"), say("sum"), say("mean")],
                [
                    [
                        join([NAMES[j] for j in s]),
                        _total(p, s),
                        minutes(_total(p, s) / everybody, 2),
                    ]
                    for s in pairs
                ],
            ),
            say("So {pair}.", pair=join([NAMES[j] for j in pair])),
            say(
                "**Within {within}.** Which districts each place reaches:",
                within=minutes(p.within),
            ),
            table(
                [say("place"), say("reaches")],
                [[name, join([NAMES[i] for i in _reach(p, j)])] for j, name in enumerate(NAMES)],
            ),
            say(
                "{fewer} reach all five, but {names} do: **{n}**. They need not be the places "
                "with the least mean.",
                fewer=_fewer(right["fewest"] - 1, one, many),
                names=join([NAMES[j] for j in cover]),
                n=right["fewest"],
            ),
        )


def _fewer(n: int, one: str, many: str) -> str:
    return say("{places} cannot", places=count(n, one, many))


def _ways(p: Any, sites: Iterable[int]) -> list[int]:
    """The minutes of each district to the nearest of these places."""
    places = tuple(sites)
    return [min(row[j] for j in places) for row in p.way]


def _total(p: Any, sites: Iterable[int]) -> int:
    """The minutes of all together."""
    return sum(n * way for n, way in zip(p.calls, _ways(p, sites), strict=True))


def _best(p: Any, size: int) -> Sites:
    return min(combinations(TOWN, size), key=lambda sites: _total(p, sites))


def _reach(p: Any, site: int) -> list[int]:
    """The districts that are near enough to a place."""
    return [i for i in TOWN if p.way[i][site] <= p.within]


def _cover(p: Any) -> Sites:
    """The fewest places that reach all; the first such ones in the order of the table."""
    every = (sites for size in TOWN for sites in combinations(TOWN, size + 1))
    return next(sites for sites in every if max(_ways(p, sites)) <= p.within)


def _fewest(p: Any) -> int:
    return len(_cover(p))


def _least(key: Callable[[int], int]) -> int:
    """The district with the least, the first of several."""
    return min(TOWN, key=key)


def _row_sum(p: Any) -> Callable[[int], int]:
    return lambda j: sum(row[j] for row in p.way)


def _farthest(p: Any) -> Callable[[int], int]:
    return lambda j: max(row[j] for row in p.way)


def _named(sites: Iterable[int]) -> list[str]:
    return [NAMES[j].lower() for j in sorted(sites)]
