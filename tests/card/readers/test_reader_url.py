"""How a reader is named."""

import pytest

from pos_client.card import words
from pos_client.card.readers.reader import ReaderUrl
from pos_client.card.readers.reader_url import WrongReaderUrl, parse
from pos_client.errors import EXIT_WRONG_USE


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("pcsc:", ReaderUrl("pcsc", "")),
        ("pcsc:ACS ACR38 [CCID] 00 00", ReaderUrl("pcsc", "ACS ACR38 [CCID] 00 00")),
        ("ccid-serial:/dev/ttyUSB0", ReaderUrl("ccid-serial", "/dev/ttyUSB0")),
        ("ccid-serial:COM3", ReaderUrl("ccid-serial", "COM3")),
        ("ccid-serial:socket://127.0.0.1:4000", ReaderUrl("ccid-serial", "socket://127.0.0.1:4000")),
        ("ccid-serial:socket://[::1]:4000", ReaderUrl("ccid-serial", "socket://[::1]:4000")),
    ],
)
def test_right_addresses(text: str, meant: ReaderUrl) -> None:
    assert parse(text) == meant
    assert str(meant) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pcsc",
        "usb:1",
        "/dev/ttyUSB0",
        "ccid-serial:",
        "ccid-serial:socket://127.0.0.1",
        "ccid-serial:socket://:4000",
        "ccid-serial:socket://host:70000",
        "ccid-serial:socket://host:0",
        "ccid-serial:socket://host:4000?logging=debug",
        "ccid-serial:socket://host:4000/x",
        "ccid-serial:spy:///dev/ttyUSB0",
    ],
)
def test_wrong_addresses_are_wrong_use(text: str) -> None:
    with pytest.raises(WrongReaderUrl) as told:
        parse(text)
    assert told.value.words is words.WRONG_READER_URL
    assert told.value.exit_code == EXIT_WRONG_USE
    assert text in told.value.sentence("zh")
