"""Settings and the data folder ("home") of one desk.

A home is *training* or *real*. A fresh home is a training home: with POS_CLIENT_FRONT_END and POS_CLIENT_READER
set, a sale works in it without any further set-up. Every setting is declared once, in :data:`SETTINGS`, with its
type, its default and its words; the file that a fresh home gets is written from that table.
"""

import json
import os
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import platformdirs

from pos_client.errors import EnvironmentProblem, Refused, Words
from pos_client.phrase import LANGUAGES, Language, Phrase

HOME_UNUSABLE = Words(
    "E-HOME",
    "数据文件夹 {folder} 不能使用（{why}），程序没有启动。请叫信息科检查文件夹和权限。",
    "The data folder {folder} cannot be used ({why}), so the program did not start. Ask IT to check the folder and "
    "its permissions.",
)
CONFIG_WRONG = Words(
    "E-CONFIG",
    "设置文件 {file} 的 {key} 不对：{why_zh}。程序没有启动，请改正后再试。",
    "The settings file {file} is wrong at {key}: {why_en}. The program did not start; correct it and try again.",
)
SETTING_WRONG = Words(
    "E-SETTING",
    "“{name_zh}”不能这样设置：{why_zh}。没有保存，请改正。",
    "“{name_en}” cannot be set so: {why_en}. Nothing was saved; correct it.",
)

