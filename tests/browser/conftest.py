"""Pages of the built site in profiles of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from exercise_page import LIVE, PAGE
from field_kit_page import NOON, PHONE, READY, Kit, written
from field_kit_page import PAGE as FIELD_KIT


@pytest.fixture
def fresh(browser: Any, site_url: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site; each in a profile of its own unless a context is given."""
    contexts = []

    def open_page(name: str = PAGE, *, live: bool = True, script: str = "", **options: Any) -> Any:
        context = options.pop("context", None)
        if context is None:
            context = browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="en-GB", **options
            )
            contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(site_url + name)
        page.wait_for_selector(LIVE if live else "html[data-svclab-ready]", timeout=90_000)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            assert getattr(page, "errors", []) == []
        context.close()


@pytest.fixture
def phone(browser: Any, site_url: str) -> Iterator[Callable[..., Kit]]:
    """Opens the field kit on a phone in a profile of its own; nothing may go wrong on it."""
    contexts, errors = [], []

    def open_kit(
        *,
        context: Any = None,
        url: str = site_url,
        clock: bool = True,
        script: str = "",
        **more: Any,
    ) -> Kit:
        if context is None:
            context = browser.new_context(**{**PHONE, **more})
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if clock:
            page.clock.install(time=written(NOON - timedelta(minutes=5)))
        if script:
            page.add_init_script(script)
        page.goto(url + FIELD_KIT)
        page.wait_for_selector(READY)
        if clock:
            page.clock.pause_at(written(NOON))
        return Kit(page)

    yield open_kit
    for context in contexts:
        context.close()
    assert errors == []
