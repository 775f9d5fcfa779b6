"""Markov chains solved without the package's own arithmetic: in fractions, or as matrices."""

import math
from fractions import Fraction

import numpy as np


def exact_chain(births, deaths):
    """Shares of time in a birth and death chain, in fractions."""
    weights = [Fraction(1)]
    for up, down in zip(births, deaths, strict=True):
        weights.append(weights[-1] * Fraction(up) / Fraction(down))
    total = sum(weights)
    return [weight / total for weight in weights]


def by_matrix(births, deaths):
    """The same from the generator matrix: p Q = 0, sum 1."""
    n = len(births) + 1
    q = np.zeros((n, n))
    for i, (up, down) in enumerate(zip(births, deaths, strict=True)):
        q[i, i + 1] += up
        q[i + 1, i] += down
    q -= np.diag(q.sum(axis=1))
    q[:, 0] = 1
    return np.linalg.solve(q.T, np.eye(n)[0])


def transient(generator, start, time):
    """Where a small Markov chain is after a time, by uniformisation.

    In steps short enough that the weight of no jump at all, e^(-speed · step), is above zero.
    """
    speed = -generator.diagonal().min()
    jump = np.eye(len(start)) + generator / speed
    steps = max(1, math.ceil(speed * time / 200))
    mean = speed * time / steps
    now = np.array(start, dtype=float)
    for _ in range(steps):
        weight = math.exp(-mean)
        total, k = weight * now, 0
        while k < mean + 12 * math.sqrt(mean) + 40:
            k += 1
            now = now @ jump
            weight *= mean / k
            total += weight * now
        now = total
    return now
