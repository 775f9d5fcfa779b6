"""The queues against published tables and worked examples.

Each value was looked up before it was used. Where the book itself was not at hand, the place
that quotes it is named. "Printed" digits decide the tolerance. Theorems on Erlang A are in
test_erlang_a.py, values by Mathematica in test_erlang.py, fluid queues in test_fluid.py.
"""

import pytest

from svclab.capacity import (
    Node,
    erlang_a,
    erlang_b,
    erlang_c,
    finite_population,
    jackson,
    kingman,
    mg1,
    mm1,
    mmc,
    mmcc,
    mmck,
    priorities_mg1,
    priorities_mmc,
)


def printed(value, digits):
    """What a book prints with so many decimals: half a unit of the last one either way."""
    return pytest.approx(value, abs=0.5000001 * 10**-digits)


def test_erlang_b_matches_the_manual_of_the_westbay_calculator():
    # erlang.com/calculatormanual, "How much traffic?": 15 lines, 1%, 8.108 Erlang.
    assert erlang_b(8.108, 15) == pytest.approx(0.01, abs=5e-6)
    assert mmcc(8.108, 1, servers=15).probability_of_loss == erlang_b(8.108, 15)


# Table of Erlang B in Carrier Grade Voice over IP (2nd edition), appendix A, as printed at
# globalspec.com: the load in Erlang, with one decimal, that so many channels carry at each share
# lost.
SHARES_LOST = [
    0.0001, 0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006,
    0.007, 0.008, 0.009, 0.01, 0.02, 0.03, 0.04, 0.05,
]  # fmt: skip
CARRIER_GRADE_VOIP = {
    5: [0.5, 0.6, 0.8, 0.9, 1.0, 1.1, 1.1, 1.2, 1.2, 1.3, 1.3, 1.4, 1.7, 1.9, 2.1, 2.2],
    6: [0.7, 1.0, 1.1, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.8, 1.9, 1.9, 2.3, 2.5, 2.8, 3.0],
    7: [1.1, 1.4, 1.6, 1.8, 1.9, 2.1, 2.2, 2.2, 2.3, 2.4, 2.4, 2.5, 2.9, 3.2, 3.5, 3.7],
    8: [1.4, 1.8, 2.1, 2.3, 2.5, 2.6, 2.7, 2.8, 2.9, 3.0, 3.1, 3.1, 3.6, 4.0, 4.3, 4.5],
    9: [1.8, 2.3, 2.6, 2.9, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7, 3.8, 4.3, 4.7, 5.1, 5.4],
}


@pytest.mark.parametrize("channels", CARRIER_GRADE_VOIP)
def test_erlang_b_matches_the_table_in_carrier_grade_voice_over_ip(channels):
    for share, load in zip(SHARES_LOST, CARRIER_GRADE_VOIP[channels], strict=True):
        assert erlang_b(load - 0.05, channels) <= share <= erlang_b(load + 0.05, channels)


def test_erlang_c_matches_the_tetra_handbook_table():
    # Digital Mobile Communications and the TETRA System, appendix A.3: 8 channels carry
    # 3.87 Erlang at 5 % delayed, 10 channels 4.08 at 1%; the load is printed with 2 decimals.
    for load, servers, share in [(3.87, 8, 0.05), (4.08, 10, 0.01)]:
        assert erlang_c(load - 0.005, servers) < share * 1.01
        assert erlang_c(load + 0.005, servers) > share * 0.99


