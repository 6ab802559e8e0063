"""The applications of the card as the standard lays them out, and each persona's card in its own trouble."""

from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.keys import KeyName, reference
from hardware_sim.card.profiles import chip_of, social_security_card
from hardware_sim.personas import CardData
from tests.hardware_sim.card.terminal import SELECT_SSSE, Terminal, ask

CARD = personas.load("second-generation").card
VERIFY = "0020000003123456"

#: Directory, file, and what opens it for reading.
LAYOUT = [
    *[("DF01", file, "PIN | RK1DF01") for file in ("EF05", "EF06", "EF07", "EF08", "EF09", "EF0A", "EF15")],
    *[("DF01", file, "free") for file in ("EF16", "EF17", "EF18", "EF19", "EF1A")],
    *[("DF02", file, "PIN | RK1DF02") for file in ("EF05", "EF06", "EF07", "EF09", "EF15", "EF16")],
    ("DF03", "EF05", "PIN | RK2DF03"),
    *[("DF03", file, "PIN | RK1DF03") for file in ("EF06", "EF07", "EF15", "EF16", "EF17", "EF18", "EF19")],
    ("DF04", "EF05", "PIN | RK1DF04"),
    ("DF04", "EF06", "PIN & RK1DF04"),
    ("DF04", "EF08", "PIN"),
    ("DF04", "EF15", "PIN | RK1DF04"),
    ("DF07", "EF05", "RK1DF07"),
    ("DF07", "EF06", "RK2DF07"),
    ("DF07", "EF07", "RK3DF07"),
]


def opened(terminal: Terminal, directory: str, file: str) -> bool:
    """Whether the file can be read now: other things may be wrong with it, but not the security status."""
    short_id = int(file, 16) & 0x1F
    if directory == "DF01" and short_id >= 0x16:
        return terminal.ask(f"00B0{0x80 | short_id:02X}0001") == "009000"
    answer = terminal.ask(f"00B201{short_id << 3 | 4:02X}00")
    assert answer[:2] in ("6C", "69", "6A")
    return answer != "6982"


@pytest.mark.parametrize(("directory", "file", "rule"), LAYOUT)
def test_what_opens_each_file(directory: str, file: str, rule: str) -> None:
    select = f"00A4000002{directory}"
    credentials = sorted({"PIN", *(str(key) for key in KeyName if key.startswith("RK") and key.endswith(directory))})
    for shown in [set(), *({one} for one in credentials), {"PIN", "RK1" + directory}]:
        terminal = Terminal(social_security_card(CARD), CARD)
        terminal.ask(SELECT_SSSE, select)
        for one in shown:
            assert (terminal.ask(VERIFY) if one == "PIN" else terminal.authenticate(KeyName(one))) == "9000"
        ways = [set(way.split(" & ")) for way in rule.split(" | ")]
        assert opened(terminal, directory, file) is (rule == "free" or any(way <= shown for way in ways)), shown


@pytest.mark.parametrize(
    ("directory", "file", "lengths"),
    [
        ("DF01", 0x05, "20:02 21:50 0E:03"),
        ("DF01", 0x15, "2A:01 40:34 40:34 40:34"),
        ("DF02", 0x05, "42:03 41:03 43:6C 43:6C 44:65 44:65"),
        ("DF02", 0x15, "99:10 99:10 99:10 99:10 0F:04 1F:03"),
        ("DF03", 0x06, "45:14 46:02 47:02 48:01 49:01 67:04 6B:3C 4A:61 4A:61 4A:61"),
        ("DF03", 0x19, "79:27 79:27 79:27 79:27"),
        (
            "DF04",
            0x05,
            "81:08 84:03 87:11 8C:01 80:04 8B:1D 8A:0F 83:09 86:09 89:09 7D:09 7E:09 7F:09 8D:09 8E:09 8F:01",
        ),
    ],
)
def test_records_stand_in_the_order_and_length_of_the_standard(directory: str, file: int, lengths: str) -> None:
    chip = social_security_card(CARD)
    ask(chip, SELECT_SSSE, f"00A4000002{directory}", VERIFY)
    wanted = [bytes.fromhex(one.replace(":", "")) for one in lengths.split()]
    for number, (tag, length) in enumerate(wanted, start=1):
        assert ask(chip, f"00B2{number:02X}{file << 3 | 4:02X}00") == f"6C{length + 2:02X}"
        record = ask(chip, f"00B2{number:02X}{file << 3 | 4:02X}{length + 2:02X}")
        assert record.startswith(f"{tag:02X}{length:02X}")
    assert ask(chip, f"00B2{len(wanted) + 1:02X}{file << 3 | 4:02X}00") == "6A83"


