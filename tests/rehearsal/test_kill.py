"""Sales killed with -9 at random moments: nothing lost, nothing doubled."""

import pytest

from rehearsal.kill import run_kills


def test_books_agree_after_twenty_kills_and_one_sync(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_kills(times=20, seed=7) == 0
    said = capsys.readouterr().out
    assert "20 kills, books and ledger agree to the fen" in said
