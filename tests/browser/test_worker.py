"""What the page does about Python that does not come back, with a worker made for the test."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

# Answers at once, but for a request that asks it to hang: then it never comes back.
STAND_IN = """
postMessage({ type: "live", how: "plain" });
addEventListener("message", ({ data }) => {
  if (data.type !== "compute") return;
  postMessage({ type: "step", call: data.call });
  if (data.request.includes("hang")) for (;;) {}
  postMessage({ type: "document", call: data.call, text: data.request });
  postMessage({ type: "end", call: data.call });
});
"""

ASK = """async (address) => {
  const { Python } = await import(address);
  const states = [];
  const python = new Python(({ state }) => states.push(state), 2);
  const heard = [];
  const ask = (request) => python.compute(request, "", (doc) => heard.push(doc.name))
    .finished.then(() => "done", (error) => error.message);
  const stuck = ask({ name: "hang" });
  const other = ask({ name: "other" });
  const next = async () => ask({ name: "next" });
  return { stuck: await stuck, other: await other, next: await next(), heard, states };
}"""


def test_a_step_without_end_is_given_up_and_the_page_goes_on(page: Any, site_url: str) -> None:
    page.route(
        "**/worker.mjs",
        lambda route: route.fulfill(content_type="text/javascript", body=STAND_IN),
    )
    page.goto(site_url)
    scripts = page.evaluate(
        "[...document.scripts].map(one => one.src).find(src => src.endsWith('/page.mjs'))"
    )
    found = page.evaluate(ASK, scripts.replace("/page.mjs", "/python.mjs"))
    assert found["stuck"] == "it took longer than 2 seconds and was stopped"
    assert found["other"] == found["next"] == "done"
    assert set(found["heard"]) == {"other", "next"}
    assert found["states"].count("starting") == 2
