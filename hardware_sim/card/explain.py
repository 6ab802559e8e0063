"""A card's commands and answers in words, for whoever looks after the counter.

Values of the card are told as they are: only simulated persons carry the cards that come here. PINs are not: they do
not leave the slot (``secrecy``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hardware_sim.card.card_names import (
    ALGORITHMS,
    DIRECTORIES_BY_IDENTIFIER,
    DIRECTORIES_BY_NAME,
    DIRECTORY_NAMES,
    FILES,
    KEYS,
    Coding,
    FieldName,
    FileName,
)
from hardware_sim.card.secrecy import SeenCommand
from hardware_sim.card.slot import Entry, Event, Exchange, SlotEvent
from hardware_sim.card.status_words import in_words
from hardware_sim.saying import Language, Text

_EVENTS: Final[Mapping[SlotEvent, Text]] = {
    SlotEvent.INSERTED: Text("卡已插入", "card inserted"),
    SlotEvent.REMOVED: Text("卡已拔出", "card pulled out"),
    SlotEvent.POWERED: Text("上电复位", "power on"),
    SlotEvent.TORN: Text("读到一半，卡被拔出", "card torn out"),
    SlotEvent.MUTE: Text("卡不应答", "card is mute"),
    SlotEvent.SWAPPED: Text("读到一半，换了一张卡", "another card in its place"),
    SlotEvent.CAME_BACK: Text("卡离开又回来", "card left and came back"),
}
_SELECT: Final = Text("选择 {what}", "select {what}")
_READ_RECORD: Final = Text("读 {file} · {which}", "read {file} · {which}")
_RECORD_NUMBER: Final = Text("第 {number} 条", "record {number}")
_FROM_RECORD: Final = Text("从第 {number} 条起", "from record {number} on")
_TAG: Final = Text("标识 {tag:02X}", "tag {tag:02X}")
_READ_BINARY: Final = Text("读 {file}", "read {file}")
_CURRENT_FILE: Final = Text("当前文件", "current file")
_AUTHENTICATE: Final = Text("外部认证 {key}", "external authentication {key}")
_KEY_NUMBER: Final = Text("密钥 {number:02X}", "key {number:02X}")
_TRIES: Final = Text("查询密码还可试几次", "ask how many PIN tries are left")
_TRIES_LEFT: Final = Text("还可试 {count} 次", "tries left: {count}")
_NO_PIN: Final = Text("没有设密码", "no PIN is set")
_VERIFY: Final = Text("校验密码 ***", "verify PIN ***")
_UNKNOWN: Final = Text("命令 {command}", "command {command}")
_SHORT: Final = Text("残缺的命令", "part of a command")
_FILE_INFORMATION: Final = Text("文件信息", "file information")
_BYTES: Final = Text("{count} 字节", "{count} bytes")
_YUAN: Final = Text("{yuan} 元", "{yuan} yuan")
_NO_ANSWER: Final = Text("没有应答", "no answer")
_BROKEN: Final = Text("残缺的应答", "part of an answer")

#: Commands that need no more than their name: class (without secure messaging) and instruction.
_NAMES: Final[Mapping[tuple[int, int], Text]] = {
    (0x00, 0xC0): Text("取应答", "get response"),
    (0x00, 0x84): Text("取随机数", "get challenge"),
    (0x00, 0x88): Text("内部认证", "internal authentication"),
    (0x00, 0xDC): Text("写记录", "update record"),
    (0x00, 0xD6): Text("写文件", "update binary"),
    (0x80, 0x5E): Text("修改密码 ***", "change PIN ***"),
    (0x80, 0x24): Text("解锁或重装密码 ***", "unblock or reload PIN ***"),
    (0x80, 0x1E): Text("锁定应用", "block application"),
    (0x80, 0x16): Text("锁定卡", "block card"),
    (0x80, 0xFA): Text("PSAM 运算 ***", "PSAM: cipher ***"),
    (0x80, 0x70): Text("PSAM 消费初始化", "PSAM: initialise purchase"),
    (0x80, 0x72): Text("PSAM 校验 MAC2", "PSAM: check MAC2"),
    (0xB0, 0x26): Text("查询余额", "get balance"),
    (0xB0, 0x28): Text("初始化圈存或消费", "initialise load or purchase"),
    (0xB0, 0x2A): Text("圈存", "credit for load"),
    (0xB0, 0x2C): Text("消费", "debit for purchase"),
    (0xB0, 0x2E): Text("取交易证明", "get transaction proof"),
    (0xB0, 0x56): Text("结算年度起始日", "starting day"),
    (0xBF, 0xEC): Text("PSAM 选地区", "PSAM: initialise environment"),
    (0xBF, 0xDE): Text("PSAM 分散密钥", "PSAM: derive session key"),
}  # fmt: skip
_WITH_SECURE_MESSAGING: Final = (0x04, 0x84)


@dataclass(frozen=True, slots=True)
class Explained:
    """An entry of the slot's log in words; an event has no answer."""

    said: str
    answer: str = ""


