"""Two devices that are set to one port: a slip in the settings that looks like two broken devices."""

from itertools import combinations
from typing import Final

from pos_client.devices import words
from pos_client.devices.device_url import DeviceUrls
from pos_client.errors import EnvironmentProblem
from pos_client.phrase import Phrase

#: A drawer hangs on the display's line by design.
_MAY_SHARE: Final = {words.DISPLAY, words.DRAWER}


def shared_port(urls: DeviceUrls, *, reader_port: str = "", of: Phrase | None = None) -> EnvironmentProblem | None:
    """What is to be said of two devices at one port, None where every one has its own.

    Args:
        urls: where the devices hang.
        reader_port: the port of a serial card reader.
        of: looks only for what shares a port with this device.
    """
    ports = (
        (words.READER, reader_port),
        (words.DISPLAY, _target(urls.display)),
        (words.ANNOUNCER, _target(urls.announcer)),
        (words.DRAWER, _target(urls.drawer)),
        (words.SCANNER, _target(urls.scanner)),
    )
    for (first, at), (second, also_at) in combinations(ports, 2):
        may = {first, second} == _MAY_SHARE or (of is not None and of not in (first, second))
        if at and at.casefold() == also_at.casefold() and not may:
            device, other = (second, first) if of is None or of == second else (first, second)
            fill: dict[str, object] = {
                "device_zh": device.zh,
                "device_en": device.en,
                "other_zh": other.zh,
                "other_en": other.en,
            }
            return EnvironmentProblem(words.PORT_SHARED, {}, target=at, **fill)
    return None


def _target(url: str) -> str:
    return url.partition(":")[2]
