"""The chapters of the course: the one list that the build, the contents and the tests read.

To add a chapter is to add an entry here, a notebook ``notebooks/NN-name.ipynb`` and a package
``svclab/<package>/``; nothing else names the chapters.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CHAPTERS", "Chapter", "chapter", "contents"]


@dataclass(frozen=True)
class Chapter:
    """One chapter of the course.

    Parameters
    ----------
    number : int
        Its number in the syllabus, 1 to 99.
    slug : str
        The name of its notebook without the number, for example ``process``.
    package : str
        The svclab package that holds its models.
    title, title_zh : str
        Its title in English and in Chinese.
    hours : int
        Class hours.
    stands_on : tuple of str
        Packages of other chapters whose models it uses.

    Examples
    --------
    >>> Chapter(5, "process", "process", "Service process", "服务流程", 5).name
    '05-process'
    """

    number: int
    slug: str
    package: str
    title: str
    title_zh: str
    hours: int  # class hours
    stands_on: tuple[str, ...] = ()

    def uses(self, other: Chapter) -> bool:
        """Whether the other chapter's package is its own or one it stands on."""
        return other.package in (self.package, *self.stands_on)

    @property
    def name(self) -> str:
        """The stem of the notebook and of the page: ``05-process``."""
        return f"{self.number:02d}-{self.slug}"

    @property
    def notebook(self) -> str:
        """Where the notebook lies in the course, with forward slashes."""
        return f"notebooks/{self.name}.ipynb"


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        number=5,
        slug="process",
        package="process",
        title="Service process construction and management",
        title_zh="服务流程构建与管理",
        hours=5,
    ),
    Chapter(
        number=6,
        slug="decisions",
        package="decisions",
        title="Decision models for services",
        title_zh="管理科学应用",
        hours=4,
    ),
    Chapter(
        number=8,
        slug="capacity",
        package="capacity",
        title="Service demand and capacity management",
        title_zh="服务需求与能力管理",
        hours=5,
        stands_on=("process",),
    ),
)


def chapter(name: str) -> Chapter | None:
    """Find a chapter by the stem of its notebook; None if there is no such chapter.

    Examples
    --------
    >>> chapter("05-process").hours
    5
    """
    return next((entry for entry in CHAPTERS if entry.name == name), None)


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
    {'file': '05-process'}
    """
    filled: dict[str, object] = dict(pages)
    files = [{"file": entry.name} for entry in sorted(CHAPTERS, key=lambda entry: entry.number)]
    filled["parts"] = [
        {**part, "chapters": files} if part.get("chapters") == "catalogue" else part
        for part in pages.get("parts", [])
    ]
    return filled
