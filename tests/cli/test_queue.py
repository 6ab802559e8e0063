"""``sync`` as the window starts it."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pos_client.cli import cli


@pytest.mark.parametrize("aside", [True, False])
def test_beside_a_window_it_leaves_the_processor_to_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, aside: bool
) -> None:
    began = []

    def stop_there(*_: object) -> None:
        raise click.Abort

    monkeypatch.setattr("pos_client.cli.queue.work_aside", lambda: began.append("aside"))
    monkeypatch.setattr("pos_client.cli.queue.open_back_office", stop_there)
    CliRunner().invoke(cli, ["--home", str(tmp_path), "sync", "--once", *["--aside"] * aside])
    assert began == ["aside"] * aside
