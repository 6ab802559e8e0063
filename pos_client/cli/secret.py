"""What nobody may see: typed unseen at a terminal, else a line of standard input."""

import sys

import click


def secret(prompt: str, *, twice: bool = False) -> str:
    """A password, passphrase or PIN; never an argument, which every process of the machine could read.

    Raises:
        UsageError: standard input has ended.
    """
    if sys.stdin.isatty():
        typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
        return typed
    line = sys.stdin.readline()
    if not line:
        raise click.UsageError(f"{prompt}: nothing on standard input")
    return line.rstrip("\r\n")
