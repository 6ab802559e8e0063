"""Our client reads a card that this project did not write: the card operating system of vsmartcard's ``vicc``."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos_client.card.process import CardProcess
from pos_client.runtime import Runtime, SystemChild, SystemClock
from tests.pcscd import LOG, READER, needs
from tests.virtual import virtual_runtime
from tests.witnesses import vicc_card
from tests.witnesses.pcsc_client import talk

FIRST = f"{READER} 00 00"
VICC = Path("/usr/lib/python3/site-packages/virtualsmartcard")


def real() -> Runtime:
    return replace(virtual_runtime(), clock=SystemClock(), spawn=SystemChild)


@contextmanager
def foreign_card(port: int) -> Iterator[None]:
    """The foreign card in the virtual reader; it is there as soon as the service has looked."""
    needs("vsmartcard-vpicc", VICC)
    command = [sys.executable, "-m", vicc_card.__name__, str(port)]
    environment = dict(os.environ, PYTHONPATH=str(VICC))
    with LOG.open("ab") as log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as vicc:
        try:
            yield
        finally:
            vicc.terminate()


@pytest.fixture
def foreign(virtual_port: int) -> Iterator[None]:
    with foreign_card(virtual_port):
        yield


@pytest.mark.usefixtures("foreign")
def test_the_client_reads_a_foreign_card() -> None:
    assert talk(FIRST, "connect:any") == ["T0"]
    with CardProcess(real(), f"pcsc:{FIRST}", read_timeout_ms=60_000) as process:
        identity = process.read()
    assert identity.name == "张三"
    assert identity.id_number == "999999199001010016"
    assert identity.card_number == "A00000011"
    assert identity.identification_code == "519900D1560000050000000A1A2B3C4D"
    assert (identity.version, identity.region) == ("2.00", "519900")
    assert (identity.issued_on, identity.expires_on) == (date(2024, 6, 1), date(2034, 6, 1))
    assert (identity.sex, identity.nation, identity.born_on) == ("1", "01", date(1990, 1, 1))


@pytest.mark.usefixtures("foreign")
def test_the_command_reads_a_foreign_card() -> None:
    assert talk(FIRST, "connect:any") == ["T0"]
    command = [sys.executable, "-m", "pos_client", "card", "read", "--reader", f"pcsc:{FIRST}", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert '"card_number": "A00000011"' in done.stdout
    assert '"name": "张三"' in done.stdout
