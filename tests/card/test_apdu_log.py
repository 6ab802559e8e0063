"""The log of commands: in a training home that wants it and nowhere else, and never with a PIN in it."""

import re
from pathlib import Path
from typing import cast

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psam import Psam
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import POS_PRO
from hardware_sim.readers.reader import SerialReader
from pos_client import config
from pos_client.card import apdu_log, words
from pos_client.card.apdu_log import ApduLog, LoggedCard, logged
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.card.readers.reader import CardReader, WholeCardReader
from pos_client.card.readers.reader_url import parse
from pos_client.card.slots import PSAM_AUTOMATIC, Slots
from pos_client.card.social_security import pin as card_pin
from pos_client.card.social_security.pin import Pin
from pos_client.card.social_security.reading import read_identity
from pos_client.config import Home, Setting
from pos_client.errors import EnvironmentProblem, Refused
from tests.card.simulated import WirelessPort
from tests.silence import assert_silent
from tests.virtual import VirtualClock

PIN, WRONG, NEW = "123456", "74918362", "5038264917"


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting, as long as the table of settings does not have it."""
    known = cast("dict[str, Setting]", config.SETTING_OF)
    monkeypatch.setitem(known, apdu_log.SETTING, Setting(apdu_log.SETTING, str, "no", "", "", choices=("no", "yes")))


def a_home(folder: Path, mode: str = "training", log: str = "yes") -> Home:
    home = Home(folder / "home")
    home.folder.mkdir()
    home.config_file.write_text(f'mode = "{mode}"\n[reader]\napdu_log = "{log}"\n', encoding="utf-8")
    return home


@pytest.fixture
def slot() -> Slot:
    return Slot(chip_of(personas.load("third-generation").card))


@pytest.fixture
def reader(slot: Slot, monkeypatch: pytest.MonkeyPatch) -> CardReader:
    twin = SerialReader(POS_PRO, [slot, Slot(Psam())])
    monkeypatch.setattr(ccid_serial, "open_port", lambda *_: WirelessPort(twin))
    return CcidSerialReader("wireless")


def lines(home: Home) -> list[str]:
    return apdu_log.log_file(home).read_text(encoding="ascii").splitlines()


def test_a_reading_is_logged_line_by_line_with_the_psam(tmp_path: Path, reader: CardReader) -> None:
    home = a_home(tmp_path)
    card = logged(reader, str(home.folder), VirtualClock())
    url = card.connect()
    psam = Slots().psam(card, parse(url), PSAM_AUTOMATIC)
    assert psam is not None
    identity = read_identity(card, url, atr=card.atr, psam=lambda: psam)
    psam.close()
    card.disconnect()
    assert identity.name == "张建国"
    first, *others = lines(home)
    assert first == f"2026-11-21T12:00:00.000+08:00    0 ms card   power > {card.atr.hex().upper()}"
    told = [line.partition(" ms ")[2] for line in others]
    assert told[0].startswith("slot+1 power > 3B")
    assert told[1] == "slot+1 00B0960006 > 4399000000019000"
    assert "card   00A404000F7378312E73682EC9E7BBE1B1A3D5CF > 611E" in told
    assert any(re.fullmatch(r"card   0082000A10[0-9A-F]{32} > 9000", line) for line in told)
    assert any(line.startswith("card   00B201355B > 0812") for line in told)
    assert any(re.fullmatch(r"slot\+1 80FA0000\*\*\* > 6110", line) for line in told)
    assert any(re.fullmatch(r"slot\+1 00C0000010 > \*\*\*9000", line) for line in told)


def test_a_pin_is_never_written(tmp_path: Path, reader: CardReader) -> None:
    home = a_home(tmp_path)
    card = logged(reader, str(home.folder))
    card.connect()
    card_pin.select(card)
    with pytest.raises(Refused):
        card_pin.verify(card, Pin(WRONG))
    card_pin.verify(card, Pin(PIN))
    card_pin.change(card, Pin(PIN), Pin(NEW))
    for command in (f"8424000114{WRONG}{WRONG}", f"80FA000008{WRONG}{WRONG}", f"84D40001{WRONG}", f"FF5E{NEW}", NEW):
        card.transmit(bytes.fromhex(command))
    card.disconnect()
    written = "\n".join(lines(home))
    assert_silent(written, (WRONG, NEW))
    assert not re.search("(00200000|805E0100)0[3-9]", written)
    assert [written.count(part) for part in ("0020000000 > 63C3", "00200000*** > 63C2", "00200000*** > 9000")] == [
        2,
        1,
        1,
    ]
    assert "805E0100*** > 9000" in written
    assert PIN not in written


def test_a_card_that_says_the_pin_back_does_not_bring_it_into_the_log(tmp_path: Path) -> None:
    class Parrot:
        atr = b"\x3b\x00"
        waiting = b""

        def transmit(self, command: bytes) -> bytes:
            if command[1] == 0xC0:
                return self.waiting + b"\x90\x00"
            self.waiting = command[5:]
            return command[5:] + bytes((0x61, len(command[5:])))

    log = ApduLog(tmp_path / "apdu.log", VirtualClock())
    card = LoggedCard(cast(CardReader, Parrot()), log)
    card.transmit(bytes.fromhex(f"0020000004{WRONG}"))
    card.transmit(bytes.fromhex("00C0000004"))
    card.transmit(bytes.fromhex("00C0000004"))
    card.transmit(bytes.fromhex("00A4040002CAFE"))
    card.transmit(bytes.fromhex("00C0000002"))
    log.close()
    written = (tmp_path / "apdu.log").read_text(encoding="ascii")
    assert_silent(written, (WRONG,))
    told = [line.partition("card   ")[2] for line in written.splitlines()]
    assert told[:3] == ["00200000*** > ***6104", "00C0000004 > ***9000", "00C0000004 > ***9000"]
    assert told[3:] == ["00A4040002CAFE > CAFE6102", "00C0000002 > CAFE9000"]


@pytest.mark.parametrize(("mode", "log"), [("real", "yes"), ("real", "no"), ("training", "no")])
def test_elsewhere_nothing_is_written_whatever_is_asked(
    tmp_path: Path, reader: CardReader, mode: str, log: str
) -> None:
    home = a_home(tmp_path, mode, log)
    assert logged(reader, str(home.folder)) is reader
    assert not home.logs.exists()


def test_a_home_that_cannot_be_asked_is_none(tmp_path: Path, reader: CardReader) -> None:
    home = a_home(tmp_path)
    home.config_file.write_text("mode = training", encoding="utf-8")
    assert logged(reader, str(home.folder)) is reader
    assert logged(reader, str(tmp_path / "nowhere")) is reader
    assert logged(reader, "") is reader


def test_a_home_without_the_setting_logs_nothing(tmp_path: Path, reader: CardReader) -> None:
    home = a_home(tmp_path)
    home.config_file.write_text('mode = "training"\n', encoding="utf-8")
    assert logged(reader, str(home.folder)) is reader


def test_troubles_are_written_with_their_code_and_raised_as_they_were(
    tmp_path: Path, slot: Slot, reader: CardReader
) -> None:
    home = a_home(tmp_path)
    card = logged(reader, str(home.folder))
    card.connect()
    slot.remove()
    with pytest.raises(EnvironmentProblem) as torn:
        card.transmit(bytes.fromhex("00A40000023F00"))
    with pytest.raises(EnvironmentProblem) as empty:
        card.connect()
    assert (torn.value.words, empty.value.words) == (words.CARD_TORN, words.NO_CARD)
    assert not card.card_present()
    card.disconnect()
    assert [line.rpartition("card   ")[2] for line in lines(home)[1:]] == ["00A40000023F00 > K-12", "power > K-11"]


def test_it_is_a_reader_like_the_one_within(tmp_path: Path, reader: CardReader) -> None:
    card = logged(reader, str(a_home(tmp_path).folder))
    assert isinstance(card, LoggedCard)
    assert not isinstance(card, WholeCardReader)
    card.connect()
    assert card.atr == reader.atr
    assert card.card_present()
    assert card.pin_pad() is None
    card.disconnect()
    card.disconnect()


def test_two_files_of_a_million_bytes_are_the_most(tmp_path: Path) -> None:
    log = ApduLog(tmp_path / "logs" / "apdu.log", VirtualClock())
    (tmp_path / "logs").mkdir()
    for number in range(3_200):
        log.write(f"{number:05} " + "00" * 512)
    log.close()
    files = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in files] == ["apdu.log", "apdu.log.1"]
    assert all(file.stat().st_size <= apdu_log.LARGEST_BYTES for file in files)
    assert files[0].read_text(encoding="ascii").splitlines()[-1].split()[1] == "03199"


def test_a_log_that_cannot_be_written_stops_nothing_and_says_nothing(
    tmp_path: Path, reader: CardReader, capfd: pytest.CaptureFixture[str]
) -> None:
    home = a_home(tmp_path)
    home.logs.write_text("a file where the folder should be", encoding="utf-8")
    card = logged(reader, str(home.folder))
    card.connect()
    card_pin.select(card)
    card.disconnect()
    home.logs.unlink()
    home.logs.mkdir()
    apdu_log.log_file(home).symlink_to("/dev/full")
    card.connect()
    card_pin.select(card)
    card.disconnect()
    assert capfd.readouterr() == ("", "")
