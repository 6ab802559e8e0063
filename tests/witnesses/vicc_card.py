"""A social-security card that this project did not write: the card operating system of vsmartcard's ``vicc``.

Run with the module's folder on the path; its argument is the port of the virtual reader. Only the bytes on the card are
ours, as the card standard prints them (version 2, fictitious holder). Debian's package is mended in three places:
its folder is not on Python's path, it wants a module of Python 2, and it builds the answer to SELECT in a way that
Python 3 refuses.
"""

import hashlib
import importlib
import sys

ATR = "3B6D000000814A44468660519900000001"
NAME = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
ISSUE = (
    "0110519900D1560000050000000A1A2B3C4D 020133 0304322E3030 040C915600000251990051990001"
    "050420240601 060420340601 0709413030303030303131"
)
HOLDER = (
    "0812393939393939313939303031303130303136"
    "091ED5C5C8FD0000000000000000000000000000000000000000000000000000"
    "4E140000000000000000000000000000000000000000 0A0131 0B0101 0C03999999 0D0419900101"
)


def records(written: str) -> list[bytes]:
    """The simple TLV objects of a file, one by one."""
    rest, found = bytes.fromhex(written), []
    while rest:
        length = 2 + rest[1]
        found.append(rest[:length])
        rest = rest[length:]
    return found


def main(port: int) -> None:
    """Serves the card until the reader goes."""
    sys.modules["sha"] = hashlib  # Python 2 had it; nothing here uses it
    files = importlib.import_module("virtualsmartcard.SmartcardFilesystem")
    machine = importlib.import_module("virtualsmartcard.VirtualSmartcard")
    linear_tlv = importlib.import_module("virtualsmartcard.ConstantDefinitions").FDB[
        "EFSTRUCTURE_LINEAR_VARIABLESIMPLETLV"
    ]
    vars(files)["bertlv_pack"] = lambda objects: b"".join(
        bytes((tag, length)) + value for tag, length, value in objects
    )

    card = machine.VirtualICC(None, "iso7816", "127.0.0.1", port)
    root = card.os.mf
    application = files.DF(root, 0xDDF1, dfname=NAME)
    for short_id, written in ((5, ISSUE), (6, HOLDER)):
        content = [files.Record(data[0], data) for data in records(written)]
        file_id = 0xEF00 | short_id
        application.append(
            files.RecordStructureEF(application, file_id, linear_tlv, shortfid=short_id, records=content)
        )
    root.append(application)
    card.os.atr = bytes.fromhex(ATR)
    card.run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
