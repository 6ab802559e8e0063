"""The way in: language, last net, exit codes."""

import json
import sys
from pathlib import Path

import click
import pytest

import pos_client.cli
from pos_client.__main__ import _language, main


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "zh"),
        (["--language", "en", "sale"], "en"),
        (["--language=en"], "en"),
        (["--language"], "zh"),
        (["--language", "fr"], "zh"),
    ],
)
def test_the_language_is_known_before_anything_can_fail(
    arguments: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "POS_CLIENT_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    assert _language(arguments) == language


def test_a_bug_of_ours_is_one_sentence_and_a_report_without_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def broken() -> None:
        raise ValueError("张建国 439999197003030012")

    monkeypatch.setattr(pos_client.cli, "cli", broken)
    monkeypatch.setattr(sys, "argv", ["pos-client"])
    monkeypatch.setenv("POS_CLIENT_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 70
    told = capsys.readouterr().err
    assert "(X-BUG)" in told
    report = (tmp_path / "logs" / "problems.jsonl").read_text(encoding="utf-8")
    assert json.loads(report)["type"] == "ValueError"
    assert any("broken" in line for line in json.loads(report)["at_lines"])
    assert "张建国" not in told + report
    assert "439999197003030012" not in told + report


def test_an_interrupt_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pos_client.cli, "cli", interrupted)
    monkeypatch.setattr(sys, "argv", ["pos-client"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
