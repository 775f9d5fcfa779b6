"""The book's table of contents, with the chapters of the catalogue in it."""

from __future__ import annotations

from svclab.catalogue import CHAPTERS

__all__ = ["contents"]


def contents(pages: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    """Fill the chapters into the book's table of contents.

    Parameters
    ----------
    pages : dict
        The content of ``book/_toc.yml``. A part with ``chapters: catalogue`` receives the
        chapters, in the order of their numbers.

    Returns
    -------
    dict
        A table of contents as Jupyter Book reads it.

    Examples
    --------
    >>> toc = contents({"parts": [{"caption": "Chapters", "chapters": "catalogue"}]})
    >>> toc["parts"][0]["chapters"][0]
    {'file': '00-getting-started'}
    """
    filled: dict[str, object] = dict(pages)
    files = [{"file": entry.name} for entry in sorted(CHAPTERS, key=lambda entry: entry.number)]
    filled["parts"] = [
        {**part, "chapters": files} if part.get("chapters") == "catalogue" else part
        for part in pages.get("parts", [])
    ]
    return filled
