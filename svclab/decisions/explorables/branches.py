"""Where to open branches: the shortest way on average, or everybody within reach."""

from __future__ import annotations

from typing import Any

from svclab.decisions.explorables.sketches import dot, sketch, stroke
from svclab.decisions.explorables.town import (
    DISTRICTS,
    EAST,
    KNOWN_BEST,
    NORTH,
    PEOPLE,
    Place,
    Plan,
    closest,
    nearest,
    reached,
)
from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Handle,
    Integer,
    NumberGuess,
    Switch,
    TableView,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.words import Quantity, count, join, number, percent, say

MOST, FARTHEST = max(KNOWN_BEST), 7  # branches, km
ROOM = 0.6  # km around the map
MEDIAN, COVER = "median", "cover"
YOURS, BEST = "var(--svc-vermilion)", "var(--svc-blue)"


@explorable(
    title="Where should the branches stand?",
    parameters=[
        Choice(
            name="goal", label="What is wanted",
            options={MEDIAN: "a short way on average", COVER: "everybody within reach"},
            default=MEDIAN,
            help="The p-median problem, or the set covering problem.",
        ),
        Integer(
            name="branches", label="Branches", low=1, high=MOST, default=2,
            shown_if=("goal", MEDIAN),
        ),
        Integer(
            name="reach", label="Longest way allowed", unit="km", low=1, high=FARTHEST, default=3,
            shown_if=("goal", COVER), help="Along the streets.",
        ),
        Switch(
            name="hand", label="One branch stands where you put it", default=True,
        ),
        Integer(
            name="east", label="Your branch: to the east", unit="km", low=0, high=EAST, default=4,
            shown_if=("hand", True), help="Or drag the large point on the map.",
        ),
        Integer(
            name="north", label="Your branch: to the north", unit="km", low=0, high=NORTH,
            default=1, shown_if=("hand", True), help="Or drag the large point on the map.",
        ),
    ],
    guess=NumberGuess(
        question="85,000 people live in ten districts of a town. With one branch at the best "
        "crossing a person goes 2.64 km to it on average. How far is the mean way with two "
        "branches at the best crossings?",
        low=0.5,
        high=2.8,
        step=0.1,
        unit="km",
    ),
    engine="highs",
)  # fmt: skip
def sites(
    goal: str, branches: int, reach: int, hand: bool, east: int, north: int, guess: float | None
) -> View:
    """Branches can stand at any crossing, ways go along the streets, and everybody goes to the
    nearest branch. If one branch stands where you put it, the others stand as well as they can
    beside it. The town is invented."""
    yours = (east, north) if hand else None
    if goal == MEDIAN:
        best, shown = closest(branches), closest(branches, yours)
    else:
        best, shown = reached(reach), reached(reach, yours)
    seen = _median_seen(best, shown, hand) if goal == MEDIAN else _cover_seen(best, shown, reach,
                                                                              hand)  # fmt: skip
    if guess is not None:
        seen += " " + say(
            "Your guess was {guess}; the best two branches make it {two}, and each further one "
            "saves less.",
            guess=Quantity(guess, "km", 1),
            two=_km(nearest(KNOWN_BEST[2]).mean),
        )
    return View(
        say=seen,
        figures=_figures(best, shown, goal, hand),
        parts=[
            _map(best, shown, yours, seen),
            _more_chart(shown, guess) if goal == MEDIAN else _reach_chart(reach, shown),
            _table(best, shown, hand),
        ],
    )


def _km(value: float) -> Quantity:
    return Quantity(value, "km", 2)


def _at(places: tuple[Place, ...]) -> str:
    # A space that no line breaks.
    return join([say("({x},\N{NO-BREAK SPACE}{y})", x=x, y=y) for x, y in places])


