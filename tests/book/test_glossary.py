"""The glossary: every entry complete, plausible, in order, and never twice."""

import re
import unicodedata
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "book" / "glossary.md"
ENTRY = re.compile(
    r"^(?P<term>\S.*)\n  \*\*(?P<zh>[^*]+)\*\* \*(?P<pinyin>[^*]+)\*\. (?P<text>.+)$"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
TONES = {"\u0304", "\u0301", "\u030c", "\u0300"}
VOWELS = set("aeiouü")
INITIALS = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
FINALS = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|üan|ai|ei|ao|ou|an|en|in|ün|un|ia|ie|iu"
    "|ua|uo|ui|üe|ue|er|a|o|e|i|u|ü"
)
SYLLABLE = f"(?:(?:{INITIALS})?(?:{FINALS}))"


def blocks():
    inside = PAGE.read_text(encoding="utf-8").split("```{glossary}\n", 1)[1].rsplit("```", 1)[0]
    return [block for block in inside.strip().split("\n\n") if block.strip()]


def entries():
    return [match.groupdict() for block in blocks() if (match := ENTRY.fullmatch(block.strip()))]


def without_tones(text):
    parts = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))


def syllables(pinyin):
    """How many syllables a pinyin word can be cut into; empty if it cannot be pinyin."""
    counts = set()
    for word_counts in [_counts(word) for word in re.split(r"[ ,']+", pinyin) if word]:
        counts = {a + b for a in (counts or {0}) for b in word_counts}
        if not counts:
            return set()
    return counts


def _counts(word):
    ends = {0: {0}}
    for start in range(len(word)):
        for match_end in range(start + 1, min(start + 6, len(word)) + 1):
            if start in ends and re.fullmatch(SYLLABLE, word[start:match_end]):
                ends.setdefault(match_end, set()).update(n + 1 for n in ends[start])
    return ends.get(len(word), set())


def test_every_block_is_a_complete_entry():
    wrong = [block for block in blocks() if not ENTRY.fullmatch(block.strip())]
    assert not wrong
    assert len(entries()) >= 45


def test_terms_stand_in_alphabetical_order_and_once():
    terms = [entry["term"].lower() for entry in entries()]
    assert terms == sorted(set(terms))


@pytest.mark.parametrize("column", ["zh", "text"])
def test_no_two_terms_share_their_chinese_or_their_definition(column):
    values = [entry[column] for entry in entries()]
    assert len(values) == len(set(values))


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e["term"])
def test_an_entry_is_plausible(entry):
    assert HAN.search(entry["zh"])
    assert entry["text"].endswith(".")
    assert entry["text"][0].isupper()
    assert not HAN.search(entry["text"])
    pinyin = entry["pinyin"]
    for latin in re.findall(r"[A-Za-z]+", entry["zh"]):
        pinyin = re.sub(rf"\b{latin}\b", "", pinyin, count=1).strip()
    characters = len(HAN.findall(entry["zh"]))
    assert characters in syllables(without_tones(pinyin)), "a syllable for each character"


def test_every_syllable_carries_a_tone_mark_but_a_neutral_zi():
    for entry in entries():
        marks = sum(c in TONES for c in unicodedata.normalize("NFD", entry["pinyin"]))
        neutral = len(re.findall(r"zi\b", entry["pinyin"])) if "子" in entry["zh"] else 0
        assert marks == len(HAN.findall(entry["zh"])) - neutral, entry["term"]


@pytest.mark.parametrize("wrong", ["xhi", "liuchengtk", "bqing"])
def test_the_pinyin_check_refuses_what_is_no_pinyin(wrong):
    assert not syllables(wrong)
