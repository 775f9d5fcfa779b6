"""The sentence with which the field kit sums up a watch: its numbers add up."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from svclab import web
from svclab.course.node import find_node

SCRIPT = """
const [web, taps, inLine] = JSON.parse(process.argv[1]);
const { newSession, summaryOf } = await import(`${web}/fieldkit-session.mjs`);
const { summed } = await import(`${web}/fieldkit-view.mjs`);
const watch = newSession({ id: "a", began: 1e12, offset: 0, inLine });
watch.taps.push(...taps);
process.stdout.write(summed(summaryOf(watch, watch.taps.at(-1)[0])));
"""


def summed(taps: list[list[object]], in_line: int) -> str:
    """The sentence for a watch with these taps."""
    folder = Path(web.__path__[0]).as_uri()
    run = subprocess.run(
        [find_node().program, "--input-type=module", "-e", SCRIPT, json.dumps([folder, taps,
                                                                               in_line])],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return run.stdout


ARRIVED = [[1000 * k, "arrive", k, 0] for k in range(2, 10)] + [[9500, "balk", 10, 0]]
SERVED = [[9600, "start", 1, 1], [9800, "leave", 1, 1], [9900, "start", 2, 1]]


@pytest.mark.parametrize("more", [[], SERVED])
def test_who_was_in_line_before_is_counted_so_that_the_numbers_add_up(
    more: list[list[object]],
) -> None:
    said = summed([*ARRIVED, *more, [10000, "end", 0, 0]], 1)
    came, _, _, before, served, away, still = map(int, re.findall(r"\d+", said)[:7])
    assert (came, before) == (9, 1)
    assert came + before == served + away + still


def test_a_watch_without_a_service_to_its_end_says_so() -> None:
    said = summed([[1000, "arrive", 1, 0], [2000, "end", 0, 0]], 0)
    assert "no service seen to its end" in said
    assert "already in line" not in said
