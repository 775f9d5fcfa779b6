"""What the page does about Python that does not come back, with a worker made for the test."""

from __future__ import annotations

import json
from typing import Any

import pytest

from svclab.explore import answer

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


def python_of(page: Any) -> str:
    """The address of the page's side of Python."""
    script: str = page.evaluate(
        "[...document.scripts].map(one => one.src).find(src => src.endsWith('/page.mjs'))"
    )
    return script.replace("/page.mjs", "/python.mjs")


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
    found = page.evaluate(ASK, python_of(page))
    assert found["stuck"] == "it took longer than 2 seconds and was stopped"
    assert found["other"] == found["next"] == "done"
    assert set(found["heard"]) == {"other", "next"}
    assert found["states"].count("starting") == 2


FAILED_AND_ON = """
postMessage({ type: "failed", message: "no" });
postMessage({ type: "progress", share: 0.2 });
postMessage({ type: "error", call: 1, message: "the end" });
"""


def test_a_start_that_has_failed_stays_failed_whatever_it_says_after(
    page: Any, site_url: str
) -> None:
    page.route(
        "**/worker.mjs",
        lambda route: route.fulfill(content_type="text/javascript", body=FAILED_AND_ON),
    )
    page.goto(site_url)
    states = page.evaluate(
        """async (address) => {
          const { Python } = await import(address);
          const states = [];
          const python = new Python(({ state }) => states.push(state));
          await python.compute({ name: "a" }, "", () => {}).finished.catch(() => {});
          return states;
        }""",
        python_of(page),
    )
    assert states == ["starting", "failed"]


KEPT_NAMES = """
window.names = [];
window.Worker = class extends Worker {
  constructor(address, options) { super(address, options); window.names.push(options.name); }
};
"""


def test_a_worker_that_is_started_again_imports_the_same_chapters_first(
    page: Any, site_url: str
) -> None:
    page.add_init_script(KEPT_NAMES)
    page.route(
        "**/worker.mjs",
        lambda route: route.fulfill(
            content_type="text/javascript", body='postMessage({ type: "failed", message: "no" });'
        ),
    )
    page.goto(site_url + "05-process.html")
    page.get_by_role("button", name="Try again").first.click()
    page.wait_for_function("names.length === 2")
    assert page.evaluate("names") == ["process", "process"]


# Asks a worker of its own, started for given chapters, for an explorable of chapter 5.
ELSEWHERE = """async ([address, chapters]) => {
  const own = address.replace("python.mjs", "worker.mjs");
  const worker = new Worker(own, { type: "module", name: chapters });
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if (data.type === "failed" || data.type === "error") reject(new Error(data.message));
      if (data.type === "live") worker.postMessage({ type: "compute", call: 1, entry: "explore",
        request: JSON.stringify({ name: "process.people_inside", parameters: {} }) });
      if (data.type === "document") resolve(JSON.parse(data.text).view.say);
    };
  });
}"""


@pytest.mark.parametrize("chapters", ["process", "basics process"])
def test_a_chapter_that_the_memory_does_not_hold_is_read_from_the_files(
    page: Any, site_url: str, chapters: str
) -> None:
    page.goto(site_url)
    page.wait_for_selector("html[data-svclab=live]", timeout=90_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    said = page.evaluate(ELSEWHERE, [python_of(page), chapters])
    shown = json.loads(answer(json.dumps({"name": "process.people_inside", "parameters": {}})))
    assert said == shown["view"]["say"]
    assert ("svclab.zip" in asked) == (chapters != "process")
