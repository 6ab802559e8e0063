"""Writes a slip to the home's folder, whole or not at all."""

from pathlib import Path

from pos_client.config import Home
from pos_client.desk.slip import Slip
from pos_client.desk.slip_text import slip_text
from pos_client.desk.words import SLIP_NOT_WRITTEN
from pos_client.errors import EnvironmentProblem


def write_slip(home: Home, id_: str, slip: Slip) -> Path:
    """Writes the slip of a booked act as ``slips/<id>.txt``.

    Raises:
        EnvironmentProblem: S-SLIP; the act itself is booked and stays so.
    """
    file = home.slips / f"{id_}.txt"
    draft = file.with_name(f"{id_}.new")
    try:
        draft.write_text(slip_text(slip), encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        raise EnvironmentProblem(
            SLIP_NOT_WRITTEN, {"errno": error.errno}, id=id_, folder=home.slips, why=error.strerror or error
        ) from error
    return file
