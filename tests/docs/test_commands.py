"""Every command that the documents name is one, with these options: the program's own parser reads them."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from hardware_sim.cli import cli as hardware_sim
from pos_client.cli import cli as pos_client
from tests.docs.pages import ROOT, blocks

PROGRAMS: dict[str, click.Group] = {"pos-client": pos_client, "hardware-sim": hardware_sim}
PAGES = (
    "README.md", "README.zh.md", "docs/readers.md", "docs/simulators.md", "docs/guide/zh/it.md", "docs/guide/en/it.md",
)  # fmt: skip


def commands(page: str) -> Iterator[str]:
    """The lines of shell blocks, and what stands between backticks, that call one of the programs with all it wants."""
    for line in "\n".join(blocks(page, "sh")).splitlines():
        if line.split(" ")[0] in PROGRAMS:
            yield line.partition("  #")[0].rstrip(" &")
    for said in re.findall(r"`([^`\n]+)`", (ROOT / page).read_text(encoding="utf-8")):
        if said.split(" ")[0] in PROGRAMS and said.count(" ") > 1 and "…" not in said and "|" not in said:
            yield said


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_understood(page: str) -> None:
    found = list(commands(page))
    assert found
    for command in found:
        understood(command)


def understood(command: str) -> None:
    """Parses a command and everything below it; nothing is run."""
    program, *arguments = shlex.split(command.partition(" < ")[0])
    step: click.Command = PROGRAMS[program]
    context = None
    while True:
        try:
            context = step.make_context(program, arguments, parent=context)
        except click.MissingParameter:
            return  # a way of writing that leaves out what every call needs
        except click.UsageError as trouble:
            pytest.fail(f"{command}: {trouble.format_message()}")
        arguments = [*context._protected_args, *context.args]
        if not isinstance(step, click.Group):
            return
        below = step.get_command(context, arguments[0]) if arguments else None
        assert below is not None, command
        step, arguments = below, arguments[1:]


def test_a_wrong_option_would_be_found() -> None:
    with pytest.raises(pytest.fail.Exception, match="--tear"):
        understood("hardware-sim card --transport tcp:9000 --teared 3")
