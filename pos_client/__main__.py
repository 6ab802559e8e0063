"""The way in: runs a command, and turns everything that goes wrong into one sentence and the right exit code."""

import os
import sys

import click

from pos_client.config import system_language
from pos_client.errors import EXIT_BUG, EXIT_WRONG_USE, OurBug, Problem, Words
from pos_client.phrase import LANGUAGES, Language

UNEXPECTED = Words(
    "X-BUG",
    "程序自己出了错（{what}），这一步没有做完；已写下的账都在。请叫信息科，并附上 {report}。",
    "The program itself failed ({what}) and did not finish this step; what was written is kept. Ask IT and show them "
    "{report}.",
)
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
        unexpected = OurBug(UNEXPECTED, what=type(error).__name__, report=_report(error))
        click.echo(unexpected.sentence(language), err=True)
        code = EXIT_BUG
    sys.exit(code)


def _language(arguments: list[str]) -> Language:
    """The language is needed before the arguments are parsed, because parsing may be what fails."""
    said = " ".join(arguments).replace("--language=", "--language ")
    for language in LANGUAGES:
        if f"--language {language}" in said:
            return language
    return system_language(os.environ)


def _report(error: Exception) -> str:
    from pos_client.cli.fault_log import write_report

    return write_report(error, sys.argv[1:], os.environ)


if __name__ == "__main__":
    main()
