"""A KTV shop among its rivals: what customers want is source (ST-06), all numbers are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from svclab.strategy.positions.alignment import Alignment, align
from svclab.strategy.positions.gaps import Gaps, gap_analysis
from svclab.strategy.positions.winners import Buyers, Choice, Neither, Qualifier, Winner, choose

__all__ = ["KtvCase", "ktv_case"]


@dataclass(frozen=True)
class KtvCase:
    """A shop, two rivals, and the goals of the chain."""

    chinese: Mapping[str, str]  # attribute to Chinese
    origin: Mapping[str, str]  # attribute to "source" or "invented"
    importance: Mapping[str, float]  # invented: 1 to 5, as asked in a survey
    own: Mapping[str, float]  # invented: score of our shop, 0 to 10
    rivals: Mapping[str, Mapping[str, float]]  # invented: rival to scores, 0 to 10
    buyers: Mapping[str, Buyers]  # invented: how two groups of customers choose
    goals: Mapping[str, Mapping[str, float]]  # invented: service goal to corporate goal, -3 to 3

    @property
    def gaps(self) -> Gaps:
        """Importance times gap to the best rival."""
        return gap_analysis(self.importance, self.own, self.rivals)

    @property
    def offers(self) -> dict[str, Mapping[str, float]]:
        """Our shop and the rivals."""
        return {"our shop": self.own, **self.rivals}

    @property
    def choice(self) -> Choice:
        """Who wins the customers."""
        return choose(self.offers, self.buyers)

    @property
    def alignment(self) -> Alignment:
        """The service goals against the goals of the chain."""
        return align(self.goals)


def ktv_case() -> KtvCase:
    """A KTV shop and two rivals: good sound, comfort, above all good service, and two more.

    That customers want the first three, and service most, is source (KTV operation plan, ST-06).
    Hygiene and price (a high score is a low price) are added; all numbers are invented. They are
    chosen so that the largest weighted gap, in sound, is in a qualifier that is passed already:
    closing it wins nobody.

    Returns
    -------
    KtvCase
        With ``gaps``, ``choice`` and ``alignment`` worked out from it.

    Examples
    --------
    >>> case = ktv_case()
    >>> case.gaps.sentence
    'Work first on sound: importance 4, Star is 3 ahead. We are ahead in nothing.'
    >>> from svclab.strategy.positions import gains
    >>> {name: round(gain, 3) for name, gain in gains(case.offers, case.buyers, "our shop").items()}
    {'sound': 0.0, 'comfort': 0.0, 'service': 0.137, 'hygiene': 0.0, 'price': 0.109}
    """
    names = ("sound", "comfort", "service", "hygiene", "price")
    students: dict[str, Winner | Qualifier | Neither] = {
        "sound": Qualifier(5),
        "comfort": Neither(),
        "service": Winner(0.4),
        "hygiene": Qualifier(6),
        "price": Winner(0.7),
    }
    colleagues = dict(students)
    colleagues["comfort"], colleagues["service"] = Qualifier(6), Winner(0.9)
    colleagues["price"] = Winner(0.2)
    return KtvCase(
        chinese=dict(zip(names, ("音响", "舒适", "服务", "卫生", "价格"), strict=True)),
        origin={n: "invented" if n in ("hygiene", "price") else "source" for n in names},
        importance=dict(zip(names, (4, 3, 5, 4, 4), strict=True)),
        own=dict(zip(names, (6, 7, 6, 8, 5), strict=True)),
        rivals={
            "Star": dict(zip(names, (9, 8, 7, 8, 3), strict=True)),
            "Moon": dict(zip(names, (6, 5, 5, 7, 7), strict=True)),
        },
        buyers={"students": Buyers(students, 60), "colleagues": Buyers(colleagues, 40)},
        goals={
            "room ready in 5 minutes": {"return visits": 3, "margin": -1, "ten new shops": 1},
            "order songs by phone": {"return visits": 2, "margin": 2, "ten new shops": 2},
            "self-checkout": {"return visits": -1, "margin": 3, "ten new shops": 2},
            "yearly singing prize": {"return visits": 0, "margin": -1, "ten new shops": 0},
        },
    )
