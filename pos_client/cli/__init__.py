"""The commands of ``pos-client``: they read words from the command line and print words; every act is the desk's.

Without a command it is the window (``window``); no command loads anything of Qt.

``--json`` prints one object a line on stdout, words then go to stderr. Exit codes: 0 done, 1 refused or a difference
found, 2 wrong use, 3 outcome unknown, 4 environment, 70 our bug (see ``__main__``). A command's module is loaded only
when that command runs, so that reading a card does not wait for the policies, nor a split for the database.
"""

import os
from collections.abc import Mapping
from importlib import import_module

import click

from pos_client.config import find_home

#: Command → module in this package that holds it under the same name.
COMMANDS: Mapping[str, str] = {
    "backup": "backup",
    "card": "card_pin",  # which adds its commands to those of card
    "catalogue": "catalogue",
    "operator": "operator",
    "policy": "policy",
    "queue": "queue",
    "readers": "card",
    "sale": "sale",
    "split": "split",
    "sync": "queue",
    "void": "sale",
}


class _LoadedWhenUsed(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__package__}.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=_LoadedWhenUsed, invoke_without_command=True)
@click.option("--home", "home_option", metavar="DIR", help="Data folder; else POS_CLIENT_HOME.")
@click.option("--language", type=click.Choice(["zh", "en"]), help="Language of the sentences.")
@click.pass_context
def cli(context: click.Context, home_option: str | None, language: str | None) -> int:
    """收费窗口程序：读卡、分割、收费、结算。 The counter program of Chinese basic medical insurance.

    Without a command the window opens. 不带命令就打开收费窗口。
    """
    if language is not None:
        os.environ["POS_CLIENT_LANGUAGE"] = language
    context.obj = find_home(home_option, os.environ)
    if context.invoked_subcommand is not None:
        return 0
    window = import_module(f"{__package__}.window")
    code: int = window.open_window(context.obj)
    return code
