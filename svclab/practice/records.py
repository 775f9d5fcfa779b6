"""Answer records: what a notebook's output and the page's export hold, and grading reads.

A record proves that its answers fit the numbers of the student whose hash it carries. It does
not prove who typed them. Tries, hints and times are what the student's own device says. The
checksum finds accidents, not forgery. There is no float in a record, so that it comes through
JavaScript unchanged.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from svclab.practice.feedback import Feedback
from svclab.practice.variants import Variant, normal_id

__all__ = [
    "MIME",
    "SCHEMA",
    "Record",
    "checksum",
    "container",
    "kept",
    "key_hash",
    "make",
    "read",
    "student_hash",
]

#: Output type of a cell that holds records.
MIME = "application/vnd.svclab.record+json"
#: The schema that is written; all earlier ones are read.
SCHEMA = 1
#: Records that one document may hold.
MOST = 5000
#: Characters of one record's answers at most, as JSON.
LONGEST = 30_000

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
_HEX = re.compile(r"[0-9a-f]+\Z")


@dataclass(frozen=True)
class Record:
    """One answer as it was recorded; ``data`` holds everything, unknown fields too."""

    exercise: str
    version: int
    salt: str
    hash: str
    practice: int | None
    variant: str
    answers: Mapping[str, Any]
    score: int
    tries: int
    hints: int
    solution: bool
    began: str | None
    time: str
    host: str
    intact: bool  # the checksum fits
    data: Mapping[str, Any] = field(repr=False)

    def of(self, student: str) -> bool:
        """Whether it carries this student's hash.

        Parameters
        ----------
        student : str
            The student's number.
        """
        return bool(self.hash) and self.hash == student_hash(student, self.salt)


def student_hash(student: str, salt: str) -> str:
    """The salted hash of a student's number: 32 hexadecimal digits.

    It keeps numbers out of files that are passed on. Student numbers are short, so whoever tries
    all of them finds the number: it is no secret.

    Examples
    --------
    >>> student_hash("2026-0417", "00ff") == student_hash(" 2026-0417 ", "00ff")
    True
    """
    return key_hash(normal_id(student), salt)


def key_hash(key: str, salt: str) -> str:
    """The same of a number as :func:`~svclab.practice.normal_id` gives it."""
    return hashlib.sha256(f"{salt}/{key}".encode()).hexdigest()[:32]


def checksum(record: Mapping[str, Any]) -> str:
    """The checksum over all other fields of a record."""
    rest = {name: value for name, value in record.items() if name != "checksum"}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def make(
    variant: Variant,
    feedback: Feedback,
    answers: Mapping[str, Any],
    *,
    student: str | None,
    practice: int,
    salt: str,
    time: str,
    began: str | None,
    tries: int,
    hints: int,
    solution: bool,
    host: str,
) -> dict[str, Any]:
    """A record as plain data, with its checksum.

    Parameters
    ----------
    variant, feedback, answers
        What was dealt, said and typed.
    student : str or None
        The student's number; only its salted hash is stored.
    practice : int
        Which practice draw, if there is no student.
    salt : str
        16 random hexadecimal digits of the device.
    time, began : str
        UTC, as ``2026-11-21T12:05:10Z``.
    tries, hints : int
        Tries so far with this one, and hints used.
    solution : bool
        Whether the worked solution had been opened before.
    host : str
        ``page`` or ``jupyter``.
    """
    who = {"salt": salt, "hash": student_hash(student, salt)} if student is not None else None
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "exercise": variant.exercise.name,
        "version": variant.exercise.version,
        "student": who,
        "practice": None if student is not None else practice,
        "variant": variant.key,
        "answers": _without_floats(answers),
        "score": feedback.score,
        "tries": tries,
        "hints": hints,
        "solution": solution,
        "began": began,
        "time": time,
        "host": host,
    }
    return {**record, "checksum": checksum(record)}


def _without_floats(value: Any) -> Any:
    """Numbers from code become text: 60.0 and 60 are two things in JSON, and one in JavaScript."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(key): _without_floats(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_floats(item) for item in value]
    return value


