"""What diagrams refuse, and with which words; what they give as plain data and as tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.explore import Choice, Column, Table
from svclab.explore.diagrams import (
    Branch,
    CausalLoop,
    ChanceNode,
    Concept,
    ConceptMap,
    DecisionNode,
    DecisionTree,
    Diagram,
    EndNode,
    Entry,
    Fill,
    Item,
    Link,
    Matrix,
    Move,
    Plane,
    Relation,
    Scale,
    Spot,
    Totals,
    Variable,
    in_the_picture,
    score_matrix,
)
from svclab.explore.diagrams.trees import MOST_ENDS
from svclab.words import number

SIDES: dict[str, Any] = {
    "rows": {"low": "Low", "high": "High"},
    "columns": {"s": "Standard", "c": "Customised"},
    "alt": "A grid.",
}
AXES: dict[str, Any] = {"x": Scale(label="Price"), "y": Scale(label="Quality"), "alt": "A plane."}


def matrix(**more: Any) -> Matrix:
    return Matrix(**{**SIDES, **more})


def plane(*spots: Spot, **more: Any) -> Plane:
    return Plane(**{**AXES, "spots": spots, **more})


def loops(listed: str, *links: tuple[str, str, str], **more: Any) -> CausalLoop:
    return CausalLoop(
        alt="Loops.",
        variables=[Variable(name=name) for name in listed.split()],
        links=[Link(start=a, end=b, sign=sign) for a, b, sign in links],
        **more,
    )


def tree(*nodes: Any, **more: Any) -> DecisionTree:
    return DecisionTree(alt="A tree.", nodes=nodes, **more)


def concepts(*names: str, links: Any = (), **more: Any) -> ConceptMap:
    return ConceptMap(
        alt="A map.",
        concepts=[Concept(name=name) for name in names],
        relations=[Relation(start=a, end=b, label=label) for a, b, label in links],
        **more,
    )


END = EndNode(name="end", payoff=1)


def decide(name: str, *to: str) -> DecisionNode:
    return DecisionNode(name=name, branches=[Branch(to=one, label=one) for one in to])


def chance(name: str, *branches: tuple[str, float | None]) -> ChanceNode:
    return ChanceNode(
        name=name, branches=[Branch(to=to, label=to, probability=p) for to, p in branches]
    )


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "no alternative": (lambda: matrix(alt=" "), "say in a sentence what the diagram shows"),
    "no rows": (lambda: matrix(rows={}), "needs at least one row"),
    "item twice": (lambda: matrix(items=[Item(name="a"), Item(name="a")]), "item 'a' stands twice"),
    "item without name": (lambda: matrix(items=[Item(name=" ")]), "item 1 has no name"),
    "item off the grid": (
        lambda: matrix(items=[Item(name="a", row="mid", column="s")]),
        "'mid' is no row; declared are 'low', 'high'",
    ),
    "item half placed": (lambda: matrix(items=[Item(name="a", row="low")]), "only one of row"),
    "verdict": (lambda: Item(name="a", verdict="good"), "choose one of '', 'right', 'wrong'"),
    "cell twice": (
        lambda: matrix(entries=[Entry(row="low", column="s"), Entry(row="low", column="s")]),
        "a cell has one entry",
    ),
    "level": (lambda: Entry(row="low", column="s", level=1.2), "shading goes from 0 to 1"),
    "totals": (
        lambda: matrix(row_totals=Totals(label="Sum", values=[1])),
        "1 values for 2 rows: give one for each row",
    ),
    "move nowhere": (lambda: Move(parameter="p", row=0), "a column for across, down or both"),
    "fill nowhere": (lambda: Fill(parameter="p", row=-1, column="c"), "a row of 0 or more"),
    "score missing": (
        lambda: score_matrix({"a": "A"}, {"x": "X", "y": "Y"}, [{"x": 1}], alt="."),
        r"scores\[0\] has no 'y'",
    ),
    "axis": (lambda: Scale(label="Price", low=3, high=3), "must lie below"),
    "split": (lambda: Scale(label="Price", split=10), "split=10 must lie between 0 and 10"),
    "spot outside": (lambda: plane(Spot(name="a", x=11, y=0)), "x=11 lies outside 0 to 10"),
    "three quadrants": (lambda: plane(quadrants=["a", "b", "c"]), "give four"),
    "unknown variable": (lambda: loops("a", ("a", "b", "+")), "'b' is no variable"),
    "variable twice": (lambda: loops("a a"), "variable 'a' stands twice"),
    "no variable": (lambda: loops(""), "needs at least one variable"),
    "sign": (lambda: loops("a b", ("a", "b", "*")), "sign='\\*': choose one of '\\+', '-'"),
    "link to itself": (lambda: loops("a", ("a", "a", "+")), "by way of others"),
    "link twice": (lambda: loops("a b", ("a", "b", "+"), ("a", "b", "-")), "a link has one sign"),
    "no such loop": (
        lambda: loops("a b", ("a", "b", "+"), ("b", "a", "+"), highlight="B1"),
        "highlight='B1' is no loop here; found are R1",
    ),
    "named what is no loop": (
        lambda: loops("a b", ("a", "b", "+"), names={("a", "b"): "spiral"}),
        "'spiral' names a → b, which is no loop here",
    ),
    "one loop named twice": (
        lambda: loops("a b", ("a", "b", "+"), ("b", "a", "+"),
                      names={("a", "b"): "spiral", ("b", "a"): "circle"}),
        "'circle' and 'spiral' name the same loop",
    ),
    "a loop of nothing": (lambda: loops("a", names={(): "x"}), "names: \\(\\) names no variables"),
    "highlighted what is unknown": (
        lambda: loops("a b", ("a", "b", "+"), ("b", "a", "+"), highlight=("a", "x")),
        "highlight: 'x' is no variable",
    ),
    "many series": (
        lambda: plane(*(Spot(name=str(k), x=1, y=1, series=str(k)) for k in range(7))),
        "7 series: at most 6",
    ),
    "infinite amount": (
        lambda: tree(DecisionNode(name="a", branches=[
            Branch(to="end", label="x", amount=float("nan"))]), END),
        "branch 'x' of 'a': amount=nan must be finite",
    ),
    "infinite value": (
        lambda: tree(decide("a", "end"), END, values={"a": 1, "end": float("inf")}),
        r"values\['end'\]=inf must be finite",
    ),
    "no nodes": (lambda: tree(), "needs at least a root"),
    "unknown node": (lambda: tree(decide("a", "b")), "'b' is no node; declared are 'a'"),
    "node twice": (lambda: tree(END, END), "node 'end' stands twice"),
    "circular": (
        lambda: tree(decide("a", "end"), END, decide("b", "c"), decide("c", "b")),
        "the tree is circular: b ← c ← b",
    ),
    "circular at the root": (
        lambda: tree(decide("a", "b"), decide("b", "a")), "the tree is circular: a ← b ← a"
    ),
    "two ways": (
        lambda: tree(decide("a", "end", "b"), decide("b", "end"), END),
        "reached from 'a' already",
    ),
    "never reached": (lambda: tree(END, decide("b", "c"), EndNode(name="c", payoff=0)),
                      "node 'b' is never reached from the root 'end'"),
    "no branches": (lambda: tree(decide("a")), "has no branches"),
    "chances": (
        lambda: tree(chance("a", ("end", 0.5), ("c", 0.4)), END, EndNode(name="c", payoff=0)),
        "add up to 0.9; they must make 1",
    ),
    "no chance": (lambda: tree(chance("a", ("end", None)), END), "give a number from 0 to 1"),
    "chance at a decision": (
        lambda: tree(DecisionNode(name="a", branches=[Branch(to="end", label="x", probability=1)]),
                     END),
        "leave them out, or make it a chance node",
    ),
    "infinite": (lambda: tree(EndNode(name="a", payoff=float("inf"))), "must be finite"),
    "best": (lambda: tree(END, best="most"), "choose one of 'max', 'min'"),
    "some values": (lambda: tree(decide("a", "end"), END, values={"a": 1}), "one for each node"),
    "unknown concept": (lambda: concepts("a", links=[("a", "b", "is")]), "'b' is no concept"),
    "concept to itself": (lambda: concepts("a", links=[("a", "a", "is")]), "joined to itself"),
    "relation twice": (
        lambda: concepts("a", "b", links=[("a", "b", "is"), ("a", "b", "is")]), "stands twice"
    ),
    "unknown group": (
        lambda: ConceptMap(alt=".", concepts=[Concept(name="a", group="g")]),
        "'g' is no group; declared are none yet",
    ),
    "many groups": (
        lambda: concepts("a", groups={str(k): str(k) for k in range(9)}), "at most 8"
    ),
    "foreign page": (lambda: Concept(name="a", page="https://elsewhere"), "a page of the book"),
    "script as page": (lambda: Concept(name="a", page="javascript:alert(1)"), "a page of the book"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_drawn_is_refused_with_what_to_do(
    make: Callable[[], Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        make()


DRAWN: dict[str, Diagram] = {
    "matrix": matrix(
        title="Grid",
        entries=[
            Entry(row="low", column="s", title="Factory", content=number(3), verdict="right"),
            Entry(row="low", column="c", content="none",
                  fill=Fill(parameter="p", row=0, column="c")),
        ],
        items=[
            Item(name="ktv", label="KTV", note="at night", row="high", column="s", verdict="wrong"),
            Item(name="law", move=Move(parameter="p", row=0, across="c", down="r")),
        ],
        row_totals=Totals(label="Sum", values=[3, "–"]),
        column_totals=Totals(label="All", values=[number(3), number(0)]),
    ),
    "plane": plane(
        Spot(name="a", x=0, y=0, series="chain"),
        Spot(name="b", x=5, y=5, verdict="missing", move=Move(parameter="p", row=0, across="x")),
        quadrants=["Good value", "Premium", "Economy", "Stuck"],
    ),
    "loops": loops("a b", ("a", "b", "+"), ("b", "a", "-"), highlight=("b", "a")),
    "tree": tree(decide("a", "end", "b"), chance("b", ("c", 0.25), ("d", 0.75)), END,
                 EndNode(name="c", payoff=8), EndNode(name="d", payoff=0)),
    "map": concepts("a", "b", links=[("a", "b", "is"), ("b", "a", "has")]),
}  # fmt: skip


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=list(DRAWN))
def test_a_diagram_is_plain_data_with_its_alternative_and_its_tables(drawn: Diagram) -> None:
    data = drawn.to_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["kind"] == drawn.kind
    assert data["alt"]
    assert data["tables"]
    for table in data["tables"]:
        assert {len(row) for row in table["rows"]} <= {len(table["columns"])}


def test_a_matrix_says_in_its_table_all_that_it_shows() -> None:
    (table,) = DRAWN["matrix"].tables()
    assert table.rows == [
        ["Low", "Factory; 3 (right)", "none", "3"],
        ["High", "KTV, at night (wrong)", "", "–"],
        ["All", "3", "0", ""],
        ["Not placed yet", "law", "", ""],
    ]


def test_what_is_drawn_strong_is_said_in_the_tables_and_which_loops_are_slow() -> None:
    loop = CausalLoop(
        alt=".", variables=[Variable(name="a"), Variable(name="b")],
        links=[Link(start="a", end="b", sign="+", highlight=True),
               Link(start="b", end="a", sign="-", delay=True)],
    )  # fmt: skip
    links, found = loop.tables()
    assert links.rows == [["a", "+", "b", "", "yes", ""], ["b", "−", "a", "yes", "", ""]]
    assert found.rows == [["B1", "balancing", "a → b → a", "yes", ""]]
    here = ConceptMap(
        alt=".", concepts=[Concept(name="a", highlight=True), Concept(name="b")],
        relations=[Relation(start="a", end="b", highlight=True), Relation(start="b", end="a")],
    )  # fmt: skip
    assert [table.rows for table in here.tables()] == [
        [["a", "", "b", "yes"], ["b", "", "a", ""]],
        [["a", "yes"], ["b", ""]],
    ]


def test_an_amount_that_is_shown_as_nothing_has_no_sign() -> None:
    shop = DecisionNode(name="a", branches=[Branch(to="end", label="x", amount=0.3)])
    assert "amount" not in tree(shop, END).to_data()["nodes"][0]["branches"][0]
    assert tree(shop, END, digits=1).to_data()["nodes"][0]["branches"][0]["amount"] == "+0.3"


@settings(max_examples=60)
@given(st.data())
def test_a_matrix_of_any_size_tells_each_item_once_where_it_stands(data: st.DataObject) -> None:
    rows = [f"r{k}" for k in range(data.draw(st.integers(1, 5)))]
    columns = [f"c{k}" for k in range(data.draw(st.integers(1, 5)))]
    places = st.one_of(st.none(), st.tuples(st.sampled_from(rows), st.sampled_from(columns)))
    given_places = data.draw(st.lists(places, max_size=8))
    items = [
        Item(name=f"<{k}>", row=at and at[0], column=at and at[1])
        for k, at in enumerate(given_places)
    ]
    grid = Matrix(alt=".", rows={r: r for r in rows}, columns={c: c for c in columns}, items=items)
    (table,) = grid.tables()
    for k, at in enumerate(given_places):
        found = [(row[0], table.columns[n][0]) for row in table.rows
                 for n, text in enumerate(row) if f"<{k}>" in str(text)]  # fmt: skip
        assert found == ([at] if at else [("Not placed yet", columns[0])])


def test_scores_are_summed_along_rows_and_columns() -> None:
    scores = [{"x": 1, "y": 2.5}, {"x": 0, "y": 3}]
    grid = score_matrix({"a": "A", "b": "B"}, {"x": "X", "y": "Y"}, scores, alt=".", digits=1,
                        highest=3, parameter="scores")  # fmt: skip
    (table,) = grid.tables()
    assert table.rows == [
        ["A", "1", "2.5", "3.5"],
        ["B", "0", "3", "3"],
        ["Total", "1", "5.5", ""],
    ]
    assert [entry.fill.row for entry in grid.entries if entry.fill] == [0, 0, 1, 1]
    assert max(entry.level for entry in grid.entries) == 1


@pytest.mark.parametrize(
    ("x", "y", "name"),
    [(0, 10, "Good value"), (5, 5, "Premium"), (4.9, 4.9, "Economy"), (10, 0, "Stuck")],
)
def test_a_spot_stands_in_the_quadrant_that_its_numbers_say(x: float, y: float, name: str) -> None:
    spot = Spot(name="a", x=x, y=y)
    assert (
        plane(spot, quadrants=["Good value", "Premium", "Economy", "Stuck"]).quadrant(spot) == name
    )


def test_a_spot_at_the_origin_keeps_its_zeros() -> None:
    assert [plane(Spot(name="a", x=0, y=0)).to_data()["spots"][0][k] for k in "xy"] == [0, 0]


def test_a_table_edited_in_the_picture_has_no_control_of_its_own_but_keeps_its_values() -> None:
    cell = Choice(name="row", label="Row", options={"": "–", "low": "Low"}, default="")
    table = Table(name="items", label="Items", shown_if=in_the_picture("items"),
                  columns=[Column(cell)], default=[{"row": ""}])  # fmt: skip
    assert table.declaration()["shown_if"] == {"parameter": "items", "equals": None}
    assert table.check([{"row": "low"}]) == [{"row": "low"}]


def test_a_tree_has_as_many_ends_as_can_be_read() -> None:
    """A full tree of depth eight was drawn 6,200 px high, with nothing said."""

    def wide(ends: int) -> DecisionTree:
        names = [f"end {k}" for k in range(ends)]
        return tree(decide("a", *names), *(EndNode(name=one, payoff=0) for one in names))

    assert len(wide(MOST_ENDS).tables()[0].rows) == MOST_ENDS + 1
    with pytest.raises(ValueError, match="the tree has 256 ends: at most 64 can be read; put an"):
        wide(256)