# Stevenson, Operations Management, table 18.4: the mean number waiting for a load λ/μ, from so
# many servers on, one server more each.
STEVENSON_18_4 = {
    0.15: (1, [0.026, 0.001]),
    0.20: (1, [0.050, 0.002]),
    0.25: (1, [0.083, 0.004]),
    0.30: (1, [0.129, 0.007]),
    0.35: (1, [0.188, 0.011]),
    0.40: (1, [0.267, 0.017]),
    0.45: (1, [0.368, 0.024, 0.002]),
    0.50: (1, [0.500, 0.033, 0.003]),
    0.55: (1, [0.672, 0.045, 0.004]),
    0.60: (1, [0.900, 0.059, 0.006]),
    0.65: (1, [1.207, 0.077, 0.008]),
    0.70: (1, [1.633, 0.098, 0.011]),
    0.75: (1, [2.250, 0.123, 0.015]),
    0.80: (1, [3.200, 0.152, 0.019]),
    0.85: (1, [4.817, 0.187, 0.024]),
    1.1: (2, [0.477, 0.066, 0.011]),
    1.2: (2, [0.675, 0.094, 0.016, 0.003]),
    1.3: (2, [0.951, 0.130, 0.023, 0.004]),
    1.4: (2, [1.345, 0.177, 0.032, 0.006]),
    1.5: (2, [1.929, 0.237, 0.045, 0.009]),
    1.6: (2, [2.844, 0.313, 0.060, 0.012]),
    1.7: (2, [4.426, 0.409, 0.080, 0.017]),
    1.8: (2, [7.674, 0.532, 0.105, 0.023]),
    1.9: (2, [17.587, 0.688, 0.136, 0.030, 0.007]),
    2.0: (3, [0.889, 0.174, 0.040]),
    2.4: (3, [2.589, 0.431, 0.105, 0.027, 0.007]),
    2.5: (3, [3.511, 0.533, 0.130, 0.034, 0.009]),
    2.6: (3, [4.933, 0.658, 0.161, 0.043, 0.011]),
    2.7: (3, [7.354, 0.811, 0.198, 0.053, 0.014]),
    2.8: (3, [12.273, 1.000, 0.241, 0.066, 0.018]),
    2.9: (3, [27.193, 1.234, 0.293, 0.081, 0.023]),
    3.0: (4, [1.528, 0.354, 0.099, 0.028, 0.008]),
    3.1: (4, [1.902, 0.427]),
}


@pytest.mark.parametrize("load", STEVENSON_18_4)
def test_mmc_matches_stevenson_table_18_4(load):
    first, lengths = STEVENSON_18_4[load]
    for servers, length in enumerate(lengths, start=first):
        assert mmc(load, 1, servers=servers).mean_queue_length == printed(length, 3)


def test_mm1_matches_burger_dome():
    # Anderson, Sweeney and Williams, Burger Dome: 0.75 a minute, 1 a minute.
    dome = mm1(45, 60)
    assert dome.mean_queue_length == printed(2.25, 2)
    assert dome.mean_wait_minutes == pytest.approx(3)
    assert dome.probability_of_waiting == pytest.approx(0.75)


def test_mmc_matches_burger_dome_with_two_channels():
    dome = mmc(45, 60, servers=2)
    assert dome.mean_queue_length == printed(0.1227, 4)
    assert dome.mean_wait_minutes == printed(0.1636, 4)
    assert dome.probability_of_waiting == printed(0.2045, 4)


def test_mmc_matches_render_information_desk():
    # Render, Stair and Hanna, alternative example 14.3: 20 an hour, two at 30 an hour: L = 3/4.
    desk = mmc(20, 30, servers=2)
    assert desk.mean_number_in_system == pytest.approx(0.75)


def test_mmc_matches_bronson_24_6():
    # Bronson (1982), 24.6, quoted at web.ist.utl.pt/mcasquilho: a day is the unit of service,
    # a year that of arrivals.
    port = mmc(300, 182.5, servers=3)
    assert port.mean_queue_length == printed(0.352, 3)
    assert port.mean_number_in_system == printed(1.996, 3)
    assert port.mean_wait == printed(0.001175, 6)
    assert port.mean_time_in_system == printed(0.006654, 6)


def test_mmc_matches_the_eth_lecture_on_mmx_queues():
    # ETH Zurich, Advanced Systems Lab 2017, quoted in the tests of Octave's queueing package.
    two, four = mmc(9, 5, servers=2), mmc(9, 5, servers=4)
    assert (two.mean_queue_length, two.mean_time_in_system) == (
        printed(7.674, 3),
        printed(1.053, 3),
    )
    assert (four.mean_queue_length, four.mean_time_in_system) == (
        printed(0.105, 3),
        printed(0.212, 3),
    )


