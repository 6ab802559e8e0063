"""Trying one counter device out: what it does is seen, heard or scanned by whoever stands there; nothing is written."""

from typing import Final

from pos_client.card.readers.reader import SERIAL
from pos_client.card.readers.serial_address import SerialAddress
from pos_client.desk.device_process import device_urls
from pos_client.desk.draft import Draft
from pos_client.desk.findings import Finding, Mark, found
from pos_client.desk.setup_view import Step
from pos_client.desk.setup_words import (
    ANNOUNCER_OK,
    DISPLAY_OK,
    DRAWER_OK,
    NO_DEVICE,
    NO_SCAN,
    SCANNER_OK,
)
from pos_client.devices import device_url, words
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import Figure, showing
from pos_client.devices.process import DeviceProcess
from pos_client.devices.shared_port import shared_port
from pos_client.phrase import Phrase
from pos_client.runtime import Runtime

_NAMES: Final = {
    Step.DISPLAY: words.DISPLAY,
    Step.ANNOUNCER: words.ANNOUNCER,
    Step.DRAWER: words.DRAWER,
    Step.SCANNER: words.SCANNER,
}
#: The figures of a trial, in fen.
SHOWN_FEN: Final = 888_888
SAID_FEN: Final = 8_888
#: How long a trial shows, says or opens, and how long a scan is waited for.
SHOWN_MS: Final = 2_500
SCAN_WAIT_MS: Final = 10_000
#: The desk's own process lets a port go when its last bytes have left; that long after the trial may have begun.
LET_GO_MS: Final = 1_500


def try_device(runtime: Runtime, step: Step, draft: Draft) -> Finding:
    """What came of trying the device of a step.

    Raises:
        EnvironmentProblem: G-07, its address is wrong; G-10, something else has its port; G-…, what it was found to
            have.
    """
    urls = device_urls(draft)
    shared = shared_port(urls, reader_port=_reader_port(draft), of=_NAMES[step])
    if shared is not None:
        raise shared
    finding = _try(runtime, step, urls)
    if finding.code == words.BUSY.code:
        runtime.sleep_ms(LET_GO_MS)
        finding = _try(runtime, step, urls)
    return finding


def _try(runtime: Runtime, step: Step, urls: DeviceUrls) -> Finding:
    match step:
        case Step.DISPLAY:
            device_url.display(urls.display)
            return _tried(runtime, DeviceUrls(display=urls.display), DISPLAY_OK)
        case Step.ANNOUNCER:
            device_url.announcer(urls.announcer)
            return _tried(runtime, DeviceUrls(announcer=urls.announcer), ANNOUNCER_OK)
        case Step.DRAWER:
            device_url.drawer(urls.drawer)
            return _tried(runtime, DeviceUrls(drawer=urls.drawer), DRAWER_OK)
        case _:
            device_url.scanner(urls.scanner)
            return _scanned(runtime, DeviceUrls(scanner=urls.scanner))


def _reader_port(draft: Draft) -> str:
    """The port of a serial card reader, empty for all others."""
    kind, _, target = draft.text("reader.url").partition(":")
    address = SerialAddress.parse(target) if kind == SERIAL else None
    return "" if address is None else address.port


def _tried(runtime: Runtime, urls: DeviceUrls, ok: Phrase) -> Finding:
    if not urls.any():
        return found(NO_DEVICE)
    with DeviceProcess(runtime, urls) as process:
        process.show(showing(Figure.TOTAL, SHOWN_FEN))
        process.announce(Sentence(Said.DUE, SAID_FEN))
        process.open_drawer()
        return _came(runtime, process, SHOWN_MS) or found(ok)


def _scanned(runtime: Runtime, urls: DeviceUrls) -> Finding:
    if not urls.any():
        return found(NO_DEVICE)
    with DeviceProcess(runtime, urls) as process:
        process.start()
        return _came(runtime, process, SCAN_WAIT_MS) or found(NO_SCAN, Mark.STOP, seconds=SCAN_WAIT_MS // 1_000)


def _came(runtime: Runtime, process: DeviceProcess, within_ms: int) -> Finding | None:
    """The first trouble or scan; what was scanned is not said."""
    ends_ms = runtime.clock.monotonic_ms() + within_ms
    while (left_ms := ends_ms - runtime.clock.monotonic_ms()) > 0:
        process.wait(left_ms)
        for trouble in process.troubles():
            return Finding.of(trouble)
        for scan in process.scans():
            return found(SCANNER_OK, count=len(scan.text))
    return None
