"""Writes a slip to the home's folder, masked, whole or not at all."""

from pathlib import Path

from pos_client.config import Home
from pos_client.desk.slip import Slip, masked
from pos_client.desk.slip_text import slip_text
from pos_client.desk.words import SLIP_NOT_WRITTEN
from pos_client.errors import EnvironmentProblem


def slip_file(home: Home, id_: str) -> Path:
    """Where the slip of an act is kept."""
    return home.slips / f"{id_}.txt"


def write_slip(home: Home, id_: str, slip: Slip) -> Path:
    """Writes the slip of a booked act as ``slips/<id>.txt``, the name masked.

    Raises:
        EnvironmentProblem: S-SLIP; the act itself is booked and stays so.
    """
    file = slip_file(home, id_)
    draft = file.with_name(f"{id_}.new")
    try:
        draft.write_text(slip_text(masked(slip)), encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        raise EnvironmentProblem(
            SLIP_NOT_WRITTEN, {"errno": error.errno}, id=id_, folder=home.slips, why=error.strerror or error
        ) from error
    return file
