"""The list of exercises for those who write them, and the digests that hold their variants."""

from __future__ import annotations

import json

from rich.table import Table

from svclab.course.places import CourseError, Places
from svclab.practice import Field, class_of, deal, digest, find, listed
from svclab.practice.registry import versions
from svclab.words import count

__all__ = ["DIGESTS", "digests", "freeze", "overview", "sheet"]

#: A digest of 500 variants for each released version.
DIGESTS = "tests/practice/digests.json"


def digests() -> dict[str, dict[str, str]]:
    """The digest of each version of each exercise, as they are now."""
    return {
        one.name: {
            str(version): digest(class_of(find(one.name, version)))
            for version in versions(one.name)
        }
        for one in sorted(listed(), key=lambda one: one.name)
    }


def freeze(places: Places) -> list[str]:
    """Write down the digests of new versions; from then on these versions may not change.

    Parameters
    ----------
    places : Places
        The clone.

    Returns
    -------
    list of str
        The versions that were added.

    Raises
    ------
    CourseError
        If a released version deals other variants than before, or is gone.
    """
    path = places.root / DIGESTS
    old = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    new = digests()
    for name, known in old.items():
        for version, mark in known.items():
            now = new.get(name, {}).get(version)
            if now is None:
                raise CourseError(
                    f"{name}, version {version}: it was released and must stay gradable; "
                    "put its class into the chapter's tuple 'older'."
                )
            if now != mark:
                raise CourseError(
                    f"{name}, version {version}: it deals other variants than when it was "
                    "released; raise its version and keep the old class in 'older'."
                )
    added = [
        f"{name}, version {version}"
        for name, marks in new.items()
        for version in marks
        if version not in old.get(name, {})
    ]
    path.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return added


def overview(package: str | None = None) -> Table:
    """All exercises, or those of one chapter, as a table for the terminal."""
    table = Table(box=None, header_style="bold")
    table.add_column("Exercise", no_wrap=True)
    table.add_column("Title")
    table.add_column("Level", no_wrap=True)
    for title in ("Goal", "Pts", "Min", "Ver"):
        table.add_column(title, justify="right", no_wrap=True)
    try:
        found = listed(package)
    except ValueError as problem:
        raise CourseError(f"{problem}.") from None
    for one in found:
        level = one.level if one.core else f"{one.level}, extra"
        cells = (one.objective, one.points, one.minutes, one.version)
        table.add_row(one.name, one.title, level, *map(str, cells))
    return table


def _asked(field: Field) -> str:
    """A field with its unit, and with everything that can be chosen in it."""
    told = field.declaration()
    unit = told.get("unit", "")
    where = f" ({unit})" if unit else ""
    code = f" (`{told['signature']}`)" if "signature" in told else ""
    lines = [f"- {told['label']}{where}{code}" + (f". {told['help']}" if told["help"] else "")]
    for key in ("options", "items", "rows"):
        lines += [f"  - {one['label']}" for one in told.get(key, ())]
    for column in told.get("columns", ()):
        labels = [one["label"] for one in column.get("options", ())]
        choice = ": " + ", ".join(labels) if labels else ""
        lines.append(f"  - in each row: {column['label']}{choice}")
    return "\n".join(lines)


def sheet(name: str, student: str | None = None) -> str:
    """One exercise on one sheet, for the instructor: everything, in Markdown.

    Parameters
    ----------
    name : str
        Such as ``process.bottleneck``.
    student : str, optional
        Whose numbers; None for the first practice draw.

    Raises
    ------
    CourseError
        If there is no such exercise, or it cannot be a student number.
    """
    try:
        exercise = find(name)
        variant = deal(exercise, student)
    except ValueError as problem:
        raise CourseError(f"{problem}.") from None
    points = count(exercise.points, "point")
    hints = [f"{n}. {hint}" for n, hint in enumerate(exercise.hints(variant.p), start=1)]
    wrong = [f"- {one.sentence}" for one in exercise.misconceptions()]
    parts = [
        f"# {exercise.title}",
        f"{exercise.name}, version {exercise.version}, {exercise.level}, {points}",
        exercise.question(variant.p),
        "\n".join(["## What is asked for", "", *map(_asked, variant.fields)]),
        "\n".join(["## Hints", "", *hints]),
        "\n".join(["## What is recognised", "", *wrong]),
        "\n".join(["## Solution", "", exercise.solution(variant.p)]),
    ]
    return "\n\n".join(parts)
