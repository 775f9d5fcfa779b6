"""An explorable: a pure function from named parameters to a view, with its declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.explore.guess import ChoiceGuess, NumberGuess
from svclab.explore.parameters import Parameter
from svclab.explore.views import View
from svclab.words import say

__all__ = ["Explorable", "explorable"]

Compute = Callable[..., View | Iterator[View]]


@dataclass(frozen=True)
class Explorable:
    """A function with its declaration; show it as the last line of a notebook cell.

    Calling it with settings gives the :class:`~svclab.explore.views.View` itself, so that the
    numbers can be used in code; parameters left out have their defaults.
    """

    name: str
    version: int
    title: str
    help: str
    parameters: tuple[Parameter, ...]
    guess: NumberGuess | ChoiceGuess | None
    engine: str
    compute: Compute

    def declaration(self) -> dict[str, Any]:
        """What a host needs to draw the controls, as plain data."""
        return {
            "name": self.name,
            "version": self.version,
            "title": self.title,
            "help": self.help,
            "engine": self.engine,
            "parameters": [parameter.declaration() for parameter in self.parameters],
            "guess": self.guess.declaration() if self.guess else None,
        }

    def check(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Clean values with defaults filled in, and a sentence for each that is not allowed."""
        clean: dict[str, Any] = {}
        problems: dict[str, str] = {}
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, parameter in known.items():
            try:
                clean[name] = parameter.check(given.get(name, parameter.start))
            except ValueError as problem:
                problems[name] = str(problem)
        if self.guess:
            name = self.guess.parameter
            known[name] = self.guess.as_parameter()
            clean[name] = None
            try:
                if given.get(name) is not None:
                    clean[name] = known[name].check(given[name])
            except ValueError as problem:
                problems[name] = str(problem)
        for name in given.keys() - known.keys():
            problems[name] = say(
                "There is no setting {name} here; there are {known}.",
                name=repr(str(name)[:40]),
                known=", ".join(known),
            )
        return clean, problems

    def views(self, given: Mapping[str, Any]) -> Iterator[View]:
        """All views of a setting: partial ones of a long run first, the last one last.

        Raises
        ------
        ValueError
            With all the sentences, if a value is not allowed.
        """
        clean, problems = self.check(given)
        if problems:
            raise ValueError(" ".join(problems.values()))
        result = self.compute(**clean)
        if isinstance(result, View):
            yield result
        else:
            yield from result

    def __call__(self, **given: Any) -> View:
        *_, last = self.views(given)
        return last

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        # Imported here: the host needs Jupyter, which is not in the page.
        from svclab.explore.jupyter import mimebundle

        return mimebundle(self)


def explorable(
    *,
    title: str,
    parameters: Sequence[Parameter],
    version: int = 1,
    guess: NumberGuess | ChoiceGuess | None = None,
    engine: str = "python",
) -> Callable[[Compute], Explorable]:
    """Make an explorable of a function from parameters to a :class:`View`.

    The name is the chapter's package and the function's name (``process.line_designer``); the
    function's docstring is the help text.

    Parameters
    ----------
    title : str
        The question that moving it answers.
    parameters : sequence of Parameter
        In the order shown; their names are the function's keywords.
    version : int, optional
        Raised whenever a copied link would no longer show the same.
    guess : NumberGuess, PointGuess or ChoiceGuess, optional
        A prediction to ask for first.
    engine : str, optional
        ``"highs"`` if the function solves a linear program, else ``"python"``.

    Examples
    --------
    >>> from svclab.explore import Figure, Number
    >>> from svclab.words import seconds
    >>> @explorable(title="Twice", parameters=[
    ...     Number(name="x", label="Time", unit="s", low=0, high=9, default=2)])
    ... def twice(x):
    ...     "Doubles a time."
    ...     return View(say="See the double.", figures=[Figure("y", "Double", seconds(2 * x))])
    >>> twice(x=4).figures[0].quantity.value
    8.0
    """

    def decorate(compute: Compute) -> Explorable:
        package = compute.__module__.removeprefix("svclab.").split(".")[0]
        return Explorable(
            name=f"{package}.{compute.__name__}",
            version=version,
            title=title,
            help=" ".join((compute.__doc__ or "").split()),
            parameters=tuple(parameters),
            guess=guess,
            engine=engine,
            compute=compute,
        )

    return decorate
