"""What grading can complain of: errors that stop it, and findings that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KINDS", "Finding", "GradingError", "Kind"]


class GradingError(Exception):
    """Something the instructor can mend: one sentence that says what is wrong and what to do."""


@dataclass(frozen=True)
class Kind:
    """One kind of finding.

    Parameters
    ----------
    title : str
        What the report calls it.
    advice : str
        What to do about it, one sentence.
    urgent : bool, optional
        Whether a mark may be wrong until somebody has looked.
    """

    title: str
    advice: str
    urgent: bool = True


#: Every kind of finding, in the order of the report.
KINDS: dict[str, Kind] = {
    "altered": Kind(
        "Altered record",
        "The record was changed after it was written; it is not graded. Ask for the file again.",
    ),
    "variant": Kind(
        "Somebody else's variant",
        "The numbers are not those of this student; it is not graded. Talk to the student.",
    ),
    "score": Kind(
        "The record claims another score",
        "The mark is the one found by checking the answers anew. Ask how the record was made.",
    ),
    "same-file": Kind(
        "Two students, one file",
        "The files are equal, byte for byte. Talk to both students.",
    ),
    "same-record": Kind(
        "One record in the files of two students",
        "The record counts for the student whose number it carries. Talk to both students.",
    ),
    "owner": Kind(
        "Records of one student in the file of another",
        "They count for the student whose number they carry, where that student's own files "
        "have none. Look at the file.",
    ),
    "unknown-id": Kind(
        "Student number that is not on the roster",
        "These records are not graded. Mend the roster, or ask the student to set the right "
        "number and to answer again.",
    ),
    "practice": Kind(
        "Only practice records",
        "Made without a student number, so they cannot be graded. Ask the student to set the "
        "number and to answer again.",
    ),
    "nothing": Kind(
        "No records in all that a student handed in",
        "Nothing can be graded. Ask for the notebook again: all cells run, the answers checked, "
        "and then saved; or for the file that the page exports.",
    ),
    "document": Kind(
        "Another file in the place of a notebook",
        "Nothing of it is graded. Ask for the notebook, with the answers checked and then saved, "
        "or for the file that the page exports.",
    ),
    "exercise": Kind(
        "Exercise or version that is not known here",
        "It is not graded. Install the course's release with which the record was made.",
    ),
    "time": Kind(
        "Impossible times",
        "Times are written by the student's machine and never change a mark; look whether the "
        "clock was wrong or the record was made by a program.",
    ),
    "late": Kind(
        "Lateness that needs a decision",
        "Enter the time of handing in, in a column “submitted” of the roster.",
    ),
    "file": Kind("File that could not be read", "Ask the student for the file again."),
    "archive": Kind("Zip file that was not read in full", "Unpack it by hand and look inside."),
    "link": Kind("Link or special file", "It was not followed. Look at it by hand."),
    "record": Kind("Record that could not be read", "It is not graded. Look at the file."),
    "many": Kind(
        "More than was read",
        "Only the first ones were read. Look at the file; an option raises the limit.",
    ),
    "rules": Kind("Rule that changes nothing", "Mend the rules and grade again."),
    "roster": Kind("Roster", "Mend the roster and grade again."),
    "parts": Kind("Parts entered by hand", "Mend the file of the parts and grade again."),
    "empty": Kind("File without records", "Nothing to grade in it.", urgent=False),
    "older": Kind(
        "Earlier version of an exercise",
        "Graded by the version that the student was dealt.",
        urgent=False,
    ),
    "device": Kind(
        "One device, two students",
        "Common in a computer room; otherwise ask.",
        urgent=False,
    ),
}


@dataclass(frozen=True, order=True)
class Finding:
    """Something that a person should look at.

    Parameters
    ----------
    kind : str
        A key of :data:`KINDS`.
    where : str
        The file, as it lies in the submissions; ``""`` for none.
    student : str
        The student's number; ``""`` if not known.
    sentence : str
        What was found.
    """

    kind: str
    where: str
    student: str
    sentence: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of finding; use one of {', '.join(KINDS)}")
