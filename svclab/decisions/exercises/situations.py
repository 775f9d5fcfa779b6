"""Invented situations of services, each of one of the six types of problems."""

from __future__ import annotations

__all__ = ["SITUATIONS"]

#: By the type's name in :data:`svclab.decisions.problems.cases.SIX_TYPES`.
SITUATIONS: dict[str, tuple[str, ...]] = {
    "product mix": (
        "A copy shop prints posters and books. Each takes time on two machines and earns a "
        "profit. How many of each today?",
        "A canteen cooks three dishes. Each portion takes oven time and stove time and earns a "
        "margin. How many portions of each?",
        "A gym offers hours of yoga and of boxing. Each needs trainers and halls and brings a "
        "profit. How many hours of each in a week?",
        "A laundry washes uniforms and bed linen. Both need the washer and the dryer, and both "
        "bring a profit per kilogram. How much of each?",
    ),
    "blending": (
        "A tea house makes 50 kg of its own tea from four teas of different prices. It must be "
        "strong enough and not too bitter. How much of each, as cheaply as possible?",
        "A hospital kitchen mixes a breakfast from oats, nuts and dried fruit. It must hold "
        "enough protein and little sugar. What share of each is cheapest?",
        "A cleaning company mixes a detergent from three concentrates. Its share of alcohol and "
        "its share of soap are prescribed. Which mixture is cheapest?",
        "An animal shelter mixes feed from three kinds of grain: enough protein, not too much "
        "fibre, least cost. How many kilograms of each grain?",
    ),
    "knapsack": (
        "A repair van carries 200 kg. Each spare part has a weight and a value for the visits of "
        "today. Which parts go along?",
        "A courier's bag carries 15 kg. Each parcel has a weight and pays a fee. Which parcels "
        "go with this round?",
        "A rescue box holds 12 litres. Each article has a volume and a score for its use. Which "
        "articles go into the box?",
        "An advertising break lasts 180 s. Each film offered has a length and pays a price. Which "
        "films are shown?",
    ),
    "transport": (
        "Two laundries wash for five hotels. Each laundry has a capacity, each hotel a need, and "
        "each way costs freight per kilogram. How much goes where?",
        "Three blood banks supply four hospitals. Stocks and needs are known, and so is the cost "
        "of a unit on each way. Who delivers how much to whom?",
        "Some stations of a bicycle rental have too many bicycles, others too few. Each move "
        "costs by distance. How many go from which station to which?",
        "Two bakeries supply eight shops with bread. Each bakes so much, each shop orders so "
        "much, each way has its freight. How much goes on each way?",
    ),
    "company selection": (
        "A foundation supports exactly four of nine projects. Their money and their volunteers "
        "are limited. Which four bring the greatest benefit?",
        "A holding lists exactly two of its six hotels on the stock exchange: assets at least so "
        "much, debt at most so much, most profit. Which two?",
        "An airport takes exactly five of twelve shops. Their area and their electric power are "
        "limited. Which five pay the most rent?",
        "A university opens exactly six of ten courses proposed. Teachers and money are limited. "
        "Which six will have the most students?",
    ),
    "assignment": (
        "Five nurses take over five wards, one nurse to each ward. The walking time of each to "
        "each is known. Who goes where, for the least walking in all?",
        "Four technicians visit four customers at nine o'clock, one each. The driving times are "
        "known. Who visits whom, for the least driving in all?",
        "Six interpreters accompany six delegations, one each. A score says how well each fits "
        "each. Who goes with whom, for the greatest sum of scores?",
        "Three teams give three talks, one each. It is known how many hours each team needs to "
        "prepare each talk. Who gives which, for the fewest hours?",
    ),
}
