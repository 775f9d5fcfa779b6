"""The built site, read as files: links, addresses, pictures, search, downloads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from svclab.catalogue import CHAPTERS, Chapter, numbered
from svclab.course.publish import page_weight
from svclab.course.sphinx_ext.search import split
from svclab.practice import listed

LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the site, parsed."""
    return {
        path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(site.glob("*.html"))
    }


def anchors(page: BeautifulSoup) -> set[str]:
    return {tag["id"] for tag in page.find_all(id=True)} | {
        tag["name"] for tag in page.find_all("a", attrs={"name": True})
    }


def test_every_page_of_the_contents_is_there(pages: dict[str, BeautifulSoup]) -> None:
    wanted = {f"{entry.name}.html" for entry in CHAPTERS}
    wanted |= {"index.html", "how-to-use.html", "glossary.html", "references.html"}
    wanted |= {"about-sources.html", "progress.html", "search.html", "404.html"}
    assert wanted <= set(pages)


def test_no_internal_link_is_broken(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    broken = []
    for name, page in pages.items():
        for tag in page.find_all(["a", "link", "script", "img"]):
            address = tag.get("href") or tag.get("src") or ""
            if re.match(r"[a-z]+:|//", address) or not address or address == "../":
                continue
            where, _, anchor = address.partition("#")
            target = where.split("?")[0] or name
            if not (site / unquote(target)).exists():
                broken.append(f"{name}: {address}")
            elif re.fullmatch(r"[a-z_]+\.[a-z_]+:\d+:.*", anchor):  # a setting of an explorable
                if not pages[target].find(
                    "svclab-explorable", attrs={"name": anchor.split(":")[0]}
                ):
                    broken.append(f"{name}: {address} (no such explorable)")
            elif anchor and target in pages and unquote(anchor) not in anchors(pages[target]):
                broken.append(f"{name}: {address} (no such anchor)")
    assert broken == []


def test_links_stay_below_whatever_path_the_site_is_published(
    pages: dict[str, BeautifulSoup],
) -> None:
    absolute = [
        f"{name}: {tag.get('href') or tag.get('src')}"
        for name, page in pages.items()
        for tag in page.find_all(["a", "link", "script", "img"])
        if (tag.get("href") or tag.get("src") or "").startswith("/")
    ]
    assert absolute == []


def test_nothing_is_loaded_from_a_foreign_host(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    foreign = []
    for name, page in pages.items():
        for tag in page.find_all(list(LOADING)):
            address = tag.get(LOADING[tag.name]) or ""
            if re.match(r"(?:https?:)?//", address):
                foreign.append(f"{name}: {address}")
        for script in page.find_all("script"):
            if re.search(r"https?://", script.string or "") and not script.get("type", "").endswith(
                "json"
            ):
                foreign.append(f"{name}: in a script: {script.string[:80]}")
    for path in site.rglob("*.css"):
        style = path.read_text(encoding="utf-8")
        foreign += [
            f"{path.name}: {found}"
            for found in re.findall(r"(?:url\(|@import)[\s\"']*(?:https?:)?//[^)\"']+", style)
        ]
    assert foreign == []


def test_every_file_that_a_style_sheet_names_is_there(site: Path) -> None:
    missing = []
    for path in site.rglob("*.css"):
        for address in re.findall(
            r"url\([\"']?([^)\"']+)[\"']?\)", path.read_text(encoding="utf-8")
        ):
            if address.startswith(("data:", "#", "%23")):
                continue
            if not (path.parent / address.split("?")[0].split("#")[0]).exists():
                missing.append(f"{path.name}: {address}")
    assert missing == []


def test_every_picture_says_what_it_shows(pages: dict[str, BeautifulSoup]) -> None:
    """The logo stands beside its name and so has an empty text; every other picture has words."""
    mute = []
    for name, page in pages.items():
        for image in page.find_all("img"):
            logo = "logo__image" in (image.get("class") or [])
            words = image.get("alt")
            if words is None or (not logo and (len(words) < 15 or "_images/" in words)):
                mute.append(f"{name}: {image.get('src')} alt={words!r}")
        for svg in page.select("article svg"):
            parent = svg.find_parent(attrs={"role": "img"})
            named = svg.get("aria-label") or svg.find("title") or svg.get("aria-hidden")
            if not (
                named or svg.get("aria-labelledby") or parent or svg.find_parent(class_="katex")
            ):
                mute.append(f"{name}: a drawing without a text: {str(svg)[:80]}")
    assert mute == []


def search_terms(site: Path) -> dict[str, object]:
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    return {**index["terms"], **index["titleterms"]}


@pytest.mark.parametrize("term", ["瓶颈", "服务", "流程"])
def test_search_index_holds_chinese_terms(site: Path, term: str) -> None:
    assert term in search_terms(site)


def test_search_query_is_cut_as_the_index_is(site: Path) -> None:
    """The page's script and Python's splitter agree on the characters that count as Chinese."""
    script = (site / "_static" / "language_data.js").read_text(encoding="utf-8")
    assert "splitQuery" in script
    assert "u4e00" in script
    assert split("瓶颈") == ["瓶", "颈", "瓶颈"]


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.name)
def test_chapter_page_says_where_it_stands_how_long_it_takes_and_what_comes_next(
    pages: dict[str, BeautifulSoup], entry: Chapter
) -> None:
    page = pages[f"{entry.name}.html"]
    way = page.select_one("h1").find_previous_sibling("nav")
    assert way.find("a", href="index.html")
    assert f"Chapters › {entry.number} {entry.short}" in way.get_text()
    takes = page.select_one("h1 ~ p > em").get_text()
    assert takes.startswith(f"{entry.hours} class hour")
    assert re.search(r"take about \d+ minutes together", takes)
    order_line = page.select_one("h1 ~ .svc-order")
    assert "hour" not in order_line.get_text()  # told once
    order = sorted(CHAPTERS, key=lambda one: one.number)
    following = order[order.index(entry) + 1 :][:1]
    after = [one for one in CHAPTERS if one.number in entry.after]
    links = [link["href"] for link in order_line.find_all("a")]
    assert links == [f"{one.name}.html" for one in (*after, *following)]


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.name)
def test_each_section_of_a_chapter_says_which_one_it_is(
    pages: dict[str, BeautifulSoup], entry: Chapter
) -> None:
    lines = [one.get_text() for one in pages[f"{entry.name}.html"].select("h2 + p > em")]
    found = [re.search(r"section (\d+) of (\d+)$", text) for text in lines]
    told = [(int(one[1]), int(one[2])) for one in found if one]
    assert len(told) > 5
    assert told == [(i, len(told)) for i in range(1, len(told) + 1)]


