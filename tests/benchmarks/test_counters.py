"""The counters that load the front-end server."""

from pathlib import Path

from benchmarks.counters import Messages, buyer, load, percentile, sign_in
from hardware_sim.front_end.server import FrontEnd


def test_counters_sell_until_their_time_is_over_and_every_answer_is_a_yes(tmp_path: Path) -> None:
    with FrontEnd(f"sqlite:///{tmp_path / 'ledger.db'}") as server:
        messages = Messages()
        done = load(server.url, messages, sign_in(server.url, messages), counters=1, seconds=0.05)
    assert done.seconds >= 0.05
    assert len(done.answer_ns) > 0
    assert min(done.answer_ns) > 0


def test_no_two_buyers_share_a_number() -> None:
    buyers = [buyer(number) for number in range(300)]
    assert all(len(set(numbers)) == 300 for numbers in zip(*buyers, strict=True))


def test_a_percentile_is_a_sample_that_so_many_do_not_exceed() -> None:
    samples = list(range(1, 201))
    assert (percentile(samples, 50), percentile(samples, 99), percentile([7], 50)) == (100, 198, 7)