def _median_seen(best: Plan, shown: Plan, hand: bool) -> str:
    n = count(len(best.branches), "branch", "branches")
    if not hand:
        return say(
            "With {n} at {places} the mean way is {mean}; nobody goes farther than {longest}.",
            n=n,
            places=_at(best.branches),
            mean=_km(best.mean),
            longest=_km(best.longest),
        )
    loss = shown.mean - best.mean
    # What is told is the difference of what is told.
    told = round(shown.mean, 2) - round(best.mean, 2)
    others = len(shown.branches) - 1
    first = say(
        (
            "With your branch at {here} the mean way is {mean}",
            "With your branch at {here}, and the other at the best place beside it, the mean way "
            "is {mean}",
            "With your branch at {here}, and the other {n} at the best places beside it, the mean "
            "way is {mean}",
        )[min(others, 2)],
        here=_at(shown.branches[:1]),
        n=others,
        mean=_km(shown.mean),
    )
    if loss < 1e-9:
        return say("{first}: no other place is better.", first=first)
    return say(
        "{first}. Best is {places}, with {best}: your place costs each person {loss}, {share} "
        "more.",
        first=first,
        places=_at(best.branches),
        best=_km(best.mean),
        loss=_km(told),
        share=percent(loss / best.mean, 0),
    )


def _cover_seen(best: Plan, shown: Plan, reach: int, hand: bool) -> str:
    fewest = say(
        "{n} can be enough for everybody to have a branch within {reach}",
        n=count(len(best.branches), "branch", "branches"),
        reach=_km(reach),
    )
    if not hand:
        return say("{fewest}: at {places}.", fewest=fewest, places=_at(best.branches))
    extra = len(shown.branches) - len(best.branches)
    if not extra:
        return say(
            "{fewest}, and with yours at {here} it is no more.", fewest=fewest,
            here=_at(shown.branches[:1]),
        )  # fmt: skip
    return say(
        "{fewest}; with yours at {here} it takes {n}.",
        fewest=fewest,
        here=_at(shown.branches[:1]),
        n=len(shown.branches),
    )


def _figures(best: Plan, shown: Plan, goal: str, hand: bool) -> list[Figure]:
    tone = "" if not hand else "good" if _as_good(best, shown, goal) else "bad"
    parts = [
        Figure("branches", "Branches", count(len(shown.branches)), tone if goal == COVER else ""),
        Figure("mean", "Mean way", _km(shown.mean), tone if goal == MEDIAN else ""),
        Figure("longest", "Longest way", Quantity(shown.longest, "km", 0)),
    ]
    if hand and goal == MEDIAN:
        parts.insert(2, Figure("best", "Mean way at the best places", _km(best.mean)))
    elif hand:
        parts.insert(1, Figure("best", "Fewest branches", count(len(best.branches))))
    return parts


def _as_good(best: Plan, shown: Plan, goal: str) -> bool:
    if goal == MEDIAN:
        return shown.mean < best.mean + 1e-9
    return len(shown.branches) == len(best.branches)


def _map(best: Plan, shown: Plan, yours: Place | None, seen: str) -> Chart:
    """Districts by their people, branches, and who goes where."""
    strokes: list[dict[str, Any]] = []
    for name, branch in shown.serves.items():
        home = DISTRICTS[name][0]
        if home != branch:
            strokes += stroke(name, _corner(home, branch), color="var(--svc-ink)", width=1.5)
    dots = [
        dot(*home, color="var(--svc-grey)", size=22 * people) for home, people in DISTRICTS.values()
    ]
    if yours is not None:
        dots += [
            dot(*place, color=BEST, shape="diamond", size=120)
            for place in best.branches
            if place not in shown.branches
        ]
    dots += [
        dot(*place, color=BEST, shape="square", size=170)
        for place in shown.branches
        if place != yours
    ]
    if yours is not None:
        # Larger than the handle upon it, so that its colour is seen around it.
        dots.append(dot(*yours, color=YOURS, shape="square", size=950))
    # Names last, above their circles: nothing hides them.
    dots += [
        dot(home[0], home[1] + 0.11, name, side="above", size=0)
        for name, (home, _) in DISTRICTS.items()
    ]
    handles = []
    if yours is not None:
        handles = [
            Handle(parameter="east", x=yours[0], y=yours[1]),
            Handle(parameter="north", x=yours[0], y=yours[1], axis="y"),
        ]
    return sketch(
        x="To the east, km",
        y="To the north, km",
        x_domain=(-ROOM, EAST + ROOM),
        y_domain=(-ROOM, NORTH + ROOM),
        steps=(1, 1),
        strokes=strokes,
        dots=dots,
        rows=[
            {"district": name, "east": home[0], "north": home[1], "people": people}
            for name, (home, people) in DISTRICTS.items()
        ],
        columns=[("district", "District"), ("east", "East, km"), ("north", "North, km"),
                 ("people", "Thousand people")],
        title=_map_title(best, shown, yours),
        alt=say("A map of ten districts and of the branches that they go to. {seen}", seen=seen),
        handles=handles,
        height=360,
    )  # fmt: skip