@pytest.mark.parametrize(
    ("directory", "file", "length", "count", "key"),
    [
        ("DF02", 0x07, 0x55, 4, KeyName.UK3DF02),
        ("DF02", 0x16, 0x12, 4, KeyName.UK6DF02),
        ("DF04", 0x15, 3, 8, KeyName.UK2DF04),
    ],
)
def test_rings_have_their_length_and_their_number(
    directory: str, file: int, length: int, count: int, key: KeyName
) -> None:
    terminal = Terminal(social_security_card(CARD), CARD)
    terminal.ask(SELECT_SSSE, f"00A4000002{directory}", VERIFY)
    append = f"00DC00{file << 3 | 3:02X}"
    assert terminal.ask(f"{append}{length:02X}" + "00" * length) == "6982"
    assert terminal.authenticate(key) == "9000"
    assert terminal.ask(f"{append}{length - 1:02X}" + "00" * (length - 1)) == "6700"
    for number in range(count + 2):
        assert terminal.ask(f"{append}{length:02X}" + f"{number:02X}" * length) == "9000"
    read = f"{file << 3 | 4:02X}{length:02X}"
    assert terminal.ask(f"00B201{read}") == f"{count + 1:02X}" * length + "9000"
    assert terminal.ask(f"00B2{count:02X}{read}") == "02" * length + "9000"
    assert terminal.ask(f"00B2{count + 1:02X}{read}") == "6A83"


def test_the_medical_data_of_an_employee_and_of_somebody_retired() -> None:
    for name, kind in (("zhang-jianguo", "11"), ("li-xiulan", "21")):
        chip = chip_of(personas.load(name).card)
        ask(chip, SELECT_SSSE, "00A4000002DF04", VERIFY)
        assert ask(chip, "00B281280A") == "81083331303030303030" + "9000"
        assert ask(chip, "00B2842805") == "8403439900" + "9000"
        assert ask(chip, "00B28C2803") == f"8C01{kind}9000"
        assert ask(chip, "00B2802806") == "8004201606019000"
        assert ask(chip, "00B28F2803") == "8F01319000"
        assert ask(chip, "00B2832800") == "6C0B"
        assert ask(chip, "00B283280B") == "8309" + "00" * 9 + "9000"


def test_other_applications_are_written_as_the_persona_says() -> None:
    card = replace(CARD, files={"DF01EF05": {"21": "示例市示例路1号", "0E": "439900"}})
    chip = social_security_card(card)
    ask(chip, SELECT_SSSE, "00A4000002DF01", VERIFY)
    assert bytes.fromhex(ask(chip, "00B2212852"))[2:-2].rstrip(b"\0").decode("gb18030") == "示例市示例路1号"
    assert ask(chip, "00B20E2805") == "0E03439900" + "9000"


def test_the_first_generation_opens_its_medical_data_by_the_pin_alone() -> None:
    card = personas.load("first-generation").card
    terminal = Terminal(chip_of(card), card)
    terminal.ask(SELECT_SSSE, "00A4000002DF04")
    assert terminal.authenticate(KeyName.RK1DF04) == "9000"
    assert terminal.ask("00B281280A") == "6982"
    assert terminal.ask(VERIFY, "00B281280A").endswith("9000")
    assert terminal.ask("00B2902803") == "6A83"
    assert terminal.ask("00B2903003").endswith("9000")
    assert terminal.ask("00B201AC03") == "6A82"


