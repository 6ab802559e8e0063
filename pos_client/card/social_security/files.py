"""Where the data stands on a social-security card, and how long it is (V2.0 card structure)."""

from dataclasses import replace
from typing import Final

from pos_client.card.social_security.record_files import RecordFile

#: The DF name of the social-security environment SSSE: "sx1.sh." and 社会保障 in GB18030.
SSSE: Final = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")

CODE: Final = 0x01
CODE_LENGTH: Final = 16
CARD_CLASS: Final = 0x02
VERSION: Final = 0x03
ISSUED_ON: Final = 0x05
EXPIRES_ON: Final = 0x06
CARD_NUMBER: Final = 0x07
CARD_NUMBER_LENGTH: Final = 9
ID_NUMBER: Final = 0x08
NAME: Final = 0x09
SEX: Final = 0x0A
NATION: Final = 0x0B
BORN_ON: Final = 0x0D
NAME_EXTENSION: Final = 0x4E

#: 发卡机构数据.
CARD_ISSUE: Final = RecordFile(
    name="EF05",
    file_id=0xEF05,
    total_length=0x40,
    value_lengths={CODE: CODE_LENGTH, CARD_CLASS: 1, VERSION: 4, ISSUED_ON: 4, EXPIRES_ON: 4, CARD_NUMBER: 9},
    required=frozenset((CODE, CARD_NUMBER)),
)
#: 持卡人基本信息.
HOLDER: Final = RecordFile(
    name="EF06",
    file_id=0xEF06,
    total_length=0x5B,
    value_lengths={ID_NUMBER: 18, NAME: 30, NAME_EXTENSION: 20, SEX: 1, NATION: 1, BORN_ON: 4},
    required=frozenset((ID_NUMBER, NAME)),
)
#: The same on a card of version 1, which has no extension of the name.
HOLDER_OF_VERSION_1: Final = replace(HOLDER, total_length=0x45)
