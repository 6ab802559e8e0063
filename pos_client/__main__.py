"""The way in: runs a command, and turns everything that goes wrong into one sentence and the right exit code."""

import os
import sys
from pathlib import Path

import click

from pos_client.config import system_language
from pos_client.errors import EXIT_BUG, EXIT_WRONG_USE, Problem
from pos_client.phrase import LANGUAGES, Language

_INTERRUPTED = 130


def main() -> None:
    """Runs ``pos-client`` and ends the process."""
    from pos_client.cli import cli

    language = _language(sys.argv[1:])
    try:
        code = cli.main(standalone_mode=False) or 0
    except Problem as problem:
        click.echo(problem.sentence(language), err=True)
        _report(problem)
        code = problem.exit_code
    except click.Abort:
        code = _INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = EXIT_WRONG_USE
    except BrokenPipeError:  # whoever read our output has gone; there is nobody left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 (the last net: no traceback ever reaches a clerk)
        from pos_client.desk.fault_log import unexpected

        click.echo(unexpected(error, _report(error)).sentence(language), err=True)
        code = EXIT_BUG
    sys.exit(code)


def _language(arguments: list[str]) -> Language:
    """The language is needed before the arguments are parsed, because parsing may be what fails."""
    said = " ".join(arguments).replace("--language=", "--language ")
    for language in LANGUAGES:
        if f"--language {language}" in said:
            return language
    return system_language(os.environ)


def _report(error: Exception) -> Path:
    from pos_client.cli.fault_log import write_report

    return write_report(error, sys.argv[1:], os.environ)


if __name__ == "__main__":
    main()
