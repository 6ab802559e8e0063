"""``hardware-sim reader`` as a user starts it."""

import json
import subprocess
import sys

from tests.hardware_sim.card.test_commands import ask

STATUS = "65000000000002000000"


def test_an_empty_reader_is_worked_by_lines() -> None:
    command = [sys.executable, "-m", "hardware_sim", "reader", "--transport", "tcp:0", "--model", "sec1210"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def do(line: str) -> object:
            print(line, file=process.stdin, flush=True)
            return json.loads(process.stdout.readline() if process.stdout else "")

        url = json.loads(process.stdout.readline())["ready"]
        assert ask(url, STATUS) == ["81000000000002020000"]
        assert do("insert li-xiulan") == {"ok": True, "did": "insert", "card": True, "psam": False, "asks_pin": False}
        assert do("psam city") == {"ok": True, "did": "psam", "card": True, "psam": True, "asks_pin": False}
        assert ask(url, "62000000000101010000")[0].startswith("8011")
        assert do("fly") == {
            "ok": False,
            "why": "there are insert, remove, tear, psam, psam-out, pin, cancel, timeout, fault, look",
        }
        process.terminate()
        process.communicate()
    assert process.returncode == 0
