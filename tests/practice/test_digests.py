"""The same variant everywhere: digests of 500 students per version, committed and compared."""

from __future__ import annotations

import types
from pathlib import Path

import pytest
from digests import committed

from svclab.course.places import CourseError, Places
from svclab.course.released import DIGESTS, freeze
from svclab.practice import class_of, digest, find, listed
from svclab.practice.registry import versions


def test_no_variant_of_an_earlier_version_has_changed() -> None:
    """The present ones are compared in test_every_exercise, all in test_digests_in_the_page."""
    now = {one.name: one.version for one in listed()}
    earlier = {
        (name, version): mark
        for name, marks in committed().items()
        for version, mark in marks.items()
        if int(version) != now.get(name)
    }
    assert {key: digest(class_of(find(key[0], int(key[1])))) for key in earlier} == earlier


def test_every_version_is_frozen_and_every_frozen_version_is_still_there() -> None:
    now = {one.name: {str(version) for version in versions(one.name)} for one in listed()}
    assert now == {name: set(found) for name, found in committed().items()}


def test_freezing_adds_new_versions_and_refuses_to_change_old_ones(
    tmp_path: Path, made_up: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svclab.course.released.listed", lambda: [made_up.desk])
    places = Places(tmp_path)
    (tmp_path / DIGESTS).parent.mkdir(parents=True)
    assert freeze(places) == ["madeup.desk, version 1", "madeup.desk, version 2"]
    before = (tmp_path / DIGESTS).read_text(encoding="utf-8")
    assert freeze(places) == []
    monkeypatch.setattr(
        type(made_up.desk), "deal", lambda self, draw: {"seconds": draw.integers(4, 20, 90, 2)}
    )
    made_up.desk = type(made_up.desk)()
    monkeypatch.setattr("svclab.course.released.listed", lambda: [made_up.desk])
    with pytest.raises(CourseError, match=r"madeup\.desk, version 2: .* raise its version"):
        freeze(places)
    assert (tmp_path / DIGESTS).read_text(encoding="utf-8") == before


def test_a_released_version_that_is_gone_is_missed(
    tmp_path: Path, made_up: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svclab.course.released.listed", lambda: [made_up.desk])
    (tmp_path / DIGESTS).parent.mkdir(parents=True)
    freeze(Places(tmp_path))
    made_up.older = ()
    with pytest.raises(CourseError, match=r"madeup\.desk, version 1: .*gradable"):
        freeze(Places(tmp_path))
