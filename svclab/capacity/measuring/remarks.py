"""What a reader of an observation's figures must know, found in the observation itself."""

from __future__ import annotations

from collections import Counter

from svclab.capacity.measuring.observation import IN_SERVICE, WAITING, Observation
from svclab.capacity.measuring.waits import overlaps
from svclab.words import count, duration, say

__all__ = ["remarks"]

CUT = 0.05  # share of customers still there at the end from which on the means suffer


def remarks(watch: Observation) -> tuple[str, ...]:
    """Sentences about what is doubtful or missing in what was seen; none if all is well.

    Parameters
    ----------
    watch : Observation
        As it was read.

    Examples
    --------
    >>> from svclab.capacity.measuring import parse_observation
    >>> watch = parse_observation("arrived,started,left\\n12:00,12:01,12:05\\n", servers=1)
    >>> remarks(watch)[0].startswith("The times have no seconds")
    True
    """
    found = [_resolution(watch), _servers(watch), _twice(watch), _cut(watch), _twins(watch)]
    return tuple(sentence for sentence in found if sentence)


def _resolution(watch: Observation) -> str:
    if watch.resolution < 60:
        return ""
    return (
        "The times have no seconds: waits and services of a minute or two cannot be seen in them. "
        "If a spreadsheet hid the seconds, give the cells the format hh:mm:ss and save again."
    )


def _servers(watch: Observation) -> str:
    if not watch.plan:
        return say(
            "The file does not say how many servers were on duty: {n} were busy at once, so there "
            "were at least so many.",
            n=count(watch.most_busy, "server"),
        )
    most = max(servers for _, servers in watch.plan)
    if watch.most_busy <= most:
        return ""
    return say(
        "{busy} were in service at once, with {n} on duty: look at the starts and ends.",
        busy=count(watch.most_busy, "customer"),
        n=count(most, "server"),
    )


def _twice(watch: Observation) -> str:
    twice = overlaps(watch.visits, at_least=2 * watch.resolution)
    if not twice:
        return ""
    server, seconds, line = twice[0]
    return say(
        "Server {server} has two customers at once for {time} from line {line} on, and there are "
        "{n}: a tap too late, or a group served together.",
        server=server,
        time=duration(seconds),
        line=str(line),
        n=count(len(twice), "such overlap"),
    )


def _cut(watch: Observation) -> str:
    cut = watch.outcomes[WAITING] + watch.outcomes[IN_SERVICE]
    if cut <= CUT * watch.came:
        return ""
    return say(
        "{n} of {all} were still there when the watch ended: long waits and services are missing "
        "from the means.",
        n=cut,
        all=watch.came,
    )


def _twins(watch: Observation) -> str:
    names = Counter(v.name for v in watch.visits if v.name)
    twins = [name for name, n in names.items() if n > 1]
    if not twins:
        return ""
    return say(
        "{n} stand in several rows (the first is {first}): look for rows given twice.",
        n=count(len(twins), "customer number"),
        first=twins[0],
    )