def test_every_page_of_the_contents_says_where_the_reader_is(
    pages: dict[str, BeautifulSoup],
) -> None:
    for name, page in pages.items():
        way = page.select_one("nav.svc-way")
        assert (way is None) == (name in ("index.html", "search.html", "404.html")), name


def test_map_of_the_course_lists_each_chapter_with_its_question_and_time_and_links_the_written(
    pages: dict[str, BeautifulSoup],
) -> None:
    items = pages["index.html"].select("ol.svc-map > li")
    assert [int(one.select_one(".svc-number").get_text()) for one in items] == list(numbered())
    for one, entry in zip(items, numbered().values(), strict=True):
        link = one.find("a")
        assert entry.title_zh in one.get_text()
        if isinstance(entry, Chapter):
            assert link["href"] == f"{entry.name}.html"
            assert entry.asks in one.get_text()
            assert "core path about" in one.get_text()
        else:
            assert link is None
            assert "planned" in one.get_text()


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.name)
def test_chapter_page_offers_its_student_notebook(
    site: Path, pages: dict[str, BeautifulSoup], entry: Chapter
) -> None:
    line = pages[f"{entry.name}.html"].select_one(".svc-notebook")
    assert line is not None
    assert entry.notebook in line.get_text()
    notebook = json.loads((site / line.find("a", download=True)["href"]).read_text("utf-8"))
    tags = [tag for cell in notebook["cells"] for tag in cell["metadata"].get("tags", [])]
    assert "instructor" not in tags
    assert len(notebook["cells"]) > 3