class Explainer:
    """Follows a session entry by entry: which file is the current one decides what a record is called."""

    def __init__(self, language: Language = "zh") -> None:
        self._language: Language = language
        self._directory = "MF"
        self._file: int | None = None

    def explain(self, entry: Entry) -> Explained:
        """The next entry in words."""
        if isinstance(entry, Event):
            if entry.kind is SlotEvent.POWERED:
                self._directory, self._file = "MF", None
            return Explained(self._said(_EVENTS[entry.kind]))
        return self._exchange(entry)

    def _exchange(self, exchange: Exchange) -> Explained:
        command, answer = exchange.command.shown, exchange.answer
        if len(command) < 4:
            return Explained(self._said(_SHORT), self._answer(answer))
        class_, instruction = _plain_class(command[0]), command[1]
        if (class_, instruction) == (0x00, 0xA4):
            return Explained(self._select(command, _accepted(answer)), self._answer(answer))
        if (class_, instruction) == (0x00, 0xB2):
            said = self._read_record(command)
            return Explained(said, self._answer(answer, self._records))
        if (class_, instruction) == (0x00, 0xB0):
            said = self._read_binary(command)
            return Explained(said, self._answer(answer, self._terminal if self._file == 0x0016 else self._count))
        if (class_, instruction) == (0xB0, 0x26):
            return Explained(self._said(_NAMES[class_, instruction]), self._answer(answer, self._money))
        if (class_, instruction) == (0x00, 0xC0):
            return Explained(self._said(_NAMES[class_, instruction]), self._answer(answer, self._fetched))
        if (class_, instruction) == (0x00, 0x20) and not exchange.command.hidden:
            return Explained(self._said(_TRIES), self._tries(answer))
        return Explained(self._other(exchange.command), self._answer(answer))

    # --- commands ---------------------------------------------------------------------------------------------

    def _select(self, command: bytes, accepted: bool) -> str:
        data = command[5 : 5 + command[4]] if len(command) > 5 else b""
        by_name = command[2] == 0x04
        identifier = int.from_bytes(data) if data else 0x3F00
        key = DIRECTORIES_BY_NAME.get(data.hex().upper()) if by_name else DIRECTORIES_BY_IDENTIFIER.get(identifier)
        if key is not None:
            if accepted:
                self._directory, self._file = key, None
            return self._said(_SELECT, what=self._said(DIRECTORY_NAMES[key]))
        if by_name or len(data) != 2:
            return self._said(_SELECT, what=data.hex().upper())
        if accepted:
            self._file = identifier
        return self._said(_SELECT, what=self._file_name(identifier))

    def _read_record(self, command: bytes) -> str:
        p1, p2 = command[2], command[3]
        self._address(p2 >> 3, 0xEF00)
        mode = p2 & 0x07
        if mode <= 3:
            field = self._fields().get(p1)
            which = self._said(field.name) if field else self._said(_TAG, tag=p1)
        else:
            which = self._said(_RECORD_NUMBER if mode == 4 else _FROM_RECORD, number=p1)
        return self._said(_READ_RECORD, file=self._current_file(), which=which)

    def _read_binary(self, command: bytes) -> str:
        if command[2] & 0x80:
            self._address(command[2] & 0x1F, 0x0000 if self._directory in ("MF", "SAM") else 0xEF00)
        return self._said(_READ_BINARY, file=self._current_file())

    def _address(self, short_id: int, base: int) -> None:
        if short_id:
            self._file = base + short_id

    def _other(self, command: SeenCommand) -> str:
        first, instruction, _p1, p2 = command.shown[:4]
        class_ = _plain_class(first)
        if (class_, instruction) == (0x00, 0x20):
            return self._said(_VERIFY)
        if (class_, instruction) == (0x00, 0x82):
            key = KEYS.get((self._directory, p2)) or self._said(_KEY_NUMBER, number=p2)
            return self._said(_AUTHENTICATE, key=key)
        name = _NAMES.get((class_, instruction))
        return self._said(name) if name else self._said(_UNKNOWN, command=command)

    # --- answers ----------------------------------------------------------------------------------------------

    def _answer(self, answer: bytes | None, read: Callable[[bytes], str] | None = None) -> str:
        if answer is None:
            return self._said(_NO_ANSWER)
        if len(answer) < 2:
            return self._said(_BROKEN)
        data, status = answer[:-2], int.from_bytes(answer[-2:])
        told = (read or self._count)(data) if data else ""
        if told and status == 0x9000:
            return told
        return " · ".join(filter(None, (told, in_words(status, self._language))))

    def _tries(self, answer: bytes | None) -> str:
        if answer == b"\x90\0":
            return self._said(_NO_PIN)
        if answer is not None and len(answer) == 2 and int.from_bytes(answer) & 0xFFF0 == 0x63C0:
            return self._said(_TRIES_LEFT, count=answer[1] & 0x0F)
        return self._answer(answer)

    def _records(self, data: bytes) -> str:
        """The records of an answer; what is no whole record is counted."""
        fields = self._fields()
        told: list[str] = []
        for tag, value in _simple_records(data):
            if value is None:
                return " · ".join((*told, self._count(data)))
            field = fields.get(tag)
            name = self._said(field.name) if field else self._said(_TAG, tag=tag)
            told.append(f"{name} {_value(field, value)}")
        return " · ".join(told)

    def _fetched(self, data: bytes) -> str:
        """What GET RESPONSE brought: a file's information, which names the key algorithm, or bytes."""
        if data[:1] != b"\x6f":
            return self._count(data)
        told = self._said(_FILE_INFORMATION)
        found = data.find(b"\x86\x01")
        if found < 0 or found + 2 >= len(data):
            return told
        return f"{told} {ALGORITHMS.get(data[found + 2], f'{data[found + 2]:02X}')}"

    def _terminal(self, data: bytes) -> str:
        return data.hex().upper()

    def _money(self, data: bytes) -> str:
        fen = int.from_bytes(data[:4])
        return self._said(_YUAN, yuan=f"{fen // 100}.{fen % 100:02d}")

    def _count(self, data: bytes) -> str:
        return self._said(_BYTES, count=len(data))

    # --- files ------------------------------------------------------------------------------------------------

    def _fields(self) -> Mapping[int, FieldName]:
        known = self._known(self._file)
        return known.fields if known else {}

    def _current_file(self) -> str:
        return self._said(_CURRENT_FILE) if self._file is None else self._file_name(self._file)

    def _file_name(self, identifier: int) -> str:
        known = self._known(identifier)
        return f"{identifier:04X} {self._said(known.name)}" if known else f"{identifier:04X}"

    def _known(self, identifier: int | None) -> FileName | None:
        return None if identifier is None else FILES.get((self._directory, identifier))

    def _said(self, text: Text, **places: object) -> str:
        return text.said(self._language, **places)


def _plain_class(class_: int) -> int:
    return class_ - 0x04 if class_ in _WITH_SECURE_MESSAGING else class_


def _accepted(answer: bytes | None) -> bool:
    return answer is not None and (answer[-2:] == b"\x90\0" or answer[-2:-1] == b"\x61")


def _simple_records(data: bytes) -> Iterator[tuple[int, bytes | None]]:
    """Tag and value of every record; a value of None ends what could be read."""
    while data:
        end = 2 + data[1] if len(data) > 1 else 0
        if end == 0 or end > len(data):
            yield data[0], None
            return
        yield data[0], data[2:end]
        data = data[end:]


def _value(field: FieldName | None, value: bytes) -> str:
    digits = value.hex().upper()
    if field is None or field.coding is Coding.BYTES:
        return digits
    if field.coding is Coding.DIGITS:
        return digits.rstrip("F")
    try:
        text = value.rstrip(b"\0").decode("gb18030")
    except UnicodeDecodeError:
        return digits
    return text if text.isprintable() else digits
