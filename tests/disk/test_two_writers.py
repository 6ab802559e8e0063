"""Two processes write one store and checkpoint it under each other's hands: nothing is lost, nothing is corrupt."""

import os
import subprocess
import sys
from pathlib import Path

from tests.disk.acts import Done
from tests.disk.conftest import PROJECT
from tests.disk.reopening import found_again
from tests.virtual import open_store

#: Sales of each process; two commits a sale.
SALES = int(os.environ.get("POS_CLIENT_DISK_SALES", "150"))

WRITE_AND_CHECKPOINT = """
import sys
from pathlib import Path
from tests.disk.acts import begin_sale, end_sale
from tests.virtual import open_store

folder, first, sales = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store = open_store(folder)
checkpoints = "PASSIVE", "FULL", "RESTART", "TRUNCATE"
for number in range(sales):
    begun = begin_sale(store, first + number)
    print(*begun)
    print(*end_sale(store, begun.id))
    if number % 7 == 0:
        connection = store._engine.raw_connection()
        connection.cursor().execute(f"PRAGMA wal_checkpoint({checkpoints[number % 4]})").fetchall()
        connection.close()
store.close()
"""


def test_two_processes_that_write_and_checkpoint_lose_nothing(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_AND_CHECKPOINT, tmp_path, first, str(SALES)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in ("10000", "20000")
    ]
    told = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    did = [Done(*line.split()) for each in told for line in each.splitlines()]
    assert len(did) == len(set(did)) == 4 * SALES
    assert found_again(tmp_path) == set(did)
