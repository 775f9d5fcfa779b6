"""One explorable in a browser page of some width, its question passed over, to be moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from explorable_page import page_of

from svclab.explore import Explorable

__all__ = ["moved", "wait_for"]


@contextmanager
def moved(browser: Any, found: Explorable, width: int, **given: Any) -> Iterator[Any]:
    """The page; at the end nothing reaches beyond it, and no script has failed."""
    with page_of(found, **given) as address:
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_function("window.drawn")
        shown = page.locator(".svx-guess [data-act=just-show]")
        if shown.count() and shown.is_visible():
            shown.click()
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert errors == []
        context.close()


def wait_for(page: Any, text: str) -> None:
    """Until the sentence holds the text."""
    page.wait_for_function(
        "(text) => document.querySelector('.svx-say').textContent.includes(text)", arg=text
    )
