"""The panel has words for everything that the front-end server can do."""

from hardware_sim.front_end.faults import FAULTS, fault_of_json
from hardware_sim.front_end.tables import tables_of
from hardware_sim.panel.fault_words import FAULT_WORDS, TRANSACTIONS


def test_every_fault_has_a_name_and_a_sentence_in_both_languages() -> None:
    assert set(FAULT_WORDS) == set(FAULTS)
    for words in FAULT_WORDS.values():
        assert words.sentence.zh.endswith("。")
        assert words.sentence.en.endswith(".")
    for names in ({words.name.zh for words in FAULT_WORDS.values()}, {words.name.en for words in FAULT_WORDS.values()}):
        assert len(names) == len(FAULTS)


def test_the_delays_and_the_skew_that_are_told_are_those_that_strike() -> None:
    for name in ("late", "late_commit", "commit_after_reversal"):
        seconds = fault_of_json({"name": name}).ms // 1000
        assert f"{seconds} 秒" in FAULT_WORDS[name].sentence.zh
        assert f"{seconds} s" in FAULT_WORDS[name].sentence.en


def test_a_fault_is_limited_only_to_transactions_that_there_are() -> None:
    assert set(TRANSACTIONS) - {None} <= set(tables_of("base").transactions)
    for infno, words in TRANSACTIONS.items():
        assert infno is None or words.zh.startswith(infno)
