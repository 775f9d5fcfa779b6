"""How much grading reads, so that no file can take all time or all memory."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEGABYTE", "Limits"]

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The limits of one run.

    Parameters
    ----------
    file_bytes : int
        Of one notebook, exported file or zip inside a zip.
    archive_bytes : int
        What all files of one zip may have when unpacked.
    inner_bytes : int
        The same for a zip inside a zip.
    entries, inner_entries : int
        Files in a zip, and in a zip inside a zip.
    ratio : int
        How many times larger a file of more than ten megabytes may become when unpacked.
    values : int
        JSON values in one file, counted by its commas, colons and brackets.
    records, salts : int
        Records, and different salts, that are read from one file.
    files : int
        Files and folders in the submissions.
    seconds : float
        Time for one file, or for one zip inside a zip.
    """

    file_bytes: int = 40 * MEGABYTE
    archive_bytes: int = 8_000 * MEGABYTE
    inner_bytes: int = 200 * MEGABYTE
    entries: int = 20_000
    inner_entries: int = 500
    ratio: int = 200
    values: int = 4_000_000
    records: int = 2_000
    salts: int = 300  # a notebook has a new one in each session
    files: int = 100_000
    seconds: float = 60.0
