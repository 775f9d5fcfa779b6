"""The numbers in the prose of chapter 2, against the models: worth, workplace and new ideas."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from asked import ask, figure
from prose import Prose, control, in_words, percent, prose, ran

from svclab import capacity
from svclab.strategy import customers
from svclab.words import number

WORTH = "What is a customer worth?"
FIVE_PERCENT = "Wrong on purpose: five percent more, twice the profit"
WORKPLACE = "Does a better workplace pay?"
SPREAD = "How fast does a new idea spread?"
MEMBERS, NEW, MARGIN, COST = 10_000, 1000, 300, 1_000_000


def section(title: str) -> Prose:
    return prose("strategy").section(title)


def gave(piece: str) -> Any:
    return ran("strategy").gave(piece)


# What is a customer worth?


def test_a_yuan_in_a_year_and_the_cost_to_win_are_those_of_the_models() -> None:
    member = gave("customers.lifetime_value(300")
    factor, today = 1 + member.discount, number(1 / (1 + member.discount), 3)
    section(WORTH).says(f"with {percent(member.discount)}, one yuan in a year is worth")
    section(WORTH).says(f"worth 1 ÷ {number(factor)} = {today} yuan today")
    cost = control("strategy.lifetime_value", "acquisition")["default"]
    section(WORTH).says(f"(here nothing; the model below takes off {number(cost)} yuan)")
    assert member.acquisition == 0


def test_the_members_value_under_two_conventions_and_what_lies_between() -> None:
    member = gave("customers.lifetime_value(300")
    section(WORTH).says(f"{number(member.value)} yuan, of which ten years bring nearly all.")
    assert 0.95 < member.table[9]["so far"] / member.value < 1
    assert member.timing == "after renewal"
    once, end = (
        customers.lifetime_value(
            member.margin, retention=member.retention, discount=member.discount, timing=timing
        ).value
        for timing in ("at once", "at the end")
    )
    section(WORTH).says(f"m(1 + d) ÷ (1 + d − r), and the same member is worth {number(once)}.")
    section(WORTH).says(f"will argue about {number(once - member.value)} yuan that do not exist")
    r, d = member.retention, member.discount
    assert once == pytest.approx(member.margin * (1 + d) / (1 + d - r))
    assert end == pytest.approx(member.margin / (1 + d - r))


def test_each_point_of_retention_is_worth_more_than_the_one_before() -> None:
    gains = [figure(ask("strategy.lifetime_value", retention=r), "point") for r in range(60, 95)]
    assert gains == sorted(set(gains))
    section(WORTH).says(f"Move *Retention* from {percent(0.6)} upwards")


def test_retention_does_nearly_four_times_as_much_as_margin() -> None:
    effects = gave("customers.levers(member)").effects
    times = effects["retention"] / effects["margin"]
    assert math.ceil(times) - times < 0.3, "nearly"
    section(WORTH).says(f"does nearly {in_words(math.ceil(times))} times as much as one percent of")


def brought_more(years: int) -> list[float]:
    """Yuan a year that 95% of retention brings beyond 90%."""
    now = then = float(MEMBERS)
    more = []
    for _ in range(years):
        now, then = 0.90 * now + NEW, 0.95 * then + NEW
        more.append(MARGIN * (then - now))
    return more


def test_the_programme_earns_its_cost_in_one_year_and_pays_back_in_another() -> None:
    more = brought_more(30)
    assert [round(x) for x in more[:10]] == [yuan for _, _, yuan in ran("strategy").names["rows"]]
    quoted = f"We have {MEMBERS:,} members with {MARGIN} yuan of margin each, so we earn"
    section(FIVE_PERCENT).says(f"{quoted} {MEMBERS * MARGIN // 1_000_000} million more")
    section(FIVE_PERCENT).says(f"costs {in_words(COST // 1_000_000)} million yuan a year")
    section(FIVE_PERCENT).says(f"Each year {NEW:,} new members come")
    section(FIVE_PERCENT).says(
        f"first year brings {number(more[0])} yuan, not {MEMBERS * MARGIN // 1_000_000} million."
    )
    earns = next(year for year, yuan in enumerate(more, start=1) if yuan >= COST)
    section(FIVE_PERCENT).says(
        f"Only in year {earns} does the programme bring as much in a year as"
    )
    back = next(k for k in range(1, 31) if math.fsum(more[:k]) >= k * COST)
    section(FIVE_PERCENT).says(f"Only in year {back} has it paid back what it has cost")


def test_five_points_halve_the_losses_and_double_the_time() -> None:
    point = gave("customers.retention_point(300")
    before, after = point.before, point.after
    section(FIVE_PERCENT).says(f'"We keep {percent(before.retention)}. A programme that costs')
    section(FIVE_PERCENT).says(f"million yuan a year lifts it to {percent(after.retention)}.")
    section(FIVE_PERCENT).says(
        f"Going from {percent(before.retention)} to {percent(after.retention)} means losing "
        f"{number(100 * (1 - after.retention))} of 100 instead of "
        f"{number(100 * (1 - before.retention))}. Losses are halved"
    )
    section(FIVE_PERCENT).says(
        f"a *time as a customer* of {number(before.expected_periods)} years becomes "
        f"{number(after.expected_periods)}, and the sum of a member's margins doubles"
    )
    assert after.expected_periods == pytest.approx(2 * before.expected_periods)
    section(FIVE_PERCENT).says(
        f"Discounted at {percent(before.discount)}, a member is worth {percent(point.share)} more"
    )
    left = (after.retention - before.retention) / (1 - before.retention)
    assert left == pytest.approx(0.5)
    section(FIVE_PERCENT).says("It is half of all who leave.")


def test_the_mixed_base_seems_to_become_loyal() -> None:
    base = gave("customers.mixed_base(")
    (many, high), (few, low) = base.groups.values()
    text = section("Regulars and passers-by")
    text.says(
        f"{number(many)} regulars who stay with {percent(high)} and {number(few)} passers-by "
        f"who stay with {percent(low)}"
    )
    first, *_, last = base.observed.retention
    text.says(f"Retention seems to rise from {percent(first)} to {percent(last)}, and no customer")
    assert base.value_by_average(100, 0.1) < 0.6 * base.value(100, 0.1), "much smaller"


# Does a better workplace pay?


def test_along_the_chain_strengths_multiply_to_little() -> None:
    text = section(WORKPLACE)
    text.says(f"made this a chain of {in_words(len(customers.STEPS))} steps")
    chain = customers.service_profit_chain()
    strengths = [link.strength for link in chain.links]
    effect = chain.effect(customers.STEPS[0], customers.STEPS[-1]).total
    assert effect == pytest.approx(math.prod(strengths))
    assert effect < 0.01
    text.says(f"{' × '.join(str(number(one)) for one in strengths)} is less than 0.01")


def test_a_tenth_more_helps_most_on_the_weakest_links() -> None:
    chain = customers.service_profit_chain()
    ends = customers.STEPS[0], customers.STEPS[-1]
    gain = {
        link: chain.with_strengths({(link.source, link.target): link.strength + 0.1})
        .effect(*ends)
        .total
        for link in chain.links
    }
    best = [
        link.strength for link, total in gain.items() if total == pytest.approx(max(gain.values()))
    ]
    assert set(best) == {min(link.strength for link in chain.links)}
    section(WORKPLACE).says("would 0.1 more help most? On the weakest links.")


def test_a_small_direct_cost_eats_the_whole_effect() -> None:
    found = ask("strategy.profit_chain", cost=-0.01)
    assert figure(ask("strategy.profit_chain"), "total") > 0 > figure(found, "total")
    said = f"Set *What good conditions cost* to {number(-0.01, 2)}: this small direct cost eats"
    section(WORKPLACE).says(said)


def test_every_row_of_the_evidence_has_both_sides() -> None:
    items = customers.evidence().items
    assert all(one.contested for one in items)
    section(WORKPLACE).says(f"All {in_words(len(items))} rows have both sides")


# How fast does a new idea spread?


def test_the_first_year_is_more_than_the_formula_says() -> None:
    spread = ran("strategy").names["spread"]
    text = section(SPREAD)
    text.says(f"{spread.p} × {number(spread.market)} = {number(spread.p * spread.market)}.")
    text.says(f"so the computer finds {number(spread.within(1), 0)}.)")


def test_the_curve_begins_with_the_means_that_the_text_cites() -> None:
    p, q = (control("strategy.adoption_curve", name) for name in "pq")
    cases = re.search(r"Over (\d+) cases", q["help"])
    assert cases
    text = section(SPREAD)
    means = f"the means are p = {p['default']} and q = {q['default']}, as Sultan"
    text.says(f"Over {cases[1]} applications {means}")
    text.says(f"Set it back to {q['default']}.")
    without = ask("strategy.adoption_curve", q=0)
    assert figure(without, "peak") == 0, "no S: it is fastest at the start"


def test_five_known_years_promise_a_market_that_is_far_too_small_or_none() -> None:
    text = section(SPREAD)
    text.says(
        f"set *Years known* to 5, and let the model forecast the whole market from its first "
        f"{in_words(5)} years"
    )
    seen = ask("strategy.adoption_curve", known=5)["say"]
    found = re.search(r"forecast is ([\d,]+) shops in the end, where the truth is ([\d,]+)", seen)
    assert found
    text.says(f"The first history promises {found[1]} shops, where {found[2]} will come.")
    others = [ask("strategy.adoption_curve", known=5, seed=k)["say"] for k in range(2, 8)]
    none = ["there is no forecast" in one for one in others]
    assert any(none)
    assert not all(none)
    text.says("Press *New random numbers* a few times: some give no forecast at all.")


def test_two_desks_and_four_kiosks_serve_more_than_three_desks() -> None:
    text = section("What a kiosk does to the queue")
    groups, at_desk, at_kiosk, share = 40, 4, 6, 0.6
    text.says(f"{groups} groups an hour pay at {in_words(3)} desks, {at_desk} minutes each")
    text.says(
        f"Guests are slower than staff, {at_kiosk} minutes, and {percent(share)} of the groups"
    )
    text.says(f"Now {in_words(4)} kiosks.")
    text.says(f"{in_words(2).capitalize()} desks stay:")
    desk, kiosk = 60 / at_desk, 60 / at_kiosk
    old = capacity.mmc(groups, desk, servers=3)
    kiosks = capacity.mmc(share * groups, kiosk, servers=4)
    desks = capacity.mmc((1 - share) * groups, desk, servers=2)
    assert ran("strategy").printed("servers=3)") == f"{old}\n"
    assert ran("strategy").printed('print("kiosks:"') == f"kiosks: {kiosks}\ndesks:  {desks}\n"
    text.says(
        f"two desks and four kiosks can serve {number(2 * desk + 4 * kiosk)} groups an hour, the "
        f"three desks could serve {number(3 * desk)}."
    )
    came = number((1 - share) * groups)
    text.says(f"{came} groups come in an hour, and one desk serves {number(desk)}.")
    section("For the instructor").says(
        f"No: {came} groups an hour are more than one desk's {number(desk)}."
    )
