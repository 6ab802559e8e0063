"""What applications, files, records and keys of the cards at a counter are called.

Sources: 人社信息函〔2012〕37号 (files and records), 《社会保障（个人）卡规范》 parts 5, 7 and 9 (keys, PSAM).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hardware_sim.saying import Text


class Coding(StrEnum):
    """How a value is written on the card."""

    DIGITS = "cn"  # two digits a byte, the rest F
    LETTERS = "an"  # GB18030, the rest 00
    NUMBER = "b"  # a whole number, the highest byte first
    BYTES = "hex"


@dataclass(frozen=True, slots=True)
class FieldName:
    """One record's name, and how its value is written."""

    name: Text
    coding: Coding = Coding.LETTERS


@dataclass(frozen=True, slots=True)
class FileName:
    """One file's name, and the names of its records by their tags."""

    name: Text
    fields: Mapping[int, FieldName] = field(default_factory=dict)


def _digits(zh: str, en: str) -> FieldName:
    return FieldName(Text(zh, en), Coding.DIGITS)


def _letters(zh: str, en: str) -> FieldName:
    return FieldName(Text(zh, en))


#: Directories by the name that SELECT gives, in hexadecimal; the key is what files and keys are looked up by.
DIRECTORIES_BY_NAME: Final[Mapping[str, str]] = {
    "7378312E73682EC9E7BBE1B1A3D5CF": "SSSE",
    "7378322E73682EC9E7BBE1B1A3D5CF": "SAM2",
    "7378332E73682EC9E7BBE1B1A3D5CF": "SAM3",
    "D15600000500": "DF01",
    "D15600000501": "DF02",
    "D15600000502": "DF03",
    "D15600000503": "DF04",
    "D15600000504": "DF07",
    "D15600000590": "SAM",
    "315041592E5359532E4444463031": "PAY",
    "325041592E5359532E4444463031": "PAY",
}
DIRECTORIES_BY_IDENTIFIER: Final[Mapping[int, str]] = {
    0x3F00: "MF", 0xDDF1: "DDF1",
    **{0xDF00 + number: f"DF0{number}" for number in (1, 2, 3, 4, 5, 6, 7)},
}  # fmt: skip
DIRECTORY_NAMES: Final[Mapping[str, Text]] = {
    "MF": Text("主文件", "master file"),
    "DDF1": Text("DDF1", "DDF1"),
    "SSSE": Text("社会保障应用", "social-security application"),
    "SAM": Text("PSAM 应用", "PSAM application"),
    "SAM2": Text("PSAM 环境 SSF33", "PSAM environment SSF33"),
    "SAM3": Text("PSAM 环境 SM4", "PSAM environment SM4"),
    "DF01": Text("DF01 公共应用", "DF01 public application"),
    "DF02": Text("DF02 就业与失业", "DF02 employment"),
    "DF03": Text("DF03 社会保险1", "DF03 social insurance 1"),
    "DF04": Text("DF04 医疗保险", "DF04 medical insurance"),
    "DF05": Text("DF05 生命与健康", "DF05 life and health"),
    "DF06": Text("DF06 救助优抚", "DF06 relief"),
    "DF07": Text("DF07 人事人才", "DF07 personnel"),
    "PAY": Text("银行支付应用", "bank's payment application"),
}

_ISSUE: Final = FileName(
    Text("发卡机构数据", "issue data"),
    {
        0x01: FieldName(Text("卡识别码", "identification code"), Coding.BYTES),
        0x02: _letters("卡的类别", "card class"),
        0x03: _letters("规范版本", "version"),
        0x04: _digits("初始化机构编号", "initialiser"),
        0x05: _digits("发卡日期", "issued on"),
        0x06: _digits("卡有效期", "expires on"),
        0x07: _letters("卡号", "card number"),
    },
)
_HOLDER: Final = FileName(
    Text("持卡人基本信息", "holder's data"),
    {
        0x08: _letters("社会保障号码", "social-security number"),
        0x09: _letters("姓名", "name"),
        0x4E: _letters("姓名扩展", "name, continued"),
        0x0A: _letters("性别", "sex"),
        0x0B: _digits("民族", "nation"),
        0x0C: _digits("出生地", "birthplace"),
        0x0D: _digits("出生日期", "born on"),
    },
)
_MEDICAL: Final = FileName(
    Text("医疗保险基本信息", "medical insurance"),
    {
        0x81: _letters("险种类型及标识", "insurance type and flags"),
        0x84: _digits("参保地区划", "region of insurance"),
        0x87: _letters("健康档案", "health record"),
        0x8C: _digits("人员类别", "person type"),
        0x80: _digits("账户建立日", "account opened on"),
        0x8B: _letters("个人账号", "account number"),
        0x8A: _letters("医疗证号", "medical certificate"),
        0x83: _letters("定点医疗机构 1", "chosen hospital 1"),
        0x86: _letters("定点医疗机构 2", "chosen hospital 2"),
        0x89: _letters("定点医疗机构 3", "chosen hospital 3"),
        0x7D: _letters("工伤协议机构 1", "injury hospital 1"),
        0x7E: _letters("工伤协议机构 2", "injury hospital 2"),
        0x7F: _letters("工伤协议机构 3", "injury hospital 3"),
        0x8D: _letters("生育机构 1", "maternity hospital 1"),
        0x8E: _letters("生育机构 2", "maternity hospital 2"),
        0x8F: _letters("用卡方式", "way of use"),
    },
)
_OFFLINE: Final = FileName(
    Text("临时脱网结算", "settlement off line"),
    {
        0x90: _letters("准许脱网", "allowed off line"),
        0x92: _digits("累计金额", "amount so far"),
        0x93: _letters("累计次数", "times so far"),
    },
)


