"""From Jupyter Book's output to the finished site: less weight, local files only, downloads.

The theme brings files that no page of ours asks for; they are left out. What the browser needs
besides pages (scripts, Python runtime, fonts of the mathematics) is laid beside them.
"""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

from svclab.course.places import Places
from svclab.course.stages import files_under, replace_folder

__all__ = ["katex_style", "page_weight", "publish"]

# Files of the theme and of Sphinx that no page asks for, as patterns below the site's root.
UNUSED = (
    "_sources/*",
    "_static/vendor/*",
    "_static/locales/*",
    "_static/images/logo_*",
    "_static/scripts/fontawesome*",
    "_static/scripts/*.map",
    "_static/scripts/*.LICENSE.txt",
    "_static/styles/*.map",
    "_static/styles/theme.css",
    "_static/*webpack-macros.html",
    "_static/sphinx-thebe*",
    "_static/plus.png",
    "_static/minus.png",
    "_static/play-solid.svg",
    "_static/screenshot.png",
    "objects.inv",
    "genindex.html",
    "jupyter_execute/*",
)


def publish(places: Places, chapters: list[str]) -> int:
    """Put the site together.

    Parameters
    ----------
    places : Places
        The clone; reads Jupyter Book's output and the assets, writes ``.build/site``.
    chapters : list of str
        Names of the chapters, whose student notebooks are offered for download.

    Returns
    -------
    int
        The site's size in bytes.
    """
    html = places.output / "_build" / "html"
    new = places.build / "site.new"
    shutil.rmtree(new, ignore_errors=True)
    for path in files_under(html):
        inside = path.relative_to(html)
        if not any(inside.match(pattern) or _below(inside, pattern) for pattern in UNUSED):
            _copy(path, new / inside)
    for path in files_under(places.assets):
        _copy(path, new / "_static" / path.relative_to(places.assets))
    theme = new / "_static" / "styles" / "pydata-sphinx-theme.css"
    if theme.is_file():
        style = without_icon_font(theme.read_text(encoding="utf-8"))
        theme.write_text(style, encoding="utf-8", newline="\n")
    katex = places.node / "node_modules" / "katex" / "dist"
    if katex.is_dir():
        for path in sorted((katex / "fonts").glob("*.woff2")):
            _copy(path, new / "_static" / "katex" / "fonts" / path.name)
        style = katex_style((katex / "katex.min.css").read_text(encoding="utf-8"))
        (new / "_static" / "katex" / "katex.css").write_text(style, encoding="utf-8")
    for name in chapters:
        _copy(places.source / "downloads" / f"{name}.ipynb", new / "notebooks" / f"{name}.ipynb")
    for path in files_under(places.source / "data"):
        _copy(path, new / "data" / path.name)
    missing = new / "404.html"
    if missing.is_file():
        text = standing_alone(missing.read_text(encoding="utf-8"))
        missing.write_text(text, encoding="utf-8", newline="\n")
    # Tells GitHub Pages to serve folders whose names begin with an underscore.
    (new / ".nojekyll").touch()
    size = sum(path.stat().st_size for path in files_under(new))
    replace_folder(new, places.site)
    return size


def without_icon_font(style: str) -> str:
    """The theme's style sheet without its icon font, of which book.css draws the few icons used.

    Examples
    --------
    >>> without_icon_font("@font-face{src:url(fa.woff2)}.fa-box:before{content:'x'}.fade{top:0}")
    '.fade{top:0}'
    """
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    one = r"\.fa-[a-z0-9-]+(?:::?before)?"
    style = re.sub(rf"(?:^|(?<=\}})){one}(?:,{one})*\{{[^{{}}]*\}}", "", style)
    return re.sub(r"content:var\(--pst-icon-[a-z-]+\)", "content:none", style)


def katex_style(style: str) -> str:
    """KaTeX's style sheet with the fonts that every current browser reads, and no others.

    Examples
    --------
    >>> katex_style('src:url(fonts/A.woff2) format("woff2"),url(fonts/A.ttf) format("truetype")}')
    'src:url(fonts/A.woff2) format("woff2")}'
    """
    return re.sub(r',url\(fonts/[^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)', "", style)


_ALONE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>{title}</title>
<link rel="icon" href="data:," />
<style>
body {{ font: 1.0625rem/1.65 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif;
  max-width: 40rem; margin: 12vh auto; padding: 0 1.25rem; color: #1d2329; background: #fff; }}
a {{ color: #0072B2; }} .headerlink {{ display: none; }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #e4e8ec; background: #14181e; }} a {{ color: #62b4e8; }} }}
</style>
</head>
<body><main>{body}</main></body>
</html>
"""


def standing_alone(page: str) -> str:
    """The page for a missing address, cut down to its words with its style inside.

    A server shows it at whatever address was asked for, so it cannot know where the site's style
    sheets lie: it names none. Its links are relative; all pages of the site lie side by side, so
    they hold for every misspelt page below whatever path the site is published.
    """
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    body = re.search(r'<article class="bd-article">(.*?)</article>', page, re.S)
    return _ALONE.format(
        title=title.group(1).strip() if title else "404", body=body.group(1) if body else ""
    )


def page_weight(site: Path, page: str) -> dict[str, int]:
    """What a browser loads to show a page, compressed, before it comes alive.

    Parameters
    ----------
    site : Path
        The built site.
    page : str
        Name of a page, such as ``05-process.html``.

    Returns
    -------
    dict
        Bytes after gzip for the page and each style sheet, classic script and image it names.
        Module scripts make the page live; they are counted too, the runtime is not.
    """
    text = (site / page).read_text(encoding="utf-8")
    named = re.findall(r'<(?:script|img)[^>]+src="([^"#]+)"', text)
    for tag in re.findall(r"<link[^>]+>", text):
        if re.search(r'rel="(?:stylesheet|icon|shortcut icon|modulepreload)"', tag):
            named += re.findall(r'href="([^"#]+)"', tag)
    weights = {page: _gzipped(site / page)}
    for address in named:
        path = (site / address.split("?")[0]).resolve()
        if not address.startswith("data:") and path.is_file():
            weights[path.relative_to(site.resolve()).as_posix()] = _gzipped(path)
    return weights


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def _below(name: Path, pattern: str) -> bool:
    folder = pattern.removesuffix("/*")
    return folder != pattern and name.as_posix().startswith(folder + "/")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
