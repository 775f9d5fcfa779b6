"""What an exercise is: a class of a few methods, all of them pure functions of the variant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Any, ClassVar

from svclab.practice.compound import PlanScore
from svclab.practice.drawing import Draw
from svclab.practice.fields import Field

__all__ = ["LEVELS", "Exercise", "Misconception", "Numbers", "misconception"]

LEVELS = ("easy", "medium", "demanding")


class Numbers:
    """The numbers of one variant, as attributes: ``p.demand``.

    Examples
    --------
    >>> p = Numbers({"demand": 90})
    >>> p.demand, p
    (90, Numbers(demand=90))
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:  # only asked for what is not there
        known = ", ".join(self.__dict__)
        raise AttributeError(f"this variant has no {name!r}; deal() gave {known}")

    def __repr__(self) -> str:
        return f"Numbers({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"


# Of an exercise and the numbers of a variant: an author writes them as methods.
Model = Callable[[Any, Any], Mapping[str, Any] | None]
Solver = Callable[[Any, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Misconception:
    """A wrong model, and the sentence that names the thought behind it.

    Parameters
    ----------
    name : str
        The name of its method.
    sentence : str
        What the student is told; it never holds the right value.
    model : callable
        Takes the exercise and the variant's numbers; gives the answers to which the thought
        leads, for the fields it touches, or None where it does not apply.
    """

    name: str
    sentence: str
    model: Model


def misconception(sentence: str) -> Callable[[Model], Misconception]:
    """Mark a method of an exercise as a wrong model.

    Parameters
    ----------
    sentence : str
        Which thought leads to this answer, and what it overlooks.

    Examples
    --------
    >>> @misconception("You added the capacities.")
    ... def summed(self, p):
    ...     return {"capacity": p.first + p.second}
    >>> summed.name
    'summed'
    """

    def mark(model: Model) -> Misconception:
        return Misconception(model.__name__, " ".join(sentence.split()), model)

    return mark


def _kept(solve: Solver) -> Solver:
    """The same method, worked out once for the same numbers.

    One after the other sound(), dealing, the wrong models and the texts ask for the right values.
    """
    found = lru_cache(maxsize=4)(solve)  # numbers are told apart by which object they are

    @wraps(solve)
    def kept(exercise: Any, p: Any) -> dict[str, Any]:
        return dict(found(exercise, p))  # a copy: whoever asks may change it

    return kept


class Exercise:
    """An exercise; a chapter's exercises are subclasses with these attributes and methods.

    Attributes
    ----------
    title : str
        A short name.
    version : int
        Raised whenever the dealing, the fields, the tolerance or the solver change a variant.
    objective : int
        The number of the chapter's objective that it tests.
    level : str
        ``easy``, ``medium`` or ``demanding``.
    core : bool
        False for an exercise of an extra section.
    points : int
        What a full answer is worth, unless the course's rules say otherwise.
    minutes : int
        How long it takes.
    engine : str
        ``"highs"`` if it solves a linear program, else ``"python"``.

    Notes
    -----
    :meth:`deal`, :meth:`question`, :meth:`fields`, :meth:`solve`, :meth:`hints` and
    :meth:`solution` must be written; the others have sensible defaults.
    """

    title: ClassVar[str]
    version: ClassVar[int] = 1
    objective: ClassVar[int]
    level: ClassVar[str]
    core: ClassVar[bool] = True
    points: ClassVar[int] = 1
    minutes: ClassVar[int] = 5
    engine: ClassVar[str] = "python"
    _misconceptions: ClassVar[tuple[Misconception, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        level = getattr(cls, "level", LEVELS[0])
        if level not in LEVELS:
            raise ValueError(f"{cls.__name__}: level {level!r} must be one of {', '.join(LEVELS)}")
        if cls.version < 1 or cls.points < 0:
            raise ValueError(f"{cls.__name__}: version starts at 1 and points at 0")
        if "solve" in vars(cls):
            cls.solve = _kept(cls.solve)  # type: ignore[assignment, method-assign]
        cls._misconceptions = _written(cls)

    @cached_property
    def package(self) -> str:
        """The chapter's package, such as ``process``."""
        return type(self).__module__.removeprefix("svclab.").split(".")[0]

    @cached_property
    def short(self) -> str:
        """The name inside its chapter: ``ExtraWorker`` and ``ExtraWorker1`` are ``extra_worker``.

        A class of an earlier version has the version behind its name.
        """
        plain = type(self).__name__.rstrip("0123456789")
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain).lower()

    @cached_property
    def name(self) -> str:
        """The full name, such as ``process.extra_worker``."""
        return f"{self.package}.{self.short}"

    # What an author writes.

    def deal(self, draw: Draw) -> Mapping[str, Any]:
        """The numbers of a variant: rounded values that JSON can hold, drawn with ``draw``."""
        raise NotImplementedError

    def sound(self, p: Any) -> bool:
        """Whether the variant has one clear answer; False deals anew."""
        return True

    def question(self, p: Any) -> str:
        """The question, in Markdown."""
        raise NotImplementedError

    def fields(self, p: Any) -> Sequence[Field]:
        """What is asked for."""
        raise NotImplementedError

    def solve(self, p: Any) -> Mapping[str, Any]:
        """The right value of each field, by the course's models."""
        raise NotImplementedError

    def second(self, p: Any) -> Mapping[str, Any] | None:
        """The same values by a second method, for the tests; None if there is none."""
        return None

    def accepts(self, p: Any, name: str, value: Any) -> bool | None:
        """Whether a value is right where several are; None: compare with :meth:`solve`."""
        return None

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        """What a plan is worth; for a :class:`~svclab.practice.PlanField` only."""
        raise NotImplementedError

    def cases(self, p: Any) -> Sequence[tuple[Any, ...]]:
        """The inputs on which a student's function is tried; for a ``CodeField`` only."""
        raise NotImplementedError

    def hints(self, p: Any) -> Sequence[str]:
        """Two hints or more in Markdown, from mild to strong."""
        raise NotImplementedError

    def solution(self, p: Any) -> str:
        """The worked solution for these numbers, in Markdown."""
        raise NotImplementedError

    # What follows from it.

    def misconceptions(self) -> list[Misconception]:
        """The wrong models, in the order in which they are written."""
        return list(self._misconceptions)

    def _ipython_display_(self) -> None:
        # Imported here: the host needs Jupyter, which is not in the page.
        from svclab.practice.jupyter import show

        show(self)

    def check(self, *functions: Any, **answers: Any) -> Any:
        """Check answers in code, for the student set by ``svclab.student``.

        Parameters
        ----------
        *functions : callable
            Your function, where the exercise asks for one.
        **answers
            One for each field, such as ``capacity=60``.

        Returns
        -------
        svclab.practice.jupyter.Reply
            The feedback; shown as the last line of a cell it also leaves the record.
        """
        from svclab.practice.jupyter import check

        return check(self, *functions, **answers)

    def __repr__(self) -> str:
        return f"<exercise {self.name}, version {self.version}: {self.title}>"


def _written(exercise: type[Exercise]) -> tuple[Misconception, ...]:
    found: dict[str, Misconception] = {}
    for kind in reversed(exercise.__mro__):
        for name, value in vars(kind).items():
            if isinstance(value, Misconception):
                found[name] = value
            else:  # an earlier version sets None where it did not know a mistake yet
                found.pop(name, None)
    return tuple(found.values())


def applied(exercise: Exercise, p: Any) -> Iterator[tuple[Misconception, Mapping[str, Any]]]:
    """Each misconception with the values to which it leads in this variant, worked out once."""
    for one in exercise.misconceptions():
        values = _values(one.model, exercise, p)
        if values is not None:
            yield one, values


@lru_cache(maxsize=32)  # sound() and dealing ask for the wrong models of one variant
def _values(model: Model, exercise: Exercise, p: Any) -> Any:
    return model(exercise, p)
