"""The school's model with Ningbo's counted intake, beside what was counted at the end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from svclab.explore import Chart, Figure, Handle, TableView, lines
from svclab.strategy.balance import Account, Run, ningbo_account, ningbo_growth
from svclab.words import join, number, percent, say

__all__ = ["Counted", "counted"]

NEAR = 0.05  # of what was counted: our choice of "near"
TRIED = tuple(k / 20 for k in range(21))  # shares of the missing teachers who are hired


@dataclass(frozen=True)
class Counted:
    """A run with the counted intake, and what its picture needs."""

    run: Run
    by_hiring: tuple[tuple[float, float], ...]  # hiring and share lost, both in percent

    @property
    def account(self) -> Account:
        """What was counted."""
        return ningbo_account()

    @property
    def pairs(self) -> dict[str, tuple[float, float]]:
        """What it is, to the number counted and that of the run."""
        told, run = self.account, self.run
        return {
            "graduates": (sum(told.graduates.values()), run.graduates),
            "left without a degree": (told.missing, run.dropouts),
            "students at the end": (told.registered, run.years[-1].students),
        }

    @property
    def far(self) -> list[str]:
        """What the run misses by more than five percent."""
        return [
            name for name, (count, model) in self.pairs.items() if abs(model / count - 1) > NEAR
        ]

    @property
    def sentence(self) -> str:
        """Whether the run comes near, and what that shows."""
        last, (missing, _) = self.run.years[-1], self.pairs["left without a degree"]
        told = say(
            "With Ningbo's intake, {lost} leave without a degree and {here} are there at the end; "
            "counted were {missing} and {registered}.",
            lost=number(self.run.dropouts, 0), here=number(last.students, 0),
            missing=number(missing, 0), registered=number(self.account.registered, 0),
        )  # fmt: skip
        if self.far:
            return say("{told} The run is more than 5% off in {what}.", told=told,
                       what=join(self.far))  # fmt: skip
        return say(
            "{told} The run comes near in all. That is no proof: the teachers are invented, and "
            "other numbers come near too.",
            told=told,
        )

    @property
    def figures(self) -> list[Figure]:
        """Loss, load, and how far off the run is."""
        found = [
            Figure("lost", "Leave without a degree", percent(self.run.lost_share),
                   help="Of all who leave in these years."),
            Figure("load", "Load at the end", number(self.run.years[-1].load, 2),
                   help="Students, divided by how many the teachers can serve well."),
        ]  # fmt: skip
        for name, (count, model) in self.pairs.items():
            off = model / count - 1
            found.append(
                Figure(name.replace(" ", "_"), say("Off in {name}", name=name), percent(off),
                       "bad" if name in self.far else "good")
            )  # fmt: skip
        return found

    def course(self) -> Chart:
        """Intake, students and places with a teacher over the years."""
        terms = self.run.terms
        values = {
            "students": [terms.students, *(y.students for y in self.run.years)],
            "places": [
                n * terms.norm for n in (terms.teachers, *(y.teachers for y in self.run.years))
            ],
        }
        rows: list[dict[str, Any]] = [
            {"year": year, "people": round(value, 2), "line": line}
            for line, column in values.items()
            for year, value in enumerate(column)
        ]
        intake = enumerate(self.account.enrolled.values(), start=1)
        rows += [{"year": k, "people": n, "line": "intake"} for k, n in intake]
        return lines(
            rows,
            x=("year", "Years since the beginning"),
            y=("people", "Students"),
            series="line",
            x_axis={"tickMinStep": 1},
            title="Students, places with a teacher, and the counted intake",
            alt=self.sentence,
            height=250,
        )

    def levers(self) -> Chart:
        """The share lost against hiring."""
        here = (round(100 * self.run.terms.hiring, 6), round(100 * self.run.lost_share, 3))
        path = sorted({**dict(self.by_hiring), here[0]: here[1]}.items())
        missing, _ = self.pairs["left without a degree"]
        out, _ = self.pairs["graduates"]
        known = round(100 * missing / (missing + out), 3)
        return lines(
            [{"hiring": x, "lost": y} for x, y in path],
            x=("hiring", "Teachers hired, % of those missing"),
            y=("lost", "Leave without a degree, %"),
            marks=[{"y": known, "label": "as counted", "color": "var(--svc-green)"}],
            x_domain=(0, 100),
            y_domain=(0, 100),
            handles=[Handle(parameter="hiring", x=here[0], y=here[1], path=path)],
            title="Of those who leave, how many go without a degree. Drag the point",
            alt=say("The lost share falls from {a} without hiring to {b}; counted was {c}.",
                    a=percent(path[0][1] / 100), b=percent(path[-1][1] / 100),
                    c=percent(known / 100)),
            height=260,
        )  # fmt: skip

    def table(self) -> TableView:
        """Counted against the run."""
        return TableView(
            title="Counted in Ningbo (source; its years are inferred), and in the run",
            columns=[("", "", "left"), ("Counted", "", "right"), ("Run", "", "right"),
                     ("Off", "%", "right")],
            rows=[
                [name, number(count, 0), number(model, 0), number(100 * (model / count - 1))]
                for name, (count, model) in self.pairs.items()
            ],
        )  # fmt: skip


@lru_cache(maxsize=64)
def counted(hiring: float, delay: float, slope: float) -> Counted:
    """The run of a setting; shares from 0 to 1, delay in years.

    Examples
    --------
    >>> counted(0.8, 1.0, 0.3).far, counted(0.5, 2.0, 0.3).far
    ([], ['left without a degree', 'students at the end'])
    """
    runs = [(h, ningbo_growth(hiring=h, delay=delay, slope=slope)) for h in TRIED]
    by_hiring = tuple((round(100 * h, 6), round(100 * r.lost_share, 3)) for h, r in runs)
    return Counted(ningbo_growth(hiring=hiring, delay=delay, slope=slope), by_hiring)
