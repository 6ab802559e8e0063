import re
from pathlib import Path

import pytest

from rehearsal import translations


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return translations.english()


def test_every_word_of_the_window_is_in_the_translation(tmp_path: Path) -> None:
    copy = tmp_path / "pos_en.ts"
    copy.write_bytes(translations.SOURCE.read_bytes())
    translations.update(copy)
    assert copy.read_text(encoding="utf-8") == translations.SOURCE.read_text(encoding="utf-8")


def test_every_word_has_its_english(english: dict[str, str]) -> None:
    assert [word for word, said in english.items() if not said] == []


def test_the_english_fills_in_the_same_places(english: dict[str, str]) -> None:
    def places(said: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", said))

    assert [word for word, said in english.items() if places(word) != places(said)] == []


def test_no_english_is_left_in_chinese(english: dict[str, str]) -> None:
    assert [said for said in english.values() if re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", said)] == []


def test_what_the_window_loads_is_compiled_from_it(tmp_path: Path) -> None:
    compiled = tmp_path / "pos_en.qm"
    translations.compile_to(compiled)
    assert compiled.read_bytes() == translations.COMPILED.read_bytes()
