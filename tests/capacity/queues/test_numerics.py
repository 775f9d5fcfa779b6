"""The arithmetic below the formulas against whole numbers of any size."""

import math
from fractions import Fraction

import pytest

from svclab.capacity.queues.numerics import deviance, log_poisson, stirling_remainder


def test_poisson_and_stirling_match_exact_factorials():
    for n in (1, 5, 14, 15, 16, 100, 1000):
        exact = math.log(math.factorial(n))
        stirling = 0.5 * math.log(2 * math.pi * n) + n * math.log(n) - n
        assert stirling + stirling_remainder(n) == pytest.approx(exact, rel=1e-14)
        for mean in (Fraction(n, 3), Fraction(n), Fraction(3 * n, 2)):
            # meanⁿ / n! in fractions; e⁻ᵐᵉᵃⁿ as a logarithm.
            weight = mean**n / math.factorial(n)
            log = math.log(weight.numerator) - math.log(weight.denominator) - float(mean)
            assert log_poisson(n, float(mean)) == pytest.approx(log, rel=1e-11, abs=1e-11)
    assert log_poisson(0, 2.5) == -2.5
    assert log_poisson(3, 0.0) == -math.inf
    assert deviance(1 + 1e-9) == pytest.approx(5e-19, rel=1e-6)


@pytest.mark.parametrize("ratio", [1e-6, 0.5, 0.899, 0.901, 1 - 1e-7, 1 + 1e-7, 1.099, 1.101, 40.0])
def test_deviance_matches_its_series_or_its_definition(ratio):
    """x - 1 - ln x in fractions: the logarithm as 2 artanh((x - 1) / (x + 1))."""
    x = Fraction(ratio)
    if not 0.3 < ratio < 3:
        assert deviance(ratio) == pytest.approx(ratio - 1 - math.log(ratio), rel=1e-14)
        return
    z = (x - 1) / (x + 1)
    logarithm = 2 * sum(z ** (2 * k + 1) / (2 * k + 1) for k in range(60))
    assert deviance(ratio) == pytest.approx(float(x - 1 - logarithm), rel=1e-12)