def test_erlang_c_service_level_matches_the_r_package_erlangc():
    # README of the R package ErlangC: 100 calls of 3 minutes in 30 minutes, 14 agents, 20 s.
    calls = mmc(200, 20, servers=14)
    assert calls.probability_of_waiting == printed(0.1741319, 7)
    assert calls.service_level(seconds=20).of_all_offered == printed(0.88835, 5)
    assert calls.mean_wait_seconds == pytest.approx(7.83593701177724, rel=1e-12)
    assert calls.occupancy == printed(0.7142857, 7)


def test_mmck_matches_examples_in_octave_queueing():
    # Tests of qsmmmk in Octave's queueing package ("an example I found on the web"); held there
    # to 1e-6, with 0.085113 for 0.0851138.
    assert mmck(40, 30, servers=3, room=7).mean_time_in_system == pytest.approx(0.036517, abs=1e-6)
    assert mmck(50, 10, servers=4, room=6).probability_of_loss == pytest.approx(0.293543, abs=1e-6)
    shop = mmck(3, 2, servers=2, room=5)
    assert shop.probability_of_loss == pytest.approx(0.085113, abs=1e-6)
    assert shop.mean_number_in_system == pytest.approx(2.00595, abs=1e-5)
    assert shop.mean_wait == pytest.approx(0.230857, abs=1e-6)


def test_erlang_a_matches_pyworkforce():
    # Stationary metrics of the birth and death chain in the tests of pyworkforce
    # (queuing/tests/test_abandonment.py): the calls above, patience 5 minutes.
    calls = erlang_a(200, 20, servers=14, mean_patience=5 / 60)
    assert calls.probability_of_waiting == printed(0.14526, 5)
    assert calls.probability_of_abandonment == printed(0.013984, 6)
    assert calls.occupancy == printed(0.704297, 6)
    assert calls.mean_wait_minutes == printed(0.069919, 6)
    assert calls.service_level(seconds=20).of_all_offered == printed(0.916792, 6)


def test_machine_repair_matches_kolkmeyer():
    # Anderson, Sweeney and Williams, section 11.8 (page 478 of the edition looked at). The book's
    # "probability that an arriving unit has to wait", 0.5155, is the share of time in which the
    # mechanic is busy; who breaks down sees less.
    one = finite_population(0.05, 0.5, servers=1, population=6)
    assert one.mean_queue_length == printed(0.3297, 4)
    assert one.mean_number_in_system == printed(0.8451, 4)
    assert one.mean_wait == printed(1.279, 3)
    assert one.mean_time_in_system == printed(3.279, 3)
    assert one.occupancy == printed(0.5155, 4)
    assert one.probability_of_waiting < 0.5155
    two = finite_population(0.05, 0.5, servers=2, population=6)
    assert two.mean_wait == printed(0.0834, 4)


# Finite queuing tables of Peck and Hazelwood (1958) for a population of 5, as printed in Heizer
# and Render, Operations Management, module D: service factor X, channels M, probability D of
# having to wait, efficiency F.
PECK_HAZELWOOD = [
    (0.012, 1, 0.048, 0.999),
    (0.025, 1, 0.100, 0.997),
    (0.050, 1, 0.198, 0.989),
    (0.060, 2, 0.020, 0.999),
    (0.060, 1, 0.237, 0.983),
    (0.070, 2, 0.027, 0.999),
    (0.070, 1, 0.275, 0.977),
    (0.080, 2, 0.035, 0.998),
    (0.080, 1, 0.313, 0.969),
    (0.090, 2, 0.044, 0.998),
    (0.090, 1, 0.350, 0.960),
    (0.100, 2, 0.054, 0.997),
    (0.100, 1, 0.386, 0.950),
]


@pytest.mark.parametrize(("factor", "channels", "waits", "efficiency"), PECK_HAZELWOOD)
def test_machine_repair_matches_the_tables_of_peck_and_hazelwood(
    factor, channels, waits, efficiency
):
    shop = finite_population(1 / (1 - factor), 1 / factor, servers=channels, population=5)
    assert shop.probability_of_waiting == printed(waits, 3)
    assert 1 - shop.mean_queue_length / 5 == printed(efficiency, 3)