def kept(before: Sequence[Mapping[str, Any]], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of all records of one exercise the best and the last; one if they are the same.

    Records of another student, variant or version than the new one are left out: they belong
    to other numbers.
    """
    same = [one for one in before if _same_numbers(one, new)]
    best = max([*same, new], key=lambda one: one.get("score", 0))
    return [dict(new)] if best is new else [dict(best), dict(new)]


def _same_numbers(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(key) == other.get(key) for key in ("exercise", "version", "variant"))


def container(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The document that a cell's output and the page's export hold."""
    return {"schema": SCHEMA, "records": [dict(one) for one in records]}


def read(document: Any) -> tuple[list[Record], list[str]]:
    """Read a document of any schema; what cannot be read is named, and the rest is given.

    Parameters
    ----------
    document : dict
        What ``json`` made of a cell's output or of an export file.

    Returns
    -------
    records : list of Record
        In the order of the document.
    problems : list of str
        A sentence for each record that could not be read.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("records"), list):
        return [], ["This is no file of exercise records."]
    schema = document.get("schema")
    if isinstance(schema, bool) or not isinstance(schema, int) or not 1 <= schema <= SCHEMA:
        return [], [f"Records of schema {str(schema)[:20]} are not known here: update svclab."]
    given = document["records"]
    problems = []
    if len(given) > MOST:
        problems.append(f"There are {len(given)} records; only the first {MOST} are read.")
    found = []
    for number, one in enumerate(given[:MOST], start=1):
        try:
            found.append(_record(one))
        except ValueError as problem:
            problems.append(f"Record {number}: {problem}.")
            if len(problems) > 20:
                problems.append("More records could not be read.")
                break
    return found, problems


def _record(one: Any) -> Record:
    if not isinstance(one, Mapping):
        raise ValueError("it is no record")
    try:
        answers = json.dumps(one.get("answers"), allow_nan=False)
        intact = one.get("checksum") == checksum(one)
    except (ValueError, TypeError, RecursionError):
        raise ValueError("its answers hold what no answer can be") from None
    if len(answers) > LONGEST:
        raise ValueError("its answers are too long")
    if not isinstance(one.get("answers"), Mapping):
        raise ValueError("it has no answers")
    student = one.get("student")
    if student is not None and not isinstance(student, Mapping):
        raise ValueError("its student is no salted hash")
    who = student or {}
    return Record(
        exercise=_text(one, "exercise", 80),
        version=_whole(one, "version", 1),
        salt=_hex(who, "salt") if student is not None else "",
        hash=_hex(who, "hash") if student is not None else "",
        practice=None if student is not None else _whole(one, "practice", 0),
        variant=_hex(one, "variant"),
        answers=one["answers"],
        score=min(_whole(one, "score", 0), 100),
        tries=_whole(one, "tries", 0),
        hints=_whole(one, "hints", 0),
        solution=one.get("solution") is True,
        began=_time(one, "began") if one.get("began") is not None else None,
        time=_time(one, "time"),
        host=_text(one, "host", 20),
        intact=intact,
        data=one,
    )


def _text(one: Mapping[str, Any], name: str, longest: int) -> str:
    value = one.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise ValueError(f"its {name} is missing or too long")
    return value


def _whole(one: Mapping[str, Any], name: str, least: int) -> int:
    value = one.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 2**31:
        raise ValueError(f"its {name} is no whole number from {least}")
    return value


def _hex(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    if not isinstance(value, str) or len(value) > 64 or not _HEX.match(value):
        raise ValueError(f"its {name} is not made of hexadecimal digits")
    return value


def _time(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    if not isinstance(value, str) or not _TIME.match(value):
        raise ValueError(f"its {name} is no time such as 2026-11-21T12:05:10Z")
    return value