Mode = Literal["training", "real"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key in ``config.toml`` (section.name), its type, its default and what it is for.

    A number stands from ``lowest`` to ``highest``, or is ``besides``.
    """

    key: str
    type: type
    default: str | int
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    length: int | None = None
    besides: int | None = None

    @property
    def name(self) -> Phrase:
        """What the setting is, for a person."""
        return Phrase(self.zh, self.en)

    def wrong(self, value: object) -> Phrase | None:
        """Why a value cannot stand here, or None when it can."""
        if type(value) is not self.type:
            kinds = Phrase("数字", "a number") if self.type is int else Phrase("文字", "a text")
            return Phrase(f"{value!r} 不是{kinds.zh}", f"{value!r} is not {kinds.en}")
        if self.choices and value not in self.choices:
            allowed = ", ".join(self.choices)
            return Phrase(f"{value!r} 不是 {allowed} 之一", f"{value!r} is none of {allowed}")
        return self._wrong_number(value) if isinstance(value, int) else self._wrong_text(str(value))

    def _wrong_number(self, value: int) -> Phrase | None:
        if self.lowest is None or self.highest is None or value == self.besides:
            return None
        if self.lowest <= value <= self.highest:
            return None
        return Phrase(f"{value} 不在 {self.lowest} 到 {self.highest} 之间", f"not from {self.lowest} to {self.highest}")

    def _wrong_text(self, value: str) -> Phrase | None:
        if self.length is not None and len(value) != self.length:
            return Phrase(f"{value!r} 不是 {self.length} 位", f"{value!r} has not {self.length} characters")
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
            return Phrase(f"{value!r} 里有不能用的字符", f"{value!r} holds a character that cannot stand here")
        return None


SETTINGS: tuple[Setting, ...] = (
    Setting("mode", str, "training", "训练或正式", "training or real", choices=("training", "real")),
    Setting("language", str, "auto", "界面语言", "language of the sentences", choices=("auto", "zh", "en")),
    Setting("institution.code", str, "P43999900001", "定点医药机构编号", "institution code", length=12),
    Setting("institution.name", str, "示例大药房", "定点医药机构名称", "name of the institution"),
    Setting("institution.level", int, 2, "医院等级（1 至 3 级）", "level of the hospital, 1 to 3", lowest=1, highest=3),
    Setting("institution.desks", int, 1, "全机构的窗口数", "how many desks the institution has", lowest=1, highest=99),
    Setting("desk.number", int, 1, "窗口号（全机构唯一）", "desk number, unique here", lowest=1, highest=99),
    Setting("desk.operator", str, "01", "收费员编号", "operator number"),
    Setting("desk.operator_name", str, "收费员01", "收费员姓名", "operator name"),
    Setting("region.id", str, "training", "统筹区（接口方言文件）", "region: the dialect of the interface"),
    Setting("policy.id", str, "yizheng", "待遇政策", "benefit policy"),
    Setting("reader.url", str, "pcsc:", "读卡器", "card reader"),
    Setting("reader.timeout_ms", int, 10_000, "读卡时限（毫秒）", "time for one reading", lowest=100, highest=120_000),
    Setting("reader.psam", str, "", "PSAM 卡（空：自动找，none：不用）", "PSAM; empty: found by itself, none: none"),
    Setting(
        "reader.check_genuine", str, "no", "每张卡都验真伪", "test every card with the PSAM", choices=("no", "yes")
    ),
    Setting(
        "reader.apdu_log",
        str,
        "no",
        "记录卡片指令（仅训练）",
        "log of card commands, training only",
        choices=("no", "yes"),
    ),
    Setting(
        "card.reading_age_min", int, 10, "读卡结果有效（分钟）", "how long a reading counts", lowest=1, highest=120
    ),
    Setting("front_end.url", str, "http://127.0.0.1:8080", "医保前置机地址", "address of the front-end server"),
    Setting("printer.name", str, "", "打印机（空：小票只存文件）", "printer; none: slips only as files"),
    Setting("devices.display", str, "", "客显（空：没有）", "customer display, none if empty"),
    Setting("devices.announcer", str, "", "报价器（空：没有）", "price announcer, none if empty"),
    Setting("devices.drawer", str, "", "钱箱（空：没有）", "cash drawer, none if empty"),
    Setting("devices.scanner", str, "", "串口扫码枪（空：没有）", "serial scanner, none if empty"),
    Setting("ui.theme", str, "auto", "界面深浅", "look of the window", choices=("auto", "light", "dark")),
    Setting(
        "ui.scale_percent",
        int,
        0,
        "界面缩放（%，0 随系统）",
        "size in %, 0: the system's",
        lowest=100,
        highest=200,
        besides=0,
    ),
    Setting("backup.keep", int, 30, "保留的备份份数", "how many backups are kept", lowest=2, highest=3650),
    Setting("totals.folder", str, "", "各窗口交换日汇总的文件夹", "common folder of day totals, else totals/"),
)
SETTING_OF: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}
NO_SUCH_SETTING = Phrase("没有这项设置", "no such setting")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force: the file's values, overridden by the environment where the design allows it."""

    values: Mapping[str, str | int]

    def text(self, key: str) -> str:
        """A setting that is a text."""
        return cast(str, self.values[key])

    def number(self, key: str) -> int:
        """A setting that is a whole number."""
        return cast(int, self.values[key])

    @property
    def mode(self) -> Mode:
        """Training or real."""
        return cast(Mode, self.values["mode"])

    @property
    def language(self) -> Language:
        """The language of the clerk's sentences: as asked for at this start, else as set, else the system's."""
        chosen = self.text("language")
        asked = os.environ.get("POS_CLIENT_LANGUAGE") in LANGUAGES
        return cast(Language, chosen) if chosen != "auto" and not asked else system_language(os.environ)


def chosen_language(setting: str) -> Language:
    """The language that a value of the setting ``language`` means; it holds over what was asked for at the start."""
    if setting not in LANGUAGES:
        return system_language(os.environ)
    if "POS_CLIENT_LANGUAGE" in os.environ:
        os.environ["POS_CLIENT_LANGUAGE"] = setting
    return setting


def system_language(environment: Mapping[str, str]) -> Language:
    """Chinese, unless POS_CLIENT_LANGUAGE or the system's locale asks for English."""
    asked = environment.get("POS_CLIENT_LANGUAGE")
    if asked in ("zh", "en"):
        return cast(Language, asked)
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "en" if locale.startswith("en") else "zh"


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one desk (design, section 8)."""

    folder: Path

    @property
    def config_file(self) -> Path:
        """Settings of this desk."""
        return self.folder / "config.toml"

    @property
    def database(self) -> Path:
        """The encrypted store."""
        return self.folder / "books.db"

    @property
    def key_file(self) -> Path:
        """The key of the store; only its user may read it."""
        return self.folder / "key"

    @property
    def policies(self) -> Path:
        """The institution's own policies."""
        return self.folder / "policies"

    @property
    def regions(self) -> Path:
        """The institution's own region files."""
        return self.folder / "regions"

    @property
    def slips(self) -> Path:
        """Written slips."""
        return self.folder / "slips"

    @property
    def backups(self) -> Path:
        """Encrypted copies of the store."""
        return self.folder / "backups"

    @property
    def escrow(self) -> Path:
        """What proves that the copy of the key in the safe is the key of this store."""
        return self.folder / "escrow.toml"

    @property
    def totals(self) -> Path:
        """Totals of each day for the comparison with the bureau, unless the settings name a common folder."""
        return self.folder / "totals"

    @property
    def reports(self) -> Path:
        """What each evening found."""
        return self.folder / "reports"

    @property
    def desk_lock(self) -> Path:
        """Held by the one desk that works on this home."""
        return self.folder / "desk.lock"

    @property
    def first_start(self) -> Path:
        """What was entered at the first start, until it is finished."""
        return self.folder / "first-start.json"

    @property
    def logs(self) -> Path:
        """What IT needs to know of failures."""
        return self.folder / "logs"

    @property
    def fault_file(self) -> Path:
        """What the interpreter itself writes when it is struck down: places in the program, no values."""
        return self.logs / "fault.txt"

    @property
    def drain_lock(self) -> Path:
        """Held by the one process that drains and resolves."""
        return self.folder / "drain.lock"


def find_home(option: str | None, environment: Mapping[str, str]) -> Home:
    """The home that is meant: ``--home``, else POS_CLIENT_HOME, else the platform's place for data."""
    chosen = option or environment.get("POS_CLIENT_HOME")
    return Home(Path(chosen) if chosen else Path(platformdirs.user_data_dir("pos-client")))


def prepare(home: Home) -> None:
    """Makes a fresh home a training home; leaves an existing one as it is.

    Raises:
        EnvironmentProblem: E-HOME, the folder cannot be made or written.
    """
    try:
        home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (home.policies, home.regions, home.slips):
            folder.mkdir(exist_ok=True)
        if not home.config_file.exists():
            write_whole(home.config_file, default_config())
    except OSError as error:
        raise EnvironmentProblem(
            HOME_UNUSABLE, {"errno": error.errno}, folder=home.folder, why=error.strerror or error
        ) from error


def write_whole(file: Path, text: str) -> None:
    """Writes a file so that it is there whole or not at all, whatever happens in between.

    Raises:
        OSError: it cannot be written.
    """
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")  # two programs may do this at once
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def default_config() -> str:
    """The text of a fresh home's ``config.toml``: every setting with its words and its default."""
    return _config_text({})


def write_settings(home: Home, values: Mapping[str, str | int]) -> None:
    """Changes settings in ``config.toml``, whole or not at all; those that are not named stay as they are.

    The file is written anew from :data:`SETTINGS`: a comment of one's own in it does not stay.

    Raises:
        Refused: E-SETTING, a value cannot stand; nothing was written.
        EnvironmentProblem: E-CONFIG, the file is wrong already; E-HOME, it cannot be written.
    """
    refuse_wrong_settings(values)
    prepare(home)
    kept = load_settings(home, {}).values
    try:
        write_whole(home.config_file, _config_text({**kept, **values}))
    except OSError as error:
        raise EnvironmentProblem(HOME_UNUSABLE, folder=home.folder, why=error.strerror or error) from error


def refuse_wrong_settings(values: Mapping[str, str | int]) -> None:
    """Refuses values that cannot stand.

    Raises:
        Refused: E-SETTING, which names the first of them.
    """
    for key, value in values.items():
        setting = SETTING_OF.get(key)
        why = NO_SUCH_SETTING if setting is None else setting.wrong(value)
        if why is not None:
            name = Phrase(key, key) if setting is None else setting.name
            fill = {"name_zh": name.zh, "name_en": name.en, "why_zh": why.zh, "why_en": why.en}
            raise Refused(SETTING_WRONG, {"key": key}, **fill)


def _config_text(values: Mapping[str, str | int]) -> str:
    lines = ["# pos-client 设置 / settings", ""]
    section = ""
    for setting in SETTINGS:
        head, _, name = setting.key.rpartition(".")
        if head != section:
            section = head
            lines += ["", f"[{section}]"]
        # A JSON text without control characters is a TOML text: both escape quotes and backslashes alike.
        value = json.dumps(values.get(setting.key, setting.default), ensure_ascii=False)
        lines.append(f"{name} = {value}  # {setting.zh} / {setting.en}")
    return "\n".join(lines) + "\n"


def load_settings(home: Home, environment: Mapping[str, str]) -> Settings:
    """Reads the settings of a home; POS_CLIENT_FRONT_END and POS_CLIENT_READER override the file.

    Raises:
        EnvironmentProblem: E-CONFIG for a file that is no TOML, an unknown key or a value that cannot stand;
            E-HOME when it cannot be read.
    """
    try:
        text = home.config_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentProblem(HOME_UNUSABLE, folder=home.folder, why=error) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EnvironmentProblem(
            CONFIG_WRONG, file=home.config_file, key="(TOML)", why_zh=error, why_en=error
        ) from error
    values: dict[str, str | int] = {setting.key: setting.default for setting in SETTINGS}
    values |= _checked(home.config_file, _flat(table))
    for key, variable in (("front_end.url", "POS_CLIENT_FRONT_END"), ("reader.url", "POS_CLIENT_READER")):
        if environment.get(variable):
            values[key] = environment[variable]
    return Settings(values)


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _checked(file: Path, found: Mapping[str, object]) -> dict[str, str | int]:
    values: dict[str, str | int] = {}
    for key, value in found.items():
        why = SETTING_OF[key].wrong(value) if key in SETTING_OF else NO_SUCH_SETTING
        if why is not None:
            raise EnvironmentProblem(CONFIG_WRONG, file=file, key=key, why_zh=why.zh, why_en=why.en)
        values[key] = cast("str | int", value)
    return values
