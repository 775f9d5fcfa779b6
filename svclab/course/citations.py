"""Citations: plain "Hammer (1990)" in a notebook, a link to the references on the page.

A notebook must read well in JupyterLab, which does not know the roles of the book. So authors
write names and years, and the build turns those that stand in references.bib into citations.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

__all__ = ["cited", "labels", "link", "unknown"]

# Surnames, then a year in brackets or after a space inside brackets.
NAMED = re.compile(r"((?:[A-Z][\w'’-]+(?:,? (?:and|&) |, | and others)?)+) ?\((1[89]\d\d|20\d\d)\)")


def _surnames(entry: Any) -> str:
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(p.prelast_names + p.last_names).strip("{}") for p in persons]
    if len(names) > 3:
        return f"{names[0]} and others"
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]


def labels(bibliography: Path) -> dict[str, str]:
    """Key of each entry by its label, such as ``"Hammer 1990"``.

    Parameters
    ----------
    bibliography : Path
        The .bib file.

    Returns
    -------
    dict
        Label to key; of three authors all are named, of more the first "and others".
    """
    # Comes with the site group; a student who only runs notebooks does without.
    from pybtex.database import parse_file

    found = {}
    for key, entry in parse_file(str(bibliography)).entries.items():
        if "year" in entry.fields:
            found[f"{_surnames(entry)} {entry.fields['year']}"] = key
    return found


def _patterns(known: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    # Longest first: "Hammer and Champy (1993)" before "Champy (1993)".
    found = []
    for label in sorted(known, key=len, reverse=True):
        names, year = label.rsplit(" ", 1)
        found.append((re.compile(rf"\b{re.escape(names)} \({year}\)"), known[label]))
    return found


def link(markdown: str, known: dict[str, str]) -> str:
    """Turn the known citations of a text into roles of sphinxcontrib-bibtex.

    Examples
    --------
    >>> link("Hammer (1990) said so; see Little (1961).", {"Hammer 1990": "hammer1990"})
    '{cite:t}`hammer1990` said so; see Little (1961).'
    """
    for pattern, key in _patterns(known):
        markdown = pattern.sub(f"{{cite:t}}`{key}`", markdown)
    return markdown


def cited(markdown: str, known: dict[str, str]) -> set[str]:
    """Keys of the works that a text cites."""
    return {key for pattern, key in _patterns(known) if pattern.search(markdown)}


def unknown(markdown: str, known: dict[str, str]) -> list[str]:
    """What looks like a citation and is not in the bibliography.

    Examples
    --------
    >>> unknown("Nobody (1990) said so.", {"Hammer 1990": "hammer1990"})
    ['Nobody (1990)']
    """
    rest = link(markdown, known)
    return [match.group(0) for match in NAMED.finditer(rest)]