def test_every_page_names_both_licences_and_says_what_it_is_about(
    pages: dict[str, BeautifulSoup],
) -> None:
    for name, page in pages.items():
        if name == "404.html":
            continue
        foot = page.select_one("footer.bd-footer-content").get_text()
        assert "CC BY 4.0" in foot, name
        assert "MIT" in foot, name
        if name != "search.html":
            meta = page.find("meta", attrs={"name": "description"})
            assert meta, name
            assert 40 <= len(meta["content"]) <= 200, name


def test_missing_page_carries_its_style_and_loads_nothing(pages: dict[str, BeautifulSoup]) -> None:
    """It is shown at any address, so it cannot know where files lie."""
    page = pages["404.html"]
    assert page.find("style")
    assert not page.find_all("script")
    assert not [tag for tag in page.find_all("link") if not tag["href"].startswith("data:")]
    assert page.find("a", href="index.html")


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.name)
def test_chapter_page_is_light_before_it_is_live(site: Path, entry: Chapter) -> None:
    weights = page_weight(site, f"{entry.name}.html")
    assert sum(weights.values()) <= 500_000, sorted(weights.items(), key=lambda item: -item[1])[:6]


def test_unused_weight_of_the_theme_is_left_out(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    unwanted = ("fontawesome", "thebe", "mathjax", "require", "_sources/", ".map")
    assert [name for name in names if any(word in name for word in unwanted)] == []


def test_pages_load_scripts_only_for_what_they_hold(
    pages: dict[str, BeautifulSoup],
) -> None:
    for name, page in pages.items():
        asks = bool(page.find(["svclab-exercise", "svclab-student"]))
        alive = asks or bool(page.find("svclab-explorable"))
        timed = bool(page.find("svclab-fieldkit"))
        modules = {
            tag["src"].rsplit("/", 1)[-1]
            for tag in page.find_all("script", type="module")
            if tag.get("src")
        }
        # The contents list is on every page but the one for missing addresses.
        marks = {"marks.mjs"} if name != "404.html" else set()
        scripts = ({"page.mjs"} if alive else set()) | ({"fieldkit.mjs"} if timed else set())
        assert modules == scripts | marks, name
        linked = " ".join(tag["href"] for tag in page.find_all("link"))
        assert (alive or timed) == ("/explore.css" in linked), name
        assert timed == ("/fieldkit.css" in linked), name
        assert asks == ("/exercise.css" in linked), name
        assert asks == ("/page-exercises.mjs" in linked), name


def test_every_exercise_is_listed_counted_and_linked(pages: dict[str, BeautifulSoup]) -> None:
    listing = pages["progress.html"]
    for entry in CHAPTERS:
        names = [one.name for one in listed() if one.package == entry.package]
        page = pages[f"{entry.name}.html"]
        assert sorted(tag["name"] for tag in page.find_all("svclab-exercise")) == sorted(names)
        for name in names:
            anchor = f"exercise-{name.replace('.', '-')}"
            assert page.find("svclab-exercise", id=anchor), name
            assert listing.find("a", href=f"{entry.name}.html#{anchor}"), name
            assert page.select_one(f'.svc-exercises a[href="#{anchor}"]'), name
        for name, other in pages.items():
            if name == "404.html":
                continue
            (count,) = other.select(f'.svc-count[data-svclab-count="{" ".join(names)}"]')
            link = count.find_parent("a")
            assert link["href"] in (f"{entry.name}.html", "#"), name
            assert f"0 of {len(names)} exercises done" in count.get_text()