def test_the_first_generation_lists_no_applications() -> None:
    assert ask(chip_of(personas.load("first-generation").card), SELECT_SSSE, "00B201F414") == "6A82"


def test_all_numbered_keys_of_the_card_are_accepted() -> None:
    for key in KeyName:
        try:
            reference(key)
        except ValueError:
            continue
        directory = key[key.find("DF") :] if "DF" in key else "DF04" if key is KeyName.DSK else ""
        terminal = Terminal(social_security_card(CARD), CARD)
        terminal.ask(SELECT_SSSE, *([f"00A4000002{directory}"] if directory else []))
        assert terminal.authenticate(key) == "9000", key


def selected(name: str) -> Terminal:
    card: CardData = personas.load(name).card
    terminal = Terminal(chip_of(card), card)
    terminal.ask(SELECT_SSSE)
    return terminal


def test_blocked_cards() -> None:
    assert selected("blocked-card").ask(SELECT_SSSE) == "6A81"
    blocked = selected("blocked-application")
    assert blocked.ask(SELECT_SSSE) == "9303"
    assert blocked.ask("00A4040006D15600000503") == "9303"


def test_pins_in_their_states() -> None:
    told = {
        name: selected(name).ask("0020000000") for name in ("no-pin", "last-try", "locked-pin", "second-generation")
    }
    assert told == {"no-pin": "9000", "last-try": "63C1", "locked-pin": "6983", "second-generation": "63C3"}


def test_a_record_that_is_missing_is_not_found() -> None:
    terminal = selected("missing-record")
    assert [terminal.ask(f"00B2{tag}3003") for tag in ("0A", "0B", "0D")] == ["6A83", "0B01019000", "6A83"]


def test_an_empty_medical_application_has_its_files_and_nothing_in_them() -> None:
    terminal = selected("empty-medical")
    assert terminal.ask("00A4000002DF04") == "610A"
    assert terminal.ask(VERIFY, "00A4020002EF05") == "9000"
    assert [terminal.ask(f"00B2{tag}000A") for tag in ("81", "84", "8F")] == ["6A83"] * 3
    assert terminal.authenticate(KeyName.UK1DF04) == "9000"
    assert terminal.ask("00DC81000A81083331303030303030", "00B281000A").endswith("9000"), "there is room to write"


def test_a_name_that_lies_across_two_fields() -> None:
    terminal = selected("long-name")
    first, second = (bytes.fromhex(terminal.ask(one))[2:-2] for one in ("00B2093020", "00B24E3016"))
    with pytest.raises(UnicodeDecodeError):
        first.decode("gb18030")
    assert (first + second).rstrip(b"\0").decode("gb18030") == personas.load("long-name").card.name


def test_an_open_purse_has_its_balance_and_its_transactions() -> None:
    terminal = selected("purse-open")
    terminal.ask("00A4000002DF04")
    assert terminal.ask("B026000104") == "6982"
    assert terminal.ask(VERIFY, "B026000104") == f"{30550:08X}9000"
    assert terminal.ask("B026000206") == f"{12000:08X}2026" + "9000"
    assert terminal.ask("B056010002") == "01019000"
    assert terminal.ask("00B28F2803") == "8F01329000"
    newest = "000232439900000001" + "20261020101530" + f"{4450:08X}{2000:08X}{30000:08X}"
    assert terminal.ask("00B201441C") == newest + "9000"
    assert terminal.ask("00B203441C")[4:6] == "31"
    assert terminal.ask("00B204441C") == "6A83"


def test_a_card_for_use_online_has_no_purse() -> None:
    terminal = selected("second-generation")
    assert terminal.ask(VERIFY, "00A4000002DF04", "B026000104") == "6D00"
