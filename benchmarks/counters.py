"""Counters of a pharmacy as plain as they can be: they send sale after sale over kept connections, and time answers.

Nothing but the standard library: what is measured is the server.
"""

import asyncio
import csv
import json
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

PATH: Final = "/fsi/api/rsfComIfsService/callService"
PHARMACY: Final = "P43999900001"
_CATALOGUE: Final = Path(__file__).parents[1] / "hardware_sim" / "front_end" / "catalogue.csv"
_MESSAGES_OF_A_SALE: Final = 3
_SHANGHAI: Final = timezone(timedelta(hours=8))


class Buyer(NamedTuple):
    """Who buys: register number, card number, card identification code, identity number."""

    person_no: str
    card_number: str
    card_code: str
    id_number: str


#: A persona of the register; the other buyers are copies with numbers of their own.
ZHANG: Final = Buyer(
    "43990000000000000000000001", "A00000011", "439900D15600000500000001A1B2C301", "439999197003030012"
)


class Load(NamedTuple):
    """What some counters got through: messages answered in how many seconds, and how long each answer took."""

    seconds: float
    answer_ns: list[int]


def buyer(number: int) -> Buyer:
    """The buyer of a counter; ``ledgers`` writes them into the register. Number 0 is the persona."""
    if number == 0:
        return ZHANG
    return Buyer(f"4398{number:022d}", f"B{number:08d}", f"439900D156000005{number:016d}", f"4399{number:014d}")


class Messages:
    """Messages with ids of their own; ids rise from a place that no other run of this day has."""

    def __init__(self) -> None:
        self._sequence = time.time_ns() // 1_000_000 % 86_400_000 * 10
        with _CATALOGUE.open(encoding="utf-8", newline="") as file:
            self._drug = next(row["national_code"] for row in csv.DictReader(file) if row["cls"] == "A")
        self._day = datetime.now(_SHANGHAI).date().isoformat()

    def sign_in(self) -> bytes:
        """9001."""
        return self._message("9001", {"signIn": {"opter_no": "TEST001", "mac": "00-00-5E-00-53-01", "ip": "192.0.2.1"}})

    def sale(self, who: Buyer, sign_no: str) -> list[bytes]:
        """Read the card, try, settle: 1101, 2101, 2102 with ten lines of a fen each."""
        credential = {"mdtrt_cert_type": "03", "mdtrt_cert_no": who.card_number, "card_sn": who.card_code}
        papers = {"psn_cert_type": "01", "certno": who.id_number, "psn_name": "张建国", "psn_type": "11"}
        at = f"{self._day} 00:00:01"
        head = {"psn_no": who.person_no, **credential, "begntime": at, "medfee_sumamt": "0.10", "insutype": "310"}
        more = {**papers, "acct_used_flag": "1", "med_type": "41"}
        row = {"rx_circ_flag": "0", "fee_ocur_time": at, "med_list_codg": self._drug, "medins_list_codg": "YD0001"}
        figures = {"det_item_fee_sumamt": "0.01", "cnt": "1", "pric": "0.01"}
        rows = [{"feedetl_sn": str(number), **row, **figures} for number in range(1, 11)]
        purchase = {"druginfo": {**head, **more}, "drugdetail": rows}
        asked = (("1101", {"data": credential}), ("2101", purchase), ("2102", purchase))
        return [self._message(infno, content, sign_no) for infno, content in asked]

    def _message(self, infno: str, content: dict[str, Any], sign_no: str = "") -> bytes:
        self._sequence += 1
        second, number = divmod(self._sequence, 10_000)
        clock = f"{second // 3600 % 24:02d}{second // 60 % 60:02d}{second % 60:02d}"
        envelope = {
            "infno": infno,
            "msgid": f"{PHARMACY}{self._day.replace('-', '')}{clock}{number:04d}",
            "mdtrtarea_admvs": "439900",
            "insuplc_admdvs": "439900",
            "recer_sys_code": "99",
            "infver": "V1.0",
            "opter_type": "1",
            "opter": "TEST001",
            "opter_name": "测试收费员",
            "inf_time": f"{self._day} 08:00:00",
            "fixmedins_code": PHARMACY,
            "fixmedins_name": "测试大药房",
            "sign_no": sign_no,
            "input": content,
        }
        return json.dumps(envelope, ensure_ascii=False).encode()


def ask(url: str, body: bytes) -> dict[str, Any]:
    """One message, its answer read; an answer that says no is a mistake of the benchmark."""
    connection = HTTPConnection(url.removeprefix("http://"))
    connection.request("POST", PATH, body)
    document: dict[str, Any] = json.load(connection.getresponse())
    connection.close()
    assert document.get("infcode", 0) == 0, document["err_msg"]
    return document


def sign_in(url: str, messages: Messages) -> str:
    """The number that all counters name; an echo gives back the question, which has none."""
    signed_in: dict[str, dict[str, str]] = ask(url, messages.sign_in()).get("output", {})
    return signed_in["signinoutb"]["sign_no"] if signed_in else ""


def load(url: str, messages: Messages, sign_no: str, counters: int, seconds: float, pause_s: float = 0.0) -> Load:
    """So many counters at once, each sending its next message a pause after the last one was answered."""
    return asyncio.run(_load(url, messages, sign_no, counters, seconds, pause_s))


async def _load(url: str, messages: Messages, sign_no: str, counters: int, seconds: float, pause_s: float) -> Load:
    host, port = url.removeprefix("http://").split(":")
    answer_ns: list[int] = []
    connections = [await asyncio.open_connection(host, int(port)) for _ in range(counters)]
    begun = time.perf_counter()
    ends = begun + seconds

    async def sell(number: int) -> None:
        reader, writer = connections[number]
        await asyncio.sleep(pause_s * number / counters)  # they do not all begin at once
        for body in islice(_sales(messages, buyer(number), sign_no), number % _MESSAGES_OF_A_SALE, None):
            sent = time.perf_counter_ns()
            answer = await _exchange(reader, writer, body)
            answer_ns.append(time.perf_counter_ns() - sent)
            assert b'"infcode": -1' not in answer, answer.decode()
            if time.perf_counter() + pause_s >= ends:
                break
            await asyncio.sleep(pause_s)
        writer.close()

    await asyncio.gather(*(sell(number) for number in range(counters)))
    return Load(time.perf_counter() - begun, answer_ns)


def _sales(messages: Messages, who: Buyer, sign_no: str) -> Iterator[bytes]:
    while True:
        yield from messages.sale(who, sign_no)


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> bytes:
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    head = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
    assert b" 200 " in head[0] + b" ", head
    (length,) = (line.split(b":")[1] for line in head if line.startswith(b"content-length:"))
    return await reader.readexactly(int(length))


def percentile(samples: Sequence[int], percent: int) -> int:
    """The sample that so many per cent of all do not exceed."""
    return sorted(samples)[max(0, len(samples) * percent // 100 - 1)]
