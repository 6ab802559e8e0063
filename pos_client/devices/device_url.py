"""How a counter device is named in the settings: ``MODEL:DEVICE``, such as ``led8:/dev/ttyS1`` or ``vfd220:COM3``.

A model may be followed by another speed than its own: ``led8-9600:/dev/ttyS1``. A device behind a serial server is
``led8:socket://192.0.2.7:4001``. Empty is no device.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Generic, TypeVar
from urllib.parse import urlsplit

from pos_client.devices import words
from pos_client.devices.model import (
    AnnouncerModel,
    DisplayModel,
    DrawerModel,
    Kind,
    LineSettings,
    Model,
    ScannerModel,
    load,
)
from pos_client.errors import EXIT_WRONG_USE, EnvironmentProblem
from pos_client.phrase import Phrase

M = TypeVar("M", AnnouncerModel, DisplayModel, DrawerModel, ScannerModel)

SOCKET: Final = "socket://"
SPEEDS: Final = (300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
NAMES: Final[Mapping[Kind, Phrase]] = {
    Kind.DISPLAY: words.DISPLAY,
    Kind.ANNOUNCER: words.ANNOUNCER,
    Kind.DRAWER: words.DRAWER,
    Kind.SCANNER: words.SCANNER,
}
_EXAMPLES: Final = {
    Kind.DISPLAY: "led8:/dev/ttyS1",
    Kind.ANNOUNCER: "tdkj:/dev/ttyS2",
    Kind.DRAWER: "drawer:/dev/ttyS3",
    Kind.SCANNER: "scanner:/dev/ttyACM0",
}
_SCHEME: Final = re.compile(r"(?P<model>[a-z0-9]+)(?:-(?P<baud>[0-9]+))?")


class WrongDeviceUrl(EnvironmentProblem):
    """A device address that nobody can open: a setting was mistyped."""

    kind: ClassVar[str] = "wrong_use"
    exit_code: ClassVar[int] = EXIT_WRONG_USE


@dataclass(frozen=True, slots=True)
class DeviceUrls:
    """Where the devices of a counter hang; empty is not there. Two that hang on one port name the same target."""

    display: str = ""
    announcer: str = ""
    drawer: str = ""
    scanner: str = ""

    def any(self) -> bool:
        """Whether there is a device at all."""
        return any((self.display, self.announcer, self.drawer, self.scanner))


@dataclass(frozen=True, slots=True)
class Configured(Generic[M]):
    """A device as it is set up: what it understands, and where it hangs."""

    model: M
    target: str
    line: LineSettings


def display(url: str) -> Configured[DisplayModel] | None:
    """The customer display of an address, None for an empty one.

    Raises:
        WrongDeviceUrl: G-07.
    """
    return _configured(Kind.DISPLAY, DisplayModel, url)


def announcer(url: str) -> Configured[AnnouncerModel] | None:
    """The price announcer of an address, None for an empty one.

    Raises:
        WrongDeviceUrl: G-07.
    """
    return _configured(Kind.ANNOUNCER, AnnouncerModel, url)


def scanner(url: str) -> Configured[ScannerModel] | None:
    """The scanner of an address, None for an empty one.

    Raises:
        WrongDeviceUrl: G-07.
    """
    return _configured(Kind.SCANNER, ScannerModel, url)


def drawer(url: str) -> Configured[DrawerModel] | None:
    """The cash drawer of an address, None for an empty one; a drawer may hang on a display: ``led8:/dev/ttyS1``.

    Raises:
        WrongDeviceUrl: G-07.
    """
    if not url:
        return None
    model, target, line = _taken_apart(Kind.DRAWER, url)
    if isinstance(model, DisplayModel) and model.kick is not None:
        return Configured(DrawerModel(model.line, model.kick), target, line)
    if isinstance(model, DrawerModel):
        return Configured(model, target, line)
    raise _wrong(Kind.DRAWER, url)


def _configured(kind: Kind, wanted: type[M], url: str) -> Configured[M] | None:
    if not url:
        return None
    model, target, line = _taken_apart(kind, url)
    if not isinstance(model, wanted):
        raise _wrong(kind, url)
    return Configured(model, target, line)


def _taken_apart(kind: Kind, url: str) -> tuple[Model, str, LineSettings]:
    scheme, _, target = url.partition(":")
    written = _SCHEME.fullmatch(scheme)
    if written is None or not target or target != target.strip() or ("://" in target and not is_socket(target)):
        raise _wrong(kind, url)
    try:
        model = load(written["model"])
    except KeyError:
        raise _wrong(kind, url) from None
    baud = int(written["baud"] or model.line.baud)
    if baud not in SPEEDS:
        raise _wrong(kind, url)
    return model, target, replace(model.line, baud=baud)


def is_socket(target: str) -> bool:
    """Whether a target is ``socket://host:port``."""
    parts = urlsplit(target)
    try:
        port = parts.port
    except ValueError:
        return False
    return target.startswith(SOCKET) and bool(parts.hostname and port) and parts.path in ("", "/") and not parts.query


def _wrong(kind: Kind, url: str) -> WrongDeviceUrl:
    name = NAMES[kind]
    return WrongDeviceUrl(words.WRONG_URL, device_zh=name.zh, device_en=name.en, url=url, example=_EXAMPLES[kind])