def _map_title(best: Plan, shown: Plan, yours: Place | None) -> str:
    if yours is None:
        return say("Squares: branches; circles: districts, larger with more people")
    if set(best.branches) <= set(shown.branches):
        return say("Squares: branches, yours large and red; circles: districts")
    return say("Squares: branches, yours large and red; diamonds: the best places")


def _corner(home: Place, branch: Place) -> list[tuple[float, float]]:
    """The way along two streets."""
    return [home, (branch[0], home[1]), branch]


def _more_chart(shown: Plan, guess: float | None) -> Chart:
    """The mean way at the best places for every number of branches."""
    means = {n: nearest(places).mean for n, places in KNOWN_BEST.items()}
    rows = [{"branches": n, "mean": round(mean, 6)} for n, mean in means.items()]
    n = len(shown.branches)
    near = guess is not None and n == 2 and abs(guess - shown.mean) < 0.4
    side = "left" if near else "right"  # the reader's guess has its name on the right
    marks: list[dict[str, Any]] = [
        {"x": n, "y": shown.mean, "label": say("shown"), "color": YOURS, "side": side}
    ]
    if guess is not None:
        marks.append(guess_mark(x=2, y=guess))
    return lines(
        rows,
        x=("branches", "Branches"),
        y=("mean", "Mean way, km"),
        marks=marks,
        x_domain=(1, MOST + 0.5),
        x_axis={"format": "d", "tickMinStep": 1},
        zero=False,
        title="Mean way at the best places: each further branch saves less",
        alt=say(
            "The mean way falls from {one} with one branch to {all} with {n}.",
            one=_km(means[1]),
            all=_km(means[MOST]),
            n=MOST,
        ),
        height=240,
    )


def _reach_chart(reach: int, shown: Plan) -> Chart:
    """The fewest branches for every longest way."""
    numbers = {km: len(reached(km).branches) for km in range(1, FARTHEST + 1)}
    return lines(
        [{"reach": km, "branches": n} for km, n in numbers.items()],
        x=("reach", "Longest way allowed, km"),
        y=("branches", "Fewest branches"),
        marks=[{"x": reach, "y": len(shown.branches), "label": say("shown"), "color": YOURS}],
        step=True,
        x_domain=(1, FARTHEST + 0.5),
        x_axis={"format": "d", "tickMinStep": 1},
        zero=False,
        title="How many branches a shorter way takes",
        alt=say(
            "Steps: {n} within 1 km, {m} within {far}.",
            n=count(numbers[1], "branch", "branches"),
            m=count(numbers[FARTHEST], "branch", "branches"),
            far=Quantity(FARTHEST, "km", 0),
        ),
        height=240,
    )


def _table(best: Plan, shown: Plan, hand: bool) -> TableView:
    ways, least = shown.ways, best.ways
    return TableView(
        title="Who goes how far",
        columns=[("District", "", "left"), ("People", "thousand", "right"),
                 ("Goes to", "", "left"), ("Way", "km", "right"),
                 *([("With the best places", "km", "right")] if hand else [])],
        rows=[
            [name, number(PEOPLE[name], 0), _at((branch,)), ways[name],
             *([least[name]] if hand else [])]
            for name, branch in shown.serves.items()
        ],
    )  # fmt: skip


__all__ = ["sites"]