def test_md1_matches_the_car_wash():
    # A car every ten minutes, six minutes each: Lq = 0.45 (a textbook exercise, its solution
    # quoted at code.policylink.org).
    assert mg1(6, 10, service_scv=0).mean_queue_length == pytest.approx(0.45)


@pytest.mark.parametrize(("use", "minutes"), [(0.25, 20), (0.5, 60), (0.7, 140), (0.99, 5940)])
def test_kingman_matches_the_table_of_invistics(use, minutes):
    # "Kingsman and your plant's utilization": 60 minutes of work, (ca² + cs²) / 2 = 1. The table's
    # 520 minutes at 0.9 is a slip for 540.
    for scvs in ((1, 1), (0.5, 1.5)):
        found = kingman(use, 1, arrival_scv=scvs[0], service_scv=scvs[1])
        assert found.mean_wait_minutes == pytest.approx(minutes)
        assert found.approximate


def test_priorities_mg1_match_the_workstation_after_prabhu():
    # A workstation with hot lots, after Prabhu (1981), table 4.4: 1 and 9 lots an hour, 12 an
    # hour served; 9.545 and 32.27 minutes in the system.
    for found in (
        priorities_mg1([1, 9], [12, 12], service_scvs=[1, 1]),
        priorities_mmc([1, 9], 12, servers=1),
    ):
        assert found[1].mean_time_in_system_minutes == printed(9.545, 3)
        assert found[2].mean_time_in_system_minutes == printed(32.27, 2)


def test_priorities_mmc_match_stevenson_tool_repair():
    # Stevenson, Operations Management (14th edition), examples 8 and 9, page 806: six servers,
    # one an hour each, 2, 2 and 1 tools an hour; .147 hour for the first class.
    assert priorities_mmc([2, 2, 1], 1, servers=6)[1].mean_wait == printed(0.147, 3)


def test_jackson_matches_bolch_example_7_4():
    # Bolch, Greiner, de Meer and Trivedi (1998), example 7.4, quoted in Octave's queueing
    # package; 1 is the processor, 4 the input.
    network = jackson(
        {
            "1": Node(service_rate=1 / 0.04, goes_to={"2": 0.5, "3": 0.5}),
            "2": Node(service_rate=1 / 0.03, goes_to={"1": 1.0}),
            "3": Node(service_rate=1 / 0.06, goes_to={"1": 0.6}),
            "4": Node(service_rate=1 / 0.05, arrival_rate=4, goes_to={"1": 1.0}),
        }
    )
    queues = [network[name] for name in "1234"]
    assert [q.arrival_rate for q in queues] == pytest.approx([20, 10, 10, 4])
    assert [q.utilisation for q in queues] == pytest.approx([0.8, 0.3, 0.6, 0.2])
    assert [q.mean_time_in_system for q in queues] == pytest.approx(
        [0.2, 0.043, 0.15, 0.0625], abs=5e-4
    )
    assert [q.mean_number_in_system for q in queues] == pytest.approx(
        [4, 0.429, 1.5, 0.25], abs=5e-4
    )
    assert network.bottleneck == "1"


def test_jackson_traffic_matches_hillier_and_lieberman():
    # The three facilities of Hillier and Lieberman, as solved in the course
    # health-data-science-OR/stochastic_systems: 5, 10 and 7.5 an hour.
    network = jackson(
        {
            "1": Node(service_rate=10, arrival_rate=1, goes_to={"2": 0.6, "3": 0.3}),
            "2": Node(service_rate=10, servers=2, arrival_rate=4, goes_to={"1": 0.1, "3": 0.3}),
            "3": Node(service_rate=10, arrival_rate=3, goes_to={"1": 0.4, "2": 0.4}),
        }
    )
    assert [q.arrival_rate for q in network.queues.values()] == pytest.approx([5, 10, 7.5])
    # By hand with M/M/1 and M/M/2: 1 + 4/3 + 3 customers.
    assert network.mean_number_in_system == pytest.approx(16 / 3)
    assert network.mean_time_in_system == pytest.approx(2 / 3)
