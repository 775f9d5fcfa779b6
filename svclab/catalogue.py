"""The chapters of the course: the one list that the maps, the build and the tests read.

To add a chapter is to move its entry from ``PLANNED`` to ``CHAPTERS``, with a notebook
``notebooks/NN-name.ipynb`` and a package ``svclab/<package>/``; nothing else names the chapters.
"""

from __future__ import annotations

from dataclasses import dataclass

from svclab.words import say

__all__ = ["CHAPTERS", "PLANNED", "Chapter", "Planned", "called", "chapter", "named", "numbered"]


@dataclass(frozen=True)
class Planned:
    """A chapter that the course will have.

    Parameters
    ----------
    number : int
        Its number in the syllabus.
    short, title_zh : str
        What it is called on a map and in a list, in English and in Chinese.
    """

    number: int
    short: str
    title_zh: str


@dataclass(frozen=True)
class Chapter:
    """One chapter of the course.

    Parameters
    ----------
    number : int
        Its number in the syllabus, 0 to 99.
    slug : str
        The name of its notebook without the number, for example ``process``.
    package : str
        The svclab package that holds its models.
    title, title_zh : str
        Its title in English and in Chinese.
    short : str
        What it is called on a map, where there is little room.
    hours : int
        Class hours of 45 minutes.
    asks : str
        The question that it answers, in one sentence that a newcomer understands.
    after : tuple of int
        Numbers of the chapters that a reader should know first.
    stands_on : tuple of str
        Packages of other chapters whose models it, or its notebook, uses.

    Examples
    --------
    >>> Chapter(5, "process", "process", "Service process", "服务流程", "Process", 5, "").name
    '05-process'
    """

    number: int
    slug: str
    package: str
    title: str
    title_zh: str
    short: str
    hours: int  # class hours
    asks: str
    after: tuple[int, ...] = ()
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
        number=0,
        slug="getting-started",
        package="basics",
        title="Getting started",
        title_zh="开始使用",
        short="Getting started",
        hours=1,
        asks="How do I read a page of this course, answer an exercise and change a line of Python?",
    ),
    Chapter(
        number=1,
        slug="introduction",
        package="introduction",
        title="Introduction",
        title_zh="导论",
        short="Introduction",
        hours=2,
        asks="What does a manager of a service do, and when does bad service feed on itself?",
        after=(0,),
    ),
    Chapter(
        number=2,
        slug="strategy",
        package="strategy",
        title="Service competitive strategy",
        title_zh="服务竞争战略",
        short="Strategy",
        hours=2,
        asks="Where does a service stand among others, what should it do next, and is it worth it?",
        after=(1,),
        stands_on=("capacity", "decisions"),
    ),
    Chapter(
        number=5,
        slug="process",
        package="process",
        title="Service process construction and management",
        title_zh="服务流程构建与管理",
        short="Process",
        hours=5,
        asks="Which step of a service limits it, and how is the service built better?",
    ),
    Chapter(
        number=6,
        slug="decisions",
        package="decisions",
        title="Decision models for services",
        title_zh="管理科学应用",
        short="Decision models",
        hours=4,
        asks="What is the best use of what we have, and what is more of it worth?",
    ),
    Chapter(
        number=8,
        slug="capacity",
        package="capacity",
        title="Service demand and capacity management",
        title_zh="服务需求与能力管理",
        short="Demand and capacity",
        hours=5,
        asks="Why do people wait, how many clerks does it take, and what else can be done?",
        after=(5,),
        stands_on=("process",),
    ),
)

PLANNED: tuple[Planned, ...] = (
    Planned(3, "Customer needs", "了解顾客需求"),
    Planned(4, "Service design", "服务设计"),
    Planned(7, "Quality", "服务质量管理"),
    Planned(9, "Location and promotion", "选址与促销"),
    Planned(10, "Pricing", "服务定价"),
    Planned(11, "Staff", "服务员工管理"),
    Planned(12, "Information technology", "信息技术"),
    Planned(13, "Risk", "风险管理"),
    Planned(14, "Cost", "成本管理"),
    Planned(15, "Data analysis", "数据分析"),
    Planned(16, "Improvement", "持续改进"),
    Planned(17, "Case studies", "案例研究"),
)


def chapter(name: str) -> Chapter | None:
    """Find a chapter by the stem of its notebook; None if there is no such chapter.

    Examples
    --------
    >>> chapter("05-process").hours
    5
    """
    return next((entry for entry in CHAPTERS if entry.name == name), None)


def numbered() -> dict[int, Chapter | Planned]:
    """All chapters by number, written and planned, in the order of the course.

    Examples
    --------
    >>> numbered()[7].short
    'Quality'
    """
    every: tuple[Chapter | Planned, ...] = (*CHAPTERS, *PLANNED)
    return {entry.number: entry for entry in sorted(every, key=lambda entry: entry.number)}


def named(number: int) -> str:
    """A chapter on a map: its number and its short names.

    Examples
    --------
    >>> named(5)
    '5 Process 服务流程构建与管理'
    """
    entry = numbered()[number]
    return say("{n} {title} {zh}", n=number, title=entry.short, zh=entry.title_zh)


def called(number: int) -> str:
    """A chapter in a list: its name, and whether it is only planned.

    Examples
    --------
    >>> called(7)
    '7 Quality 服务质量管理 (planned)'
    """
    planned = isinstance(numbered()[number], Planned)
    return say("{name} (planned)", name=named(number)) if planned else named(number)
