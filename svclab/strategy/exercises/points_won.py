"""Order winners and qualifiers: which is which, from what customers did, and what a step wins."""

from __future__ import annotations

from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    Matching,
    TableField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.definition import Numbers
from svclab.practice.wording import Answers, bullets, page, table
from svclab.strategy.positions.winners import Neither, Qualifier, Role, Winner
from svclab.words import Quantity, count, join, say

__all__ = ["WinningSteps"]

STEP = 2
TRIED = (4, 5, 6, 7, 8)  # scores
ROLES = {"winner": "order winner", "qualifier": "qualifier", "neither": "neither"}
#: Who it is, and five attributes, each of which may be anything to customers. All invented.
PLACES = {
    "ktv": ("A KTV chain (invented)", ("sound", "snacks", "service", "new songs", "room size")),
    "hotel": ("A small hotel chain (invented)", ("quiet", "breakfast", "check-in", "beds", "gym")),
    "courier": (
        "A courier service (快递, invented)",
        ("speed", "tracking", "care", "pick-up", "app"),
    ),
    "clinic": (
        "A chain of dental clinics (牙科, invented)",
        ("short wait", "advice", "rooms", "opening hours", "reminders"),
    ),
    "gym": (
        "A chain of gyms (健身房, invented)",
        ("trainers", "showers", "machines", "courses", "opening hours"),
    ),
}


