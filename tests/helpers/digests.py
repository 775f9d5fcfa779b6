"""Digests of all released variants: those committed, and a program that counts them anew."""

from __future__ import annotations

import json
from pathlib import Path

from svclab.course.released import DIGESTS

__all__ = ["ROOT", "committed", "program"]

ROOT = Path(__file__).resolve().parents[2]


def committed() -> dict[str, dict[str, str]]:
    """Exercise and version to the digest in the repository."""
    found: dict[str, dict[str, str]] = json.loads((ROOT / DIGESTS).read_text(encoding="utf-8"))
    return found


def program(course: str, wanted: dict[str, dict[str, str]]) -> str:
    """Python that gives, as its last expression, the same table as JSON; ``course``: its folder."""
    return (
        "import json, sys\n"
        f"sys.path.insert(0, {course!r})\n"
        "from svclab.practice import class_of, digest, find\n"
        f"wanted = json.loads({json.dumps(wanted)!r})\n"
        "json.dumps({name: {v: digest(class_of(find(name, int(v)))) for v in versions}"
        " for name, versions in wanted.items()})\n"
    )
