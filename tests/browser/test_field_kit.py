"""The field kit in a real browser, as on a phone: its file is what the package reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from field_kit_page import Kit, at

from svclab.capacity import measuring

pytestmark = pytest.mark.browser


def test_three_taps_a_customer_come_back_as_the_times_they_were_tapped(
    phone: Callable[..., Kit], tmp_path: Path
) -> None:
    kit = phone()
    kit.begin(place="食堂 2, noodles", servers=2, in_line=1)
    for pause, act, number in [
        (2, "server", 1),  # who was in line already starts
        (3, "arrive", None),
        (1, "server", 2),
        (4, "arrive", None),
        (0, "arrive", None),
        (5, "balk", None),
        (6, "server", 1),  # leaves
        (1, "server", 1),  # 3 starts
        (9, "server", 2),  # 2 leaves
        (20, "chip", 4),
        (0, "quit", None),
        (10, "server", 1),  # 3 leaves
        (2, "arrive", None),  # 6 is still there at the end
    ]:
        kit.later(pause)
        kit.tap(act, number)
    kit.later(7)
    kit.end()
    path = kit.file(tmp_path)
    assert path.name == "fieldkit-2026-10-14-1159-食堂-2-noodles.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel takes it for another encoding"
    watch = measuring.read_observation(path)

    assert (watch.place, watch.date) == ("食堂 2, noodles", "2026-10-14")
    assert [(v.arrived, v.started, v.left, v.server, v.outcome) for v in watch.visits] == [
        (None, at(2), at(21), "1", "served"),
        (at(5), at(6), at(31), "2", "served"),
        (at(10), at(22), at(61), "1", "served"),
        (at(10), None, at(51), "", "gave up"),
        (at(15), None, at(15), "", "balked"),
        (at(63), None, None, "", "waiting"),
    ]
    assert watch.plan == ((watch.began, 2),)
    assert (watch.began, watch.ended) == (at(0), at(70))
    assert [note[:25] for note in watch.notes] == ["1 of 5 were still there w"]


def test_a_watch_past_midnight_comes_back_whole(phone: Callable[..., Kit], tmp_path: Path) -> None:
    kit = phone()
    kit.page.clock.pause_at("2026-10-14T23:59:50+08:00")
    kit.begin(place="night bus; stop, east")
    for pause, act, number in [(5, "arrive", None), (10, "server", 1), (30, "server", 1)]:
        kit.later(pause)
        kit.tap(act, number)
    kit.later(5)
    kit.tap("arrive")
    kit.end()
    watch = measuring.read_observation(kit.file(tmp_path))
    assert watch.place == "night bus; stop, east"
    assert [(v.arrived, v.started, v.left) for v in watch.visits] == [
        (86395.0, 86405.0, 86435.0),
        (86440.0, None, None),
    ]
    assert (watch.began, watch.ended) == (86390.0, 86440.0)


def test_every_tap_survives_a_reload_and_a_crash(phone: Callable[..., Kit], tmp_path: Path) -> None:
    kit = phone()
    kit.begin(servers=1)
    kit.later(3)
    kit.tap("arrive")
    kit.later(4)
    kit.page.reload()
    kit.page.locator("dialog[open]").wait_for()
    assert "customer 1 arrives" in kit.said()
    kit.later(2)
    kit.tap("server", 1)
    # A crash: the tab is gone without a word, another one is opened later.
    context = kit.page.context
    kit.page.close(run_before_unload=False)
    again = phone(context=context, clock=False)
    again.page.locator("dialog[open]").wait_for()
    assert "customer 1 starts at server 1" in again.said()
    taps = again.kept()[0]["taps"]
    assert [tap[1] for tap in taps] == ["arrive", "start"]
    assert taps[0][0] == 3000
    assert taps[1][0] >= 9000


def test_the_clock_goes_on_whatever_the_phones_clock_does(phone: Callable[..., Kit]) -> None:
    page = phone().page
    seen = page.evaluate(
        """async () => {
            const script = document.querySelector("script[src$='fieldkit.mjs']").src;
            const { Clock } = await import(script.replace("fieldkit.mjs", "fieldkit-clock.mjs"));
            let counter = 500, wall = 1_000_000;
            const hands = { counter: () => counter, wall: () => wall };
            const clock = new Clock(1_000_000, 0, hands);
            const seen = [];
            const look = (counted, walled, act) => {
                counter += counted;
                wall += walled;
                if (act === "wake") clock.wake();
                seen.push(clock.now());
            };
            look(1000, 1000);
            look(1000, -3_600_000);          // the phone is set back an hour while the page is open
            look(1000, 7_200_000);           // and forward two
            look(0, 0, "wake");              // seen again: now the phone is believed
            look(100, -9_000_000, "wake");   // but never when it says less
            seen.push(new Clock(1_000_000, seen.at(-1), hands).now());  // a reload, phone late
            wall = 1_000_000 + 8_000_000;
            seen.push(new Clock(1_000_000, seen.at(-1), hands).now());  // a reload, phone right
            counter = 0;
            seen.push(clock.now());          // a counter that begins anew
            return seen;
        }"""
    )
    assert seen == [1000, 2000, 3000, 3_601_000, 3_601_100, 3_601_100, 8_000_000, 3_601_100]


def test_undo_takes_back_one_tap_after_the_other(phone: Callable[..., Kit]) -> None:
    kit = phone()
    kit.begin(servers=2, in_line=1)
    for act, number in [("arrive", None), ("server", 2), ("menu", None), ("more", None)]:
        kit.later(1)
        kit.tap(act, number)
    kit.tap("menu")
    assert kit.page.locator("dialog [data-act=server]").count() == 3
    for said, servers, waiting in [
        ("Taken back: 11:59:54 server 3 opens", 2, ["2"]),
        ("Taken back: 11:59:52 customer 1 starts at server 2", 2, ["1", "2"]),
        ("Taken back: 11:59:51 customer 2 arrives", 2, ["1"]),
    ]:
        kit.tap("undo")
        assert kit.said() == said
        assert kit.page.locator("dialog [data-act=server]").count() == servers
        assert kit.page.locator("dialog [data-act=chip]").all_inner_texts() == waiting
    assert kit.page.locator("dialog [data-act=undo]").get_attribute("aria-disabled") == "true"
    kit.page.locator("dialog [data-act=undo]").tap(force=True)
    assert [tap[1] for tap in kit.kept()[0]["taps"]] == ["here"]


def test_a_slip_of_the_thumb_does_not_start_the_next_customer(phone: Callable[..., Kit]) -> None:
    kit = phone()
    kit.begin(in_line=2)
    kit.later(1)
    kit.tap("server", 1)
    kit.later(9)
    kit.tap("server", 1)
    kit.later(0.2)
    kit.tap("server", 1)
    assert "customer 1 leaves" in kit.said()
    kit.later(1)
    kit.tap("server", 1)
    assert "customer 2 starts" in kit.said()


def test_somebody_can_be_served_out_of_turn(phone: Callable[..., Kit]) -> None:
    kit = phone()
    kit.begin(in_line=3)
    kit.tap("chip", 3)
    kit.tap("next")
    kit.tap("server", 1)
    assert "customer 3 starts" in kit.said()


def test_servers_open_and_close_and_a_busy_one_stays(
    phone: Callable[..., Kit], tmp_path: Path
) -> None:
    kit = phone()
    kit.begin(servers=2)
    for pause, act, number in [
        *[(1, "arrive", None), (1, "server", 1), (1, "menu", None), (1, "fewer", None)],
        *[(1, "fewer", None), (1, "arrive", None), (1, "more", None), (1, "more", None)],
        (1, "arrive", None),
    ]:
        kit.later(pause)
        kit.tap(act, number)
    kit.end()
    watch = measuring.read_observation(kit.file(tmp_path))
    assert [v.servers_open for v in watch.visits] == [2, 1, 3]
    assert watch.plan == ((at(0), 2), (at(6), 1), (at(9), 3))


def test_a_watch_that_was_ended_by_mistake_goes_on(phone: Callable[..., Kit]) -> None:
    kit = phone()
    kit.begin()
    kit.later(2)
    kit.tap("arrive")
    kit.end()
    kit.page.locator("[data-act=reopen]").tap()
    kit.later(60)
    kit.tap("server", 1)
    assert [tap[1] for tap in kit.kept()[0]["taps"]] == ["arrive", "start"]


def test_a_new_session_leaves_the_old_one_and_deleting_asks_twice(
    phone: Callable[..., Kit],
) -> None:
    kit = phone()
    for place in ("first", "second"):
        kit.later(60)
        kit.begin(place=place)
        kit.tap("arrive")
        kit.end()
    assert kit.page.locator(".fk-list strong").all_inner_texts() == ["second", "first"]
    assert kit.page.locator(".fk-list").inner_text().count("no file taken yet") == 2
    remove = kit.page.locator("[data-act=remove]").first
    remove.tap()
    assert remove.inner_text() == "Delete for good?"
    assert len(kit.kept()) == 2
    remove.tap()
    assert [one["place"] for one in kit.kept()] == ["first"]


def test_copy_gives_the_same_text_as_the_file(phone: Callable[..., Kit], tmp_path: Path) -> None:
    kit = phone(permissions=["clipboard-read", "clipboard-write"])
    kit.begin(place="desk")
    kit.tap("arrive")
    kit.end()
    text = kit.file(tmp_path).read_text(encoding="utf-8-sig")
    kit.page.locator("[data-act=copy]").tap()
    kit.page.get_by_text("Copied: paste it").wait_for()
    copied = kit.page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == text


def test_where_copying_is_refused_the_text_stands_there(phone: Callable[..., Kit]) -> None:
    kit = phone(script="navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
    kit.begin()
    kit.tap("arrive")
    kit.later(5)
    kit.end()
    kit.page.locator("[data-act=copy]").tap()
    shown = kit.page.locator("textarea.fk-text").input_value()
    assert measuring.parse_observation(shown).came == 1


def test_a_name_that_would_be_a_formula_or_markup_is_neither(
    phone: Callable[..., Kit], tmp_path: Path
) -> None:
    kit = phone()
    kit.begin(place="=1+1 <img src=x onerror=alert(1)>")
    kit.tap("arrive")
    kit.later(5)
    kit.end()
    assert kit.page.locator("svclab-fieldkit img").count() == 0
    assert kit.page.locator(".fk-list strong").inner_text() == "1+1 <img src=x onerror=alert(1)>"
    last = kit.file(tmp_path).read_text(encoding="utf-8-sig").splitlines()[-1]
    assert last.endswith(",1+1 <img src=x onerror=alert(1)>")
