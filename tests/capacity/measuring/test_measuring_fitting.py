"""Fitted distributions: against SciPy's fits, and against samples whose distribution is known."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy import stats

from svclab.capacity.measuring import Times, fit_times
from svclab.capacity.simulation.sampling import check_spread

DRAWS = {
    "exponential": lambda draw, n: draw.exponential(50, n),
    "gamma": lambda draw, n: draw.gamma(2.5, 20, n),
    "lognormal": lambda draw, n: draw.lognormal(3.7, 0.7, n),
}


def seen(times: np.ndarray, draw: np.random.Generator, step: float = 1.0) -> list[float]:
    """As a watcher writes them: start and end in whole seconds."""
    starts = draw.random(times.size)
    return list(np.floor(starts + times / step) * step)


def test_the_parameters_are_scipys_most_likely_ones() -> None:
    times = np.random.default_rng(1).gamma(2.5, 20, 200)
    fits = {fit.name: fit for fit in fit_times(list(times), resolution=0, samples=99).fits}
    shape, _, scale = stats.gamma.fit(times, floc=0)
    # SciPy stops its search earlier than Newton's method does.
    assert fits["gamma"].parameters == pytest.approx({"a": shape, "scale": scale}, rel=1e-4)
    s, _, scale = stats.lognorm.fit(times, floc=0)
    assert fits["lognormal"].parameters == pytest.approx({"s": s, "scale": scale}, rel=1e-4)
    assert fits["exponential"].mean == pytest.approx(times.mean(), rel=1e-12)
    frozen = {
        "gamma": stats.gamma(shape, scale=fits["gamma"].parameters["scale"]),
        "lognormal": stats.lognorm(s, scale=scale),
    }
    for name, distribution in frozen.items():
        assert fits[name].log_likelihood == pytest.approx(
            distribution.logpdf(times).sum(), rel=1e-6
        )
        wanted = distribution.var() / distribution.mean() ** 2
        assert fits[name].scv == pytest.approx(wanted, rel=1e-3)


def test_the_distance_is_scipys_anderson_darling_for_the_exponential() -> None:
    times = np.random.default_rng(2).exponential(50, 80)
    fits = {fit.name: fit for fit in fit_times(list(times), resolution=0, samples=99).fits}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        wanted = stats.anderson(times, "expon").statistic
    assert fits["exponential"].distance == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("name", list(DRAWS))
def test_a_true_distribution_is_rejected_no_more_often_than_promised(name: str) -> None:
    """60 samples of 60 rounded times; with 99 bootstrap samples the rate is exactly 0.05 up to
    what the estimates change. The false-alarm rate of this test is 1e-6."""
    draw, rejected = np.random.default_rng(3), 0
    for seed in range(60):
        found = fit_times(seen(DRAWS[name](draw, 60), draw), samples=99, seed=seed)
        rejected += next(fit for fit in found.fits if fit.name == name).rejected
    assert rejected <= stats.binom.isf(1e-6, 60, 0.06)


@pytest.mark.parametrize("name", list(DRAWS))
def test_among_many_times_the_right_one_is_found_and_others_are_rejected(name: str) -> None:
    draw = np.random.default_rng(4)
    found = fit_times(seen(DRAWS[name](draw, 1500), draw), samples=99)
    # The exponential is a gamma too, so both may stand.
    assert found.best.name in ({"exponential", "gamma"} if name == "exponential" else {name})
    assert not found.best.rejected
    assert [fit.name for fit in found.fits if fit.rejected] or name == "exponential"


def test_two_kinds_of_customers_fit_none_and_that_is_said() -> None:
    draw = np.random.default_rng(5)
    mixed = np.concatenate([draw.normal(20, 1.5, 150), draw.normal(200, 8, 150)])
    found = fit_times(list(mixed), samples=99)
    assert all(fit.rejected for fit in found.fits)
    assert "none of the three describes these times" in " ".join(found.sentences())


def test_times_of_zero_are_taken_as_half_a_second() -> None:
    draw = np.random.default_rng(6)
    values = [0.0, 0.0, *seen(draw.exponential(5, 100), draw)]
    found = fit_times(values, samples=99)
    assert found.lifted >= 2
    assert all(np.isfinite([fit.aic, fit.distance]).all() for fit in found.fits)
    assert not next(fit for fit in found.fits if fit.name == "exponential").rejected


def test_a_simulation_understands_the_fitted_spread() -> None:
    draw = np.random.default_rng(8)
    for fit in fit_times(list(draw.gamma(2, 30, 100)), samples=99).fits:
        check_spread("service", fit.spread)


def test_the_same_seed_gives_the_same_answer() -> None:
    times = Times("service", tuple(np.random.default_rng(9).gamma(2, 30, 60)))
    assert fit_times(times, samples=99) == fit_times(times, samples=99)


@pytest.mark.parametrize(
    ("times", "hint"),
    [
        ([1.0] * 5, "too few to fit"),
        ([3.0] * 30, "all times are equal"),
        ([-1.0, *range(30)], "zero or more"),
        ([float("nan"), *range(30)], "zero or more"),
    ],
)
def test_what_cannot_be_fitted_is_told(times: list[float], hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        fit_times(times)
