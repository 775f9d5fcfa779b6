"""Where the reader is, worked out from a page's HTML, without a built site."""

from __future__ import annotations

from svclab.course.sphinx_ext.wayfinding import counted

PAGE = """<h1>One</h1><p><em>core, 90 minutes</em></p>
<h2>Cells<a class="headerlink" href="#cells">#</a></h2>
<p><em>core, 6 minutes</em></p>
<h3>More</h3><p><em>core, 1 minute</em></p>
<h2>Exercises</h2>
<p><em>extra, at home</em></p><p><em>core, again</em></p>
<h2>Summary</h2>
<p>The end.</p>"""


def test_sections_with_a_time_are_counted_and_nothing_else() -> None:
    page = counted(PAGE)
    assert "<p><em>core, 6 minutes; section 1 of 2</em></p>" in page
    assert "<p><em>extra, at home; section 2 of 2</em></p>" in page
    assert page.count("; section") == 2


def test_a_page_without_such_sections_stays_as_it_is() -> None:
    page = "<h2>Summary</h2>\n<p><em>cored apples</em></p>"
    assert counted(page) == page
