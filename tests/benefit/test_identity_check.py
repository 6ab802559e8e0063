from pos_client.benefit.identity_check import IdentityRule
from tests.benefit.house import shipped_rules

ALL = ("certificate", "card", "person")


def shipped() -> IdentityRule:
    rule = shipped_rules().identity
    assert rule is not None
    return rule


def test_certificate_card_and_person_are_compared_at_every_visit() -> None:
    objection = shipped().objection(["card"], first_visit=False)

    assert objection is not None
    assert objection.sentence("zh") == (
        "还没有核对：医保证、本人。没有核对就可能是冒名就医，先不要收费。请与本人逐一核对。"
    )
    assert objection.sentence("en").startswith("Not compared yet: certificate, person.")


def test_nothing_stands_against_a_person_who_was_compared() -> None:
    assert shipped().objection(ALL, first_visit=True) is None


def test_a_rule_for_first_visits_only_asks_once() -> None:
    once = IdentityRule(check_every_visit=False, must_match=ALL)

    assert once.objection([], first_visit=False) is None
    assert once.objection([], first_visit=True) is not None
