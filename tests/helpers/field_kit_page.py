"""What tests of the field kit share: a phone, its clock, and a thumb."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PAGE = "field-kit.html"
READY = "html[data-svclab-ready]"
NOON = datetime(2026, 10, 14, 11, 59, 50)  # local time of the phone
PHONE = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
    "timezone_id": "Asia/Shanghai",
    "locale": "en-GB",
    "accept_downloads": True,
}
RELOADS = "Works without a network, a reload too."
STAYS_OPEN = "Works without a network as long as this page stays open"


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+08:00")


class Kit:
    """A field kit on a phone, pressed as a person would; its clock is moved by the test."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def begin(self, *, place: str = "", servers: int = 1, in_line: int = 0) -> None:
        self.page.locator("#fk-place").fill(place)
        for name, wanted, at in (("servers", servers, 1), ("inLine", in_line, 0)):
            for _ in range(wanted - at):
                self.page.locator(f"[data-act=step][data-name={name}][data-by='1']").tap()
        self.page.locator("[data-act=begin]").tap()
        self.page.locator("dialog[open]").wait_for()

    def tap(self, act: str, number: int | None = None) -> None:
        more = f"[data-number='{number}']" if number is not None else ""
        self.page.locator(f"dialog [data-act={act}]{more}").tap()

    def later(self, seconds: float) -> None:
        self.page.clock.run_for(round(1000 * seconds))

    def end(self) -> None:
        if not self.page.locator("dialog [data-act=end]").is_visible():
            self.tap("menu")
        self.tap("end")
        self.tap("endYes")
        self.page.locator("dialog[open]").wait_for(state="hidden")

    def said(self) -> str:
        text: str = self.page.locator(".fk-said").inner_text()
        return text

    def file(self, folder: Path) -> Path:
        with self.page.expect_download() as waiting:
            self.page.locator("[data-act=file]").first.tap()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def kept(self) -> list[dict[str, Any]]:
        script = """Object.entries(localStorage).filter(([key]) => key.startsWith(
            "svclab-fieldkit/")).map(([, text]) => text)"""
        return [json.loads(text) for text in self.page.evaluate(script)]


def at(seconds: float) -> float:
    """Seconds after midnight, so long after the watch began."""
    moment = NOON + timedelta(seconds=seconds)
    return float(moment.hour * 3600 + moment.minute * 60 + moment.second)
