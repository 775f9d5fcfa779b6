"""Supplier scoring by AHP (层次分析法): pairs, weights, consistency, a ranking that reverses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    ChoiceGuess,
    Column,
    Figure,
    Integer,
    Table,
    TableView,
    View,
    explorable,
    stacked,
)
from svclab.explore.diagrams import Entry, Fill, Matrix, Totals, in_the_picture
from svclab.strategy.explorables.judgements import KEYS, key_of, value_of
from svclab.strategy.weighing import (
    Comparison,
    Doubt,
    Doubts,
    Ranking,
    Reversal,
    circles,
    compare,
    doubts,
    rank,
    rank_reversal,
    supplier_case,
)
from svclab.strategy.weighing.consistency import as_ratio
from svclab.words import join, number, percent, say

__all__ = ["supplier_weights"]

CASE = supplier_case()
CRITERIA = tuple(CASE.criteria)
PAIRS = tuple(combinations(CRITERIA, 2))
KEY = {name: f"c{k}" for k, name in enumerate(CRITERIA)}
GUESSES = {"no": "no: it is the same as one we know", "yes": "yes"}
NEW = "the newcomer"


@dataclass(frozen=True)
class Weighed:
    """Judgements with all that follows from them."""

    comparison: Comparison
    doubts: Doubts
    ranking: Ranking
    revised: Ranking | None  # with the most doubtful judgement changed, where that helps
    reversal: Reversal | None

    @property
    def top(self) -> Doubt | None:
        """The judgement whose change helps most, if one helps."""
        top = self.doubts.rows[0]
        return top if top.ratio_after < self.comparison.ratio - 1e-12 else None


@lru_cache(maxsize=128)
def weighed(
    judged: tuple[float, ...],
    scores: tuple[tuple[str, tuple[float, ...]], ...],
    copied: str,
    mode: str,
) -> Weighed:
    """All that follows from judgements of the pairs and scores of the suppliers."""
    pairs = dict(zip(PAIRS, judged, strict=True))
    comparison = compare(pairs)
    found = doubts(comparison)
    under = {c: {s: row[k] for s, row in scores} for k, c in enumerate(CRITERIA)}
    top, revised = found.rows[0], None
    if top.ratio_after < comparison.ratio - 1e-12:
        pair, back = (top.first, top.second), (top.second, top.first)
        other = {p: v for p, v in pairs.items() if p not in (pair, back)}
        # In the order of the criteria, as the weights are shown.
        value = {pair: top.proposed, back: 1 / top.proposed}
        changed = {p: other.get(p, value.get(p, 1.0)) for p in PAIRS}
        revised = rank(compare(changed), under, mode=mode)
    reversal = rank_reversal(comparison, under, copied, name=NEW, mode=mode) if copied else None
    return Weighed(comparison, found, rank(comparison, under, mode=mode), revised, reversal)


@explorable(
    title="Which supplier is best, and does the ranking hold?",
    parameters=[
        Choice(
            name="copied", label="A newcomer who is just like", default="",
            options={"": "nobody", **{name: name for name in CASE.scores}},
            help="A fifth supplier with the same score in everything.",
        ),
        Choice(
            name="mode", label="Scores are shared out", default="distributive",
            options={"distributive": "so that they add up to 1", "ideal": "so that the best has 1"},
            help="Under each criterion: distributive or ideal mode of the AHP.",
        ),
        Table(
            name="judgements", label="Judgements", shown_if=in_the_picture("judgements"),
            columns=[
                Column(name="pair", label="Pair", editable=False),
                Column(Choice(name="judged", label="Judged", options=KEYS, default="1")),
            ],
            default=[
                {"pair": say("{a} over {b}", a=a, b=b), "judged": key_of(CASE.judgements[a, b])}
                for a, b in PAIRS
            ],
        ),
        Table(
            name="suppliers", label="Scores of the suppliers, 1 to 10",
            shown_if=in_the_picture("suppliers"),
            columns=[
                Column(name="supplier", label="Supplier", editable=False),
                *(
                    Column(Integer(name=KEY[c], label=c.capitalize(), low=1, high=10, default=5))
                    for c in CRITERIA
                ),
            ],
            default=[
                {"supplier": s, **{KEY[c]: int(row[c]) for c in CRITERIA}}
                for s, row in CASE.scores.items()
            ],
        ),
    ],
    guess=ChoiceGuess(
        question="Four suppliers are ranked. A fifth applies who is just like one of them in "
        "everything. Can that alone turn round the order of two of the first four?",
        options=GUESSES,
    ),
)  # fmt: skip
def supplier_weights(
    copied: str,
    mode: str,
    judgements: list[dict[str, Any]],
    suppliers: list[dict[str, Any]],
    guess: str | None,
) -> View:
    """Four suppliers of a KTV chain. Four criteria are from the course's documents; price, all
    judgements and all scores are invented. A cell says how many times as important the row is as
    the column: 3 moderately, 5 strongly, 7 very strongly, 9 extremely more."""
    found = weighed(
        tuple(value_of(row["judged"]) for row in judgements),
        tuple((r["supplier"], tuple(r[KEY[c]] for c in CRITERIA)) for r in suppliers),
        copied,
        mode,
    )
    seen = _seen(found)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        warning=_warning(found),
        figures=_figures(found),
        parts=[
            _matrix(found),
            _scores(found, suppliers),
            _ranking(found),
            *_reversal(found),
            _doubts(found),
        ],
    )


def _seen(found: Weighed) -> str:
    first, ranking = found.ranking.order[0], found.ranking
    told = [say("{first} is first.", first=first)]
    heavy = max(ranking.weights, key=lambda c: ranking.weights[c])
    told.append(
        say("{c} weighs most, {w}.", c=heavy.capitalize(), w=percent(ranking.weights[heavy]))
    )
    if found.reversal:
        told.append(_turned(found.reversal))
    elif found.top:
        told.append(found.doubts.sentence)
        if found.revised and found.revised.order[0] != first:
            told.append(say("Then {other} is first.", other=found.revised.order[0]))
        elif found.revised:
            told.append(say("{first} stays first.", first=first))
    return " ".join(told)


def _turned(reversal: Reversal) -> str:
    if not reversal.flipped:
        return say("With the newcomer no two of the four change places.")
    pairs = [say("{a} was ahead of {b}", a=a, b=b) for a, b in reversal.flipped]
    return say(
        "With the newcomer an order turns round, though nobody changed: {pairs}, and no longer is.",
        pairs=join(pairs),
    )


def _answer(guess: str) -> str:
    copied = "Beichen"
    turned = rank_reversal(CASE.comparison, CASE.under, copied, name=NEW)
    (first, second), *_ = turned.flipped
    return say(
        "Your guess was {guess}. It can: at the start, a newcomer who is just like {copied} puts "
        "{second} ahead of {first}. In the ideal mode a copy changes nothing. Whether this is a "
        "fault is contested: Belton and Gear (1983) against Saaty (1990).",
        guess=guess, copied=copied, first=first, second=second,
    )  # fmt: skip


def _warning(found: Weighed) -> str:
    round_and_round = circles(found.comparison)
    if round_and_round:
        a, b, c = round_and_round[0]
        return say(
            "Judgements in a circle: {a} above {b}, {b} above {c}, and {c} above {a}. Change one "
            "of the three.",
            a=a, b=b, c=c,
        )  # fmt: skip
    return ""


def _figures(found: Weighed) -> list[Figure]:
    ratio, good = found.comparison.ratio, found.comparison.is_consistent
    order, totals = found.ranking.order, found.ranking.totals
    return [
        Figure("first", "First", order[0]),
        Figure("ahead", say("Ahead of {second}", second=order[1]),
               percent(totals[order[0]] - totals[order[1]]),
               help="Difference of the totals."),
        Figure("ratio", "Consistency ratio", number(ratio, 3), tone="good" if good else "bad",
               help="0: all judgements agree. Above 0.1 (Saaty's rule of thumb): look at them "
               "again. 1: as bad as chance."),
    ]  # fmt: skip


def _matrix(found: Weighed) -> Matrix:
    """Judgements are chosen once; below them stand the reciprocals. Shaded: far off the others."""
    off = {frozenset((d.first, d.second)): d.factor for d in found.doubts.rows}
    at = {pair: k for k, pair in enumerate(PAIRS)}
    entries = []
    for row in CRITERIA:
        for column in CRITERIA[1:]:
            k = at.get((row, column))
            factor = off.get(frozenset((row, column)), 1.0)
            fill = None if k is None else Fill(parameter="judgements", row=k, column="judged")
            entries.append(
                Entry(
                    row=KEY[row], column=KEY[column], fill=fill,
                    content=number(found.comparison.judged(row, column), 2),
                    level=min(1.0, max(0.0, (factor - 1.5) / 4)) if fill else 0.0,
                )
            )  # fmt: skip
    names = {KEY[c]: c.capitalize() for c in CRITERIA}
    return Matrix(
        title="How many times as important the row is as the column; shaded: fits the others least",
        alt=say("The judgements and the weights that follow: {w}", w=found.comparison.sentence),
        rows=names,
        columns={key: name for key, name in names.items() if key != KEY[CRITERIA[0]]},
        rows_name="Criterion",
        entries=entries,
        row_totals=Totals(
            label="Weight", values=[percent(found.ranking.weights[c]) for c in CRITERIA]
        ),
    )


def _scores(found: Weighed, suppliers: list[dict[str, Any]]) -> Matrix:
    totals = found.ranking.totals
    return Matrix(
        title="Scores of the suppliers, 1 to 10",
        alt=say(
            "The scores of the suppliers under each criterion, and the totals: {totals}.",
            totals=join([say("{s} {t}", s=s, t=percent(t)) for s, t in totals.items()]),
        ),
        rows={f"s{k}": r["supplier"] for k, r in enumerate(suppliers)},
        columns={KEY[c]: c.capitalize() for c in CRITERIA},
        rows_name="Supplier",
        entries=[
            Entry(row=f"s{k}", column=KEY[c], content=number(r[KEY[c]], 0),
                  level=r[KEY[c]] / 14, fill=Fill(parameter="suppliers", row=k, column=KEY[c]))
            for k, r in enumerate(suppliers) for c in CRITERIA
        ],
        row_totals=Totals(label="Total", values=[percent(t) for t in totals.values()]),
    )  # fmt: skip


def _ranking(found: Weighed) -> Chart:
    bars = {
        supplier: {c: round(100 * found.ranking.parts[supplier][c], 4) for c in CRITERIA}
        for supplier in found.ranking.order
    }
    totals = found.ranking.totals
    return stacked(
        bars,
        what="Supplier",
        value="Total, %",
        part="Criterion",
        title="Where each total comes from",
        alt=say(
            "The totals of the suppliers: {totals}.",
            totals=join([say("{s} {t}", s=s, t=percent(totals[s])) for s in found.ranking.order]),
        ),
    )


def _reversal(found: Weighed) -> list[TableView]:
    if not found.reversal:
        return []
    before, after = found.reversal.before, found.reversal.after

    def placed(ranking: Ranking, supplier: str) -> str:
        if supplier not in ranking.order:
            return ""
        total = percent(ranking.totals[supplier])
        return say("{k}. {t}", k=ranking.order.index(supplier) + 1, t=total)

    moved = {name for pair in found.reversal.flipped for name in pair}
    return [
        TableView(
            title="Place and total before and after",
            columns=[("Supplier", "", "left"), ("Before", "", "right"), ("After", "", "right")],
            rows=[[s, placed(before, s), placed(after, s)] for s in after.order],
            emphasis=[k for k, s in enumerate(after.order) if s in moved],
        )
    ]


def _doubts(found: Weighed) -> TableView:
    def row(d: Doubt) -> list[Any]:
        name = say("{a} over {b}", a=d.first, b=d.second)
        return [name, as_ratio(d.judged), number(d.implied, 2), as_ratio(d.proposed),
                number(d.ratio_after, 3)]  # fmt: skip

    return TableView(
        title="Which judgement to ask about again, the one whose change helps most first",
        columns=[
            ("Judgement", "", "left"), ("Judged", "", "right"), ("The others imply", "", "right"),
            ("Nearest on the scale", "", "right"), ("Consistency ratio then", "", "right"),
        ],
        rows=[row(d) for d in found.doubts.rows],
        emphasis=[0] if found.top else [],
    )  # fmt: skip
