"""Order winners and qualifiers (订单赢得要素与资格要素): which point more wins."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from svclab.explore import (
    PALETTE,
    Chart,
    Choice,
    ChoiceGuess,
    Column,
    Figure,
    Handle,
    Number,
    Table,
    TableView,
    View,
    explorable,
    lines,
    signed_bars,
)
from svclab.explore.diagrams import Entry, Fill, Matrix, in_the_picture
from svclab.strategy.positions import (
    Buyers,
    Neither,
    Qualifier,
    Winner,
    along,
    choose,
    gains,
    ktv_case,
)
from svclab.strategy.positions import Choice as Chosen
from svclab.words import join, number, percent, say

__all__ = ["order_winners"]

CASE = ktv_case()
NAMES = tuple(CASE.importance)
GROUPS = tuple(CASE.buyers)
OURS = "our shop"
Role = Winner | Qualifier | Neither

ROLES: Mapping[str, tuple[str, Role]] = {
    **{f"w{k}": (say("wins, weight {w}", w=number(k / 10)), Winner(k / 10))
       for k in (1, 2, 4, 7, 9)},
    **{f"q{k}": (say("qualifies from {k}", k=k), Qualifier(k)) for k in (4, 5, 6, 7, 8)},
    "n": ("neither", Neither()),
}  # fmt: skip
STEP = 1.0  # points, in the gains
FINE = 0.25  # between the levels of the curve
JUST = 1e-4  # below a threshold, so that the curve jumps there


def role_key(role: Role) -> str:
    """The key of a role in the menu."""
    return next(key for key, (_, known) in ROLES.items() if known == role)


def _own(name: str) -> Number:
    return Number(
        name=name, label=name.capitalize(), low=0, high=10, step=0.5, default=CASE.own[name],
        group="Our shop, 0 to 10",
        help="A high score is a low price." if name == "price" else "",
    )  # fmt: skip


@explorable(
    title="Which point more wins customers, and which wins nobody?",
    parameters=[
        *(_own(name) for name in NAMES),
        Choice(
            name="curve", label="Show what happens along", default="sound",
            options={name: name for name in NAMES},
        ),
        Number(
            name="students", label="Students among the customers", unit="%", low=0, high=100,
            step=5, default=60, help="All others are colleagues after work.",
        ),
        Table(
            name="roles", label="What each is to them", shown_if=in_the_picture("roles"),
            columns=[
                Column(name="attribute", label="Attribute", editable=False),
                *(
                    Column(Choice(name=group, label=group.capitalize(), default="n",
                                  options={key: label for key, (label, _) in ROLES.items()}))
                    for group in GROUPS
                ),
            ],
            default=[
                {"attribute": name, **{g: role_key(CASE.buyers[g].roles[name]) for g in GROUPS}}
                for name in NAMES
            ],
        ),
    ],
    guess=ChoiceGuess(
        question="A survey says: service is most important, and our sound is the farthest behind "
        "the best rival. The matrix below says what makes the customers choose. One point more of "
        "which attribute wins most customers?",
        options={name: name for name in NAMES},
    ),
)  # fmt: skip
def order_winners(
    curve: str,
    students: float,
    roles: list[dict[str, Any]],
    guess: str | None,
    **own: float,
) -> View:
    """A KTV shop and its rivals Star and Moon; all numbers are invented. A qualifier below its
    level puts an offer out of the choice; above it, more wins nobody."""
    mine = tuple(own[name] for name in NAMES)
    buyers = _buyers(roles, students)
    offers = _offers(mine)
    found, more = choose(offers, buyers), gains(offers, buyers, OURS, step=STEP)
    seen = _seen(found, more)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        figures=_figures(found, more),
        parts=[
            _matrix(roles),
            _gains(more),
            _curve(found, buyers, curve, own[curve]),
            _table(found),
        ],
    )


def _offers(mine: tuple[float, ...]) -> dict[str, Mapping[str, float]]:
    return {**CASE.offers, OURS: dict(zip(NAMES, mine, strict=True))}


def _buyers(roles: list[dict[str, Any]], students: float) -> dict[str, Buyers]:
    sizes = (students, 100 - students)
    return {
        group: Buyers({r["attribute"]: ROLES[r[group]][1] for r in roles}, size)
        for group, size in zip(GROUPS, sizes, strict=True)
    }


def missed(found: Chosen) -> dict[str, list[str]]:
    """Qualifiers that our shop fails, with the groups that it loses by them."""
    lost: dict[str, list[str]] = {}
    for group in GROUPS:
        if found.customers[group]:
            for name in found.failed[group, OURS]:
                lost.setdefault(name, []).append(group)
    return lost


def _points(share: float) -> str:
    """A change of a share, in points of 100."""
    return say("{sign}{n} points", sign="+" if share > 0 else "", n=number(100 * share))


def _seen(found: Chosen, more: Mapping[str, float]) -> str:
    told = [say("Our shop wins {share} of the customers.", share=percent(found.shares[OURS]))]
    for name, groups in missed(found).items():
        told.append(
            say("To {who} it does not qualify: too little {name}.", who=join(groups), name=name)
        )
    best = max(more, key=lambda name: more[name])
    idle = [name for name in NAMES if abs(more[name]) < 1e-9]
    if more[best] > 1e-9:
        told.append(
            say("One point more of {best} wins most: {gain}.", best=best, gain=_points(more[best]))
        )
    if idle:
        told.append(say("One point more of {idle} wins nobody.", idle=join(idle, "or")))
    return " ".join(told)


@lru_cache(maxsize=1)
def _case_gains() -> dict[str, float]:
    return gains(CASE.offers, CASE.buyers, OURS, step=STEP)


def _answer(guess: str) -> str:
    more = _case_gains()
    best = max(more, key=lambda name: more[name])
    return say(
        "Your guess was {guess} ({gain}); it is {best} ({most}). Sound is the largest gap, but it "
        "only qualifies, and ours does already.",
        guess=guess, gain=_points(more[guess]), best=best, most=_points(more[best]),
    )  # fmt: skip


def _figures(found: Chosen, more: Mapping[str, float]) -> list[Figure]:
    best = max(more, key=lambda name: more[name])
    out = missed(found)
    return [
        Figure("share", "Our share", percent(found.shares[OURS]), tone="bad" if out else ""),
        Figure("best", "Best point more", best if more[best] > 1e-9 else "none",
               help="The attribute in which one point more wins most customers."),
        Figure("gain", "It wins", _points(more[best]), help="In points of the share."),
        Figure("lost", "Find no offer", percent(found.lost),
               help="Customers for whom no offer qualifies."),
    ]  # fmt: skip


def _matrix(roles: list[dict[str, Any]]) -> Matrix:
    labels = {group: group.capitalize() for group in GROUPS}
    return Matrix(
        title="What makes them choose",
        alt=say(
            "What each attribute is to each group: {rows}.",
            rows="; ".join(
                say("{name}: {roles}", name=r["attribute"],
                    roles=join([say("{g} {role}", g=g, role=ROLES[r[g]][0]) for g in GROUPS]))
                for r in roles
            ),
        ),
        rows={name: name.capitalize() for name in NAMES},
        columns=labels,
        rows_name="Attribute",
        entries=[
            Entry(
                row=r["attribute"], column=group, content=ROLES[r[group]][0],
                level=0.8 if r[group][0] == "w" else 0.25 if r[group][0] == "q" else 0,
                fill=Fill(parameter="roles", row=k, column=group),
            )
            for k, r in enumerate(roles) for group in GROUPS
        ],
    )  # fmt: skip


def _gains(more: Mapping[str, float]) -> Chart:
    rows: list[dict[str, Any]] = [
        {"attribute": name, "gain": round(100 * more[name], 4), "text": _points(more[name]),
         "color": PALETTE[2] if more[name] > 1e-9 else PALETTE[3]}
        for name in NAMES
    ]  # fmt: skip
    return signed_bars(
        rows,
        category=("attribute", "Attribute"),
        value=("gain", "Change of our share, points"),
        title="What one point more of each would win",
        alt=say(
            "Change of our share for one point more: {rows}.",
            rows=", ".join(say("{n} {g}", n=name, g=_points(more[name])) for name in NAMES),
        ),
    )


def _curve(found: Chosen, buyers: Mapping[str, Buyers], name: str, here: float) -> Chart:
    """Our share along one attribute: it jumps at a qualifier and climbs with a winner."""
    roles = [group.roles[name] for group in buyers.values()]
    jumps = {r.threshold - JUST for r in roles if isinstance(r, Qualifier)}
    levels = sorted({k * FINE for k in range(int(10 / FINE) + 1)} | {here} | jumps)
    path = along(found.offers, buyers, OURS, name, levels)
    share = found.shares[OURS]
    return lines(
        [{"level": x, "share": round(100 * y, 4)} for x, y in path],
        x=("level", say("Our {name}, 0 to 10", name=name)),
        y=("share", "Our share, %"),
        marks=[{"x": here, "y": round(100 * share, 4)}],
        x_domain=(0, 10),
        x_axis={"format": "d", "tickMinStep": 1},
        y_domain=(0, 100),
        handles=[Handle(parameter=name, x=here, y=round(100 * share, 4),
                        path=[(x, round(100 * y, 4)) for x, y in path])],
        title=say("Our share along {name}: a step at a qualifier, a slope for an order winner",
                  name=name),
        alt=say("Our share with {name} from 0 to 10: from {low} to {high}.", name=name,
                low=percent(path[0][1]), high=percent(path[-1][1])),
        height=240,
    )  # fmt: skip


def _table(found: Chosen) -> TableView:
    return TableView(
        title="All offers",
        columns=[
            ("Offer", "", "left"), *((n.capitalize(), "", "right") for n in NAMES),
            ("Fails", "", "left"), ("Share", "%", "right"),
        ],
        rows=[
            [r["offer"], *(number(r[n]) for n in NAMES), r["fails"], number(r["share %"])]
            for r in found.table
        ],
        emphasis=[0],
    )  # fmt: skip
