"""The copy of the key for the safe."""

import random
import stat
from pathlib import Path

import pytest

from pos_client.errors import EnvironmentProblem, Problem, Refused
from pos_client.offline import escrow
from pos_client.offline.escrow import Escrow
from tests.virtual import NOON

KEY = bytes(range(32))
PHRASE = "correct horse 电池 staple"
CHEAP = 2**14


def _sealed(key: bytes = KEY, phrase: str = PHRASE) -> Escrow:
    dice = random.Random(1)
    return escrow.seal(key, phrase, owner="training/P/1", now=NOON, random_bytes=dice.randbytes, cost=CHEAP)


def _code(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_the_key_comes_back_from_the_file_with_the_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "safe.toml"
    escrow.write(_sealed(), file)
    found = escrow.read(file)
    assert found == _sealed()
    assert (found.owner, found.made_at) == ("training/P/1", NOON)
    assert escrow.unseal(found, PHRASE, file) == KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_file_shows_neither_key_nor_passphrase_and_says_how_to_restore(tmp_path: Path) -> None:
    text = _sealed().text()
    assert KEY.hex() not in text
    assert PHRASE not in text
    assert "pos-client backup restore" in text


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        escrow.unseal(_sealed(), PHRASE + "!", tmp_path)
    assert _code(caught) == "D-ESC-PHRASE"


@pytest.mark.parametrize(
    ("name", "value"), [("owner", "real/P/1"), ("made_at", "2020-01-01T00:00:00.000Z"), ("fingerprint", "00" * 32)]
)
def test_a_changed_fact_shows(tmp_path: Path, name: str, value: str) -> None:
    file = tmp_path / "safe.toml"
    lines = [f'{name} = "{value}"' if one.startswith(name) else one for one in _sealed().text().splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        escrow.unseal(escrow.read(file), PHRASE, file)
    assert _code(caught) == "D-ESC-PHRASE"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("form = 1", "form = 2"),
        ("form = 1", "form 1"),
        ("sealed = ", "sealing = "),
        (f"[{CHEAP}, 8, 1]", f"[{2**30}, 8, 1]"),
        (f"[{CHEAP}, 8, 1]", f"[{CHEAP}, 8, 64]"),
        (f"[{CHEAP}, 8, 1]", '"much"'),
        ('nonce = "', 'nonce = "AAAA'),
        ('salt = "', 'salt = "?'),
    ],
)
def test_a_file_that_is_no_such_copy_is_said_so(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "safe.toml"
    text = _sealed().text()
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        escrow.read(file)
    assert _code(caught) == "D-ESC-FILE"


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        escrow.read(tmp_path / "nowhere.toml")
    assert _code(caught) == "D-ESC-FILE"
    with pytest.raises(EnvironmentProblem) as caught:
        escrow.write(_sealed(), tmp_path / "no" / "folder.toml")
    assert _code(caught) == "D-ESC-FILE"


def test_a_copy_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "safe.toml"
    file.write_text("precious", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        escrow.write(_sealed(), file)
    assert _code(caught) == "D-ESC-THERE"
    assert file.read_text(encoding="utf-8") == "precious"


def test_a_short_passphrase_seals_nothing() -> None:
    with pytest.raises(Refused) as caught:
        _sealed(phrase="elevenchars")
    assert _code(caught) == "D-PHRASE"


def test_a_fingerprint_recognises_one_key() -> None:
    assert escrow.fingerprint(KEY) == escrow.fingerprint(KEY)
    assert escrow.fingerprint(KEY) != escrow.fingerprint(KEY[::-1])
    assert _sealed().fingerprint == escrow.fingerprint(KEY)