class WinningSteps(Exercise):
    """Which attributes win, qualify or do neither, and what a step in each would win."""

    title = "A step that wins, and a step that wins nobody"
    objective = 3
    level = "medium"
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        out = draw.chance(0.4)
        place = draw.choice(list(PLACES))
        more = draw.choice(["qualifier", "neither"])
        roles = draw.shuffled(["winner", "winner", "qualifier", "neither", more])
        while True:
            numbers: Answers = {
                "place": place,
                "roles": roles,
                "asked": draw.integers(len(roles), 1, 5),
                "customers": draw.integer(260, 480, 5),
                "gain": [draw.integer(12, 38) * (role == "winner") for role in roles],
                "least": [draw.integer(5, 7) * (role == "qualifier") for role in roles],
                "first": draw.integers(len(roles), 4, 8),
                "second": draw.integers(len(roles), 4, 6),
            }
            if _clear(Numbers(numbers), out=out):
                return numbers

    def sound(self, p: Any) -> bool:
        return _if_all_qualify(p) not in _printed(p) and apart(self, p)

    def question(self, p: Any) -> str:
        who, names = PLACES[p.place]
        head = [say("attribute"), say("importance"), say("first branch"), say("second branch")]
        columns = (p.asked, p.first, p.second)
        scores: list[list[Quantity | str | int]] = [
            [name, *(column[a] for column in columns)] for a, name in enumerate(names)
        ]
        tried: list[list[Quantity | str | int]] = [
            [name, *row] for name, row in zip(names, _observed(p), strict=True)
        ]
        return page(
            say(
                "{who} will open a second branch, for the same kind of customers and beside the "
                "same rivals. Customers were asked how important five attributes are to them (1 to "
                "5). Test customers scored the first branch and the plan of the second (0 to 10):",
                who=who,
            ),
            table(head, scores),
            say(
                "Over a year the first branch changed one attribute at a time, in steps of a "
                "point, and set it back. Its customers a week at each score:"
            ),
            table([say("attribute"), *(say("at {x}", x=x) for x in TRIED)], tried),
            say(
                "In the second branch it is the same. Add up what the order winners (订单赢得要素) "
                "win or lose; a branch that misses a qualifier (订单资格要素) has no customers."
            ),
            say(
                "1. What is each attribute to these customers, as far as it was tried?\n"
                "2. How many customers a week will the second branch have?\n"
                "3. How many *more* would it have if one attribute alone rose by {step} points? "
                "(0 if none.)",
                step=STEP,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        names = PLACES[p.place][1]
        rows = {f"a{a}": name for a, name in enumerate(names)}
        steps = {key: say("{name}, 2 points more", name=name) for key, name in rows.items()}
        role = ChoiceField("role", say("Role"), dict(ROLES))
        return [
            Matching("roles", say("What each is"), rows, [role]),
            IntegerField("now", say("Customers of the second branch")),
            TableField("won", say("Customers won"), steps, [IntegerField("more", say("more"))]),
        ]

    def solve(self, p: Any) -> Answers:
        roles: list[Role] = []
        for role, gain, least in zip(p.roles, p.gain, p.least, strict=True):
            known: dict[str, Role] = {"winner": Winner(gain), "qualifier": Qualifier(least)}
            roles.append(known.get(role, Neither()))

        def customers(scores: list[int]) -> int:
            found = float(p.customers)
            for role, here, there in zip(roles, p.first, scores, strict=True):
                if isinstance(role, Qualifier) and not role.admits(there):
                    return 0
                if isinstance(role, Winner):
                    found += role.weight * (there - here)
            return round(found)

        now = customers(p.second)
        won = [customers(_stepped(p.second, a)) - now for a in range(len(roles))]
        return {"roles": _named(p.roles), "now": now, "won": _entries(won)}

    def second(self, p: Any) -> Answers:
        # From the printed table alone: a row that is flat, that jumps from nobody, or that climbs.
        rows = [dict(zip(TRIED, row, strict=True)) for row in _observed(p)]
        roles = []
        for row in rows:
            seen = set(row.values())
            roles.append("neither" if len(seen) == 1 else "qualifier" if 0 in seen else "winner")

        def customers(scores: list[int]) -> int:
            there = [row[x] for row, x in zip(rows, scores, strict=True)]
            if 0 in there:
                return 0
            return int(p.customers) + sum(n - int(p.customers) for n in there)

        now = customers(p.second)
        won = [customers(_stepped(p.second, a)) - now for a in range(len(rows))]
        return {"roles": _named(roles), "now": now, "won": _entries(won)}

    def _taken(self, p: Any, role: str, other: str) -> Answers:
        """One role taken for another, everywhere."""
        return {"roles": _named([other if r == role else r for r in p.roles])}

    @misconception(
        "You went by what customers say is important. The table of the year shows what they do: "
        "look whether their number moves with the score."
    )
    def importance_wins(self, p: Any) -> Answers | None:
        thought = []
        for role, asked in zip(p.roles, p.asked, strict=True):
            wins = asked >= 4 if role == "neither" else asked > 2
            thought.append(role if role == "qualifier" else "winner" if wins else "neither")
        return {"roles": _named(thought)} if thought != p.roles else None

    @misconception(
        "You took a jump for winning. An order winner brings more at every step; here customers "
        "come at one score, and more of it brings nobody."
    )
    def jump_wins(self, p: Any) -> Answers:
        return self._taken(p, "qualifier", "winner")

    @misconception(
        "You took a qualifier that is passed for something that moves nobody. Look at the low "
        "scores, too: there everybody is lost."
    )
    def passed_is_neither(self, p: Any) -> Answers:
        return self._taken(p, "qualifier", "neither")

    @misconception(
        "You took it for a qualifier because more of it brings nobody. A qualifier also has a "
        "level below which customers go: no such level was found here."
    )
    def flat_is_passed(self, p: Any) -> Answers:
        return self._taken(p, "neither", "qualifier")

    @misconception(
        "You took it for a qualifier because less of it loses customers. Below the level of a "
        "qualifier all go at once; here each point counts, above and below."
    )
    def slope_is_level(self, p: Any) -> Answers:
        return self._taken(p, "winner", "qualifier")

    @misconception(
        "You let a branch with too little of a qualifier take part. Nobody looks at it, whatever "
        "else it offers."
    )
    def nobody_fails(self, p: Any) -> Answers | None:
        if not _missed(p):
            return None
        return {"now": _if_all_qualify(p), "won": _entries([STEP * gain for gain in p.gain])}

    @misconception(
        "You took it that more of a qualifier never brings anybody. This branch has too little of "
        "one: work out what happens when the step takes it over the level."
    )
    def never_a_qualifier(self, p: Any) -> Answers | None:
        return {"won": _entries([0] * len(p.roles))} if _missed(p) else None

    @misconception(
        "You gave the customers of the first branch. The second has other scores: take one table "
        "with the other."
    )
    def as_the_first(self, p: Any) -> Answers:
        return {"now": p.customers}

    @misconception(
        "You counted what one order winner wins or loses. There are two, and the branches differ "
        "in both."
    )
    def one_winner(self, p: Any) -> Answers | None:
        moves = [g * (b - a) for g, a, b in zip(p.gain, p.first, p.second, strict=True)]
        return None if _missed(p) else {"now": p.customers + max(moves, key=abs)}

    @misconception(
        "You gave all customers that the branch would have. The question is how many more than "
        "without the step."
    )
    def all_not_more(self, p: Any) -> Answers | None:
        if _missed(p):
            return None
        now = _if_all_qualify(p)
        return {"won": _entries([now + STEP * gain for gain in p.gain])}

    @misconception("You counted a step of one point. It is a step of two.")
    def one_point(self, p: Any) -> Answers | None:
        return None if _missed(p) else {"won": _entries(p.gain)}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Read each row of the second table from left to right. Does the number of "
                "customers rise at every step, jump once, or stay?"
            ),
            say(
                "For the second branch look at the qualifiers first: has it enough of each? If so, "
                "begin with the {n} of the first branch. Add or take off what each order winner "
                "does between the two scores.",
                n=count(p.customers, "customer"),
            ),
            say(
                "A step in a qualifier brings customers only if the branch has too little of it "
                "now and enough then. In that case all of them come at once."
            ),
        ]

    def solution(self, p: Any) -> str:
        names = PLACES[p.place][1]
        right = self.solve(p)
        rows: list[list[Quantity | str | int]] = []
        parts = []
        for a, name in enumerate(names):
            role, gain = p.roles[a], p.gain[a]
            shape = {
                "winner": say("{n} more at each point", n=gain),
                "qualifier": say("nobody below {x}, then no more", x=p.least[a]),
                "neither": say("always the same"),
            }[role]
            rows.append([name, shape, ROLES[role]])
            if role == "winner":
                apart_by = p.second[a] - p.first[a]
                parts.append(
                    say("{name} {gain} × {by}", name=name, gain=gain, by=Quantity(apart_by, "", 0))
                )
        missed = [names[a] for a in _missed(p)]
        won = [right["won"][f"a{a}"]["more"] for a in range(len(names))]
        all_there = count(_if_all_qualify(p), "customer")
        return page(
            table([say("attribute"), say("customers"), say("role")], rows),
            say(
                "What people called important is not in this table: it is what they did. And a row "
                "that stays the same says so from 4 to 8 only; nobody has tried the rest."
            ),
            say(
                "Second branch: the first one's {n}, and the order winners by their difference in "
                "points: {parts}. {verdict}",
                n=count(p.customers, "customer"),
                parts=join(parts),
                verdict=say(
                    "That would be {n}, but it has too little {missed}: it has **{now}**.",
                    n=all_there,
                    missed=join(missed),
                    now=count(right["now"], "customer"),
                )
                if missed
                else say("It has enough of each qualifier: **{n}**.", n=all_there),
            ),
            say("Two points more:"),
            bullets(
                say("{name}: {n} more", name=name, n=n) for name, n in zip(names, won, strict=True)
            ),
            say(
                "A branch that misses a qualifier gains nothing by what would win. A branch that "
                "passes gains nothing by more of what qualifies."
            ),
        )


