"""Lines from another process are waited for no longer than one wants to."""

import io
import os

import pytest

from pos_client.devices.incoming import Ended, IncomingLines


def test_lines_come_when_they_come_and_then_the_end() -> None:
    reading, writing = os.pipe()
    with io.FileIO(reading) as stream:
        lines = IncomingLines(stream)
        assert lines.receive(0) is None
        os.write(writing, b"one\r\ntwo\nthr")
        assert [lines.receive(5_000), lines.receive(5_000)] == [b"one", b"two"]
        assert lines.receive(10) is None
        os.close(writing)
        assert lines.receive(5_000) == b"thr"
        for _ in range(2):
            with pytest.raises(Ended):
                lines.receive(5_000)