def _plain(zh: str, en: str) -> FileName:
    return FileName(Text(zh, en))


#: Files by their directory and their identifier.
FILES: Final[Mapping[tuple[str, int], FileName]] = {
    ("SSSE", 0xEF05): _ISSUE,
    ("SSSE", 0xEF06): _HOLDER,
    ("SSSE", 0xEF07): _plain("指纹", "fingerprint"),
    ("SSSE", 0xEF08): _plain("照片", "photo"),
    ("SSSE", 0xEF1E): _plain("应用目录", "list of applications"),
    ("DF01", 0xEF05): FileName(
        Text("户籍", "residence"),
        {
            0x20: _letters("户口类别", "kind of residence"),
            0x21: _letters("户口地址", "registered address"),
            0x0E: _digits("户口区划", "registered region"),
        },
    ),
    ("DF01", 0xEF06): FileName(
        Text("常住地", "address"),
        {
            0x23: _letters("地址", "address"),
            0x24: _digits("区划", "region"),
            0x28: _letters("电话", "telephone"),
            0x2C: _letters("联系人", "contact"),
            0x2D: _letters("联系人电话", "contact's telephone"),
        },
    ),
    ("DF01", 0xEF07): FileName(Text("就业", "work"), {0x29: _letters("就业状态", "state of work")}),
    ("DF01", 0xEF08): FileName(Text("婚姻", "marriage"), {0x2B: _letters("婚姻状况", "married or not")}),
    ("DF01", 0xEF09): FileName(
        Text("单位", "employer"),
        {
            0x2E: _letters("单位名称", "employer"),
            0x30: _letters("组织机构代码", "employer's code"),
            0x32: _letters("人员身份", "position"),
        },
    ),
    ("DF04", 0xEF05): _MEDICAL,
    ("DF04", 0xEF06): _OFFLINE,
    ("DF04", 0xEF08): _plain("医疗交易明细", "purse transactions"),
    ("DF04", 0xEF15): _plain("特殊医疗结算", "special settlements"),
    ("MF", 0x0015): _plain("PSAM 公共信息", "PSAM's public data"),
    ("MF", 0x0016): _plain("终端机编号", "terminal number"),
    ("SAM", 0x0019): _plain("终端交易序号", "terminal's counter"),
    ("SAM", 0x001A): _plain("国家级密钥信息", "national keys"),
    ("SAM", 0x001B): _plain("省级密钥信息", "provincial keys"),
    ("SAM", 0x001C): _plain("市级密钥信息", "city's keys"),
}

#: Keys by the directory and the reference that EXTERNAL AUTHENTICATE gives.
KEYS: Final[Mapping[tuple[str, int], str]] = {
    ("SSSE", 0x02): "STK", ("SSSE", 0x04): "UKSSSE", ("SSSE", 0x05): "BK", ("SSSE", 0x06): "PUK",
    ("SSSE", 0x0A): "RKSSSE", ("DF01", 0x88): "RK1DF01", ("DF02", 0x88): "RK1DF02", ("DF03", 0x84): "RK1DF03",
    ("DF03", 0x85): "RK2DF03", ("DF04", 0x84): "RK1DF04", ("DF04", 0x85): "UK1DF04", ("DF04", 0x86): "UK2DF04",
}  # fmt: skip

ALGORITHMS: Final[Mapping[int, str]] = {1: "3DES", 2: "SSF33", 3: "SM4"}