def _named(roles: list[str]) -> Answers:
    return {f"a{a}": {"role": role} for a, role in enumerate(roles)}


def _entries(won: list[int]) -> Answers:
    return {f"a{a}": {"more": n} for a, n in enumerate(won)}


def _stepped(scores: list[int], attribute: int) -> list[int]:
    return [x + STEP * (a == attribute) for a, x in enumerate(scores)]


def _observed(p: Any) -> list[list[int]]:
    """Customers of the first branch at each score that was tried, attribute by attribute."""
    return [
        [0 if x < least else p.customers + gain * (x - here) for x in TRIED]
        for gain, least, here in zip(p.gain, p.least, p.first, strict=True)
    ]


def _missed(p: Any) -> list[int]:
    """Attributes of which the second branch has too little."""
    return [a for a, least in enumerate(p.least) if p.second[a] < least]


def _if_all_qualify(p: Any) -> int:
    """Customers of the second branch, if it misses no qualifier."""
    moves = [g * (b - a) for g, a, b in zip(p.gain, p.first, p.second, strict=True)]
    return int(p.customers + sum(moves))


def _printed(p: Any) -> set[int]:
    return {n for row in _observed(p) for n in row}


def _clear(p: Any, *, out: bool) -> bool:
    """Whether the first branch passes, the second does or just misses one qualifier, and the two
    differ in both order winners."""
    missed = _missed(p)
    return (
        len(missed) == out
        and all(p.least[a] - p.second[a] <= STEP for a in missed)
        and all(here >= least for here, least in zip(p.first, p.least, strict=True))
        and all(a != b for g, a, b in zip(p.gain, p.first, p.second, strict=True) if g)
        and _if_all_qualify(p) >= 60
    )
