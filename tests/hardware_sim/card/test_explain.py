"""A card's talk in words: files, records, keys and status words by their names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card.explain import Explained, Explainer
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.secrecy import seen
from hardware_sim.card.slot import Entry, Event, Exchange, Slot, SlotEvent
from hardware_sim.card.status_words import in_words
from hardware_sim.saying import Language

SELECT_APPLICATION = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"


def told(*exchanges: str, language: Language = "zh") -> list[Explained]:
    """A powered card's exchanges in words; each is written ``command answer``, an answer of ``-`` did not come."""
    explainer = Explainer(language)
    explainer.explain(Event(SlotEvent.POWERED))
    entries = []
    for number, (command, answer) in enumerate((exchange.split() for exchange in exchanges), 1):
        came = None if answer == "-" else bytes.fromhex(answer)
        entries.append(Exchange(number, seen(bytes.fromhex(command)), came))
    return [explainer.explain(entry) for entry in entries]


def last_of(*exchanges: str, language: Language = "zh") -> tuple[str, str]:
    explained = told(*exchanges, language=language)[-1]
    return explained.said, explained.answer


def test_a_whole_reading_is_told_in_words() -> None:
    heard: list[Entry] = []
    slot = Slot(log=heard.append)
    slot.insert(chip_of(personas.load("ma-yan").card))
    slot.power_on()
    for command in (SELECT_APPLICATION, "00C000001E", "00A4020002EF05", "00B207000B", "00A4020002EF06", "00B2090020"):
        slot.transmit(bytes.fromhex(command))
    slot.remove()
    explainer = Explainer("zh")
    assert [explainer.explain(entry) for entry in heard] == [
        Explained("卡已插入"),
        Explained("上电复位"),
        Explained("选择 社会保障应用", "还有 30 字节"),
        Explained("取应答", "文件信息 3DES"),
        Explained("选择 EF05 发卡机构数据", "成功"),
        Explained("读 EF05 发卡机构数据 · 卡号", "卡号 A00000038"),
        Explained("选择 EF06 持卡人基本信息", "成功"),
        Explained("读 EF06 持卡人基本信息 · 姓名", "姓名 马𬍛䶮"),
        Explained("卡已拔出"),
    ]


@pytest.mark.parametrize(
    ("exchange", "said"),
    [
        (
            "00B2012D40 020133050420240601 9000",
            ("读 EF05 发卡机构数据 · 从第 1 条起", "卡的类别 3 · 发卡日期 20240601"),
        ),
        ("00B2042800 6C0E", ("读 EF05 发卡机构数据 · 初始化机构编号", "长度应为 14")),
        ("00B24E0016 6A83", ("读 当前文件 · 标识 4E", "没有这条记录")),
        ("00B2020400 -", ("读 当前文件 · 第 2 条", "没有应答")),
        ("0084000008 1122334455667788 9000", ("取随机数", "8 字节")),
        ("0082000A101122334455667788AABBCCDDEEFF0011 63C2", ("外部认证 RKSSSE", "不对，还可试 2 次")),
        ("00820007101122334455667788AABBCCDDEEFF0011 6983", ("外部认证 密钥 07", "密码或密钥已锁定")),
        ("0020000000 63C3", ("查询密码还可试几次", "还可试 3 次")),
        ("0020000000 9000", ("查询密码还可试几次", "没有设密码")),
        ("0020000000 6983", ("查询密码还可试几次", "密码或密钥已锁定")),
        ("0020000003123456 63C0", ("校验密码 ***", "不对，已锁定")),
        ("805E010007123456FF654321 9000", ("修改密码 ***", "成功")),
        ("842400010C2C00A619F9657785F778280A 9000", ("解锁或重装密码 ***", "成功")),
        ("B026000104 0000303A 9000", ("查询余额", "123.46 元")),
        ("04DC010414AA 6988", ("写记录", "MAC 错")),
        ("00FF000000 6D00", ("命令 00FF000000", "没有这条命令")),
        ("00A40400081122334455667788 6A82", ("选择 1122334455667788", "没有这个文件或应用")),
        ("00A4000000 9000", ("选择 主文件", "成功")),
        ("00A4", ("残缺的命令", "没有应答")),
    ],
)
def test_commands_and_answers_are_named(exchange: str, said: tuple[str, str]) -> None:
    command, *answer = exchange.split()
    assert last_of(f"{SELECT_APPLICATION} 611E", f"{command} {''.join(answer) or '-'}") == said


def test_the_same_in_english() -> None:
    assert last_of(f"{SELECT_APPLICATION} 611E", "00B2072C0B 6A83", language="en") == (
        "read EF05 issue data · record 7",
        "no such record",
    )
    assert in_words(0x63C1, "en") == "wrong, tries left: 1"


def test_the_same_short_number_is_another_file_in_another_application() -> None:
    medical = "00A4040006D15600000503 9000"
    assert last_of(f"{SELECT_APPLICATION} 611E", medical, "00B2842C05 84033102009000") == (
        "读 EF05 医疗保险基本信息 · 第 132 条",
        "参保地区划 310200",
    )
    assert last_of(medical, "0082008410" + 16 * "00" + " 9000")[0] == "外部认证 RK1DF04"


def test_an_application_that_was_not_found_is_not_the_current_one() -> None:
    assert last_of(f"{SELECT_APPLICATION} 611E", "00A4000002DF04 6A82", "00B207280B 6A83")[0].endswith("· 卡号")


def test_a_psam_s_files_and_commands_are_named() -> None:
    assert last_of("00B0960006 519900000001 9000".replace(" 9000", "9000")) == ("读 0016 终端机编号", "519900000001")
    assert last_of("BFEC000001FF 9000")[0] == "PSAM 选地区"
    assert last_of("BFDE670A0811 6A88") == ("PSAM 分散密钥", "没有这个密钥")


def test_power_makes_the_master_file_current_again() -> None:
    explainer = Explainer()
    for command in (SELECT_APPLICATION, "00A4020002EF05"):
        explainer.explain(Exchange(1, seen(bytes.fromhex(command)), b"\x90\0"))
    explainer.explain(Event(SlotEvent.POWERED))
    assert (
        explainer.explain(Exchange(1, seen(bytes.fromhex("00B207000B")), b"\x69\x86")).said == "读 当前文件 · 标识 07"
    )


def test_an_answer_without_a_status_word_is_part_of_one() -> None:
    assert last_of("00B207000B 90")[1] == "残缺的应答"


def test_every_event_has_words_in_both_languages() -> None:
    for event in SlotEvent:
        zh, en = (Explainer(language).explain(Event(event)).said for language in ("zh", "en"))
        assert re.search("[一-鿿]", zh)
        assert en.isascii()


@given(st.lists(st.tuples(st.binary(max_size=24), st.none() | st.binary(max_size=24)), max_size=6))
def test_whatever_is_said_has_words(talk: list[tuple[bytes, bytes | None]]) -> None:
    for language in ("zh", "en"):
        explainer = Explainer(language)
        for number, (command, answer) in enumerate(talk, 1):
            explained = explainer.explain(Exchange(number, seen(command), answer))
            assert explained.said
            assert explained.answer
            assert explained.said.isprintable()
            assert explained.answer.isprintable()
