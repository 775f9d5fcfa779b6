"""English search that finds Chinese terms too, offline.

Sphinx takes a run of Chinese characters for one word, so 瓶颈 inside a sentence would never be
found. Here a run is indexed as its single characters and its pairs of neighbours, and a query is
cut in the same way; every pair of the query has to be on the page.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

__all__ = ["EnglishAndChinese", "setup", "split"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")

# The same for a query, in the page; Sphinx puts it into language_data.js.
_QUERY_SPLITTER = r"""
function splitQuery(query) {
  const han = "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
  const runs = new RegExp(`[${han}]+|[^${han}]+`, "gu");
  const words = [];
  for (const word of query.split(/[^\p{Letter}\p{Number}_]+/u).filter(Boolean))
    for (const run of word.match(runs)) {
      if (!new RegExp(`[${han}]`).test(run) || run.length === 1) words.push(run);
      else for (let i = 0; i + 1 < run.length; i++) words.push(run.slice(i, i + 2));
    }
  return words;
}
"""


def split(text: str) -> list[str]:
    """Words of a text; Chinese as single characters and pairs of neighbours.

    Examples
    --------
    >>> split("The bottleneck 瓶颈")
    ['The', 'bottleneck', '瓶', '颈', '瓶颈']
    """
    words: list[str] = []
    for word in re.findall(r"\w+", text):
        words.extend(part for part in _HAN.split(word) if part)
        for run in _HAN.findall(word):
            words.extend(run)
            words.extend(run[start : start + 2] for start in range(len(run) - 1))
    return words


class EnglishAndChinese(SearchEnglish):
    """Sphinx's English search with Chinese words cut into pairs."""

    lang = "en"
    js_splitter_code = _QUERY_SPLITTER

    def split(self, input: str) -> list[str]:
        """See :func:`split`."""
        return split(input)


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx's English search."""
    language: type[SearchLanguage] = EnglishAndChinese
    app.add_search_language(language)
