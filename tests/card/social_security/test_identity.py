"""What a card says is kept whole, shown masked, and printed only when asked for."""

import json

from hardware_sim import personas
from pos_client.card.social_security.identity import CardIdentity
from tests.card.simulated import written_on

CARD = personas.load("ma-yan").card
IDENTITY = written_on(CARD, "pcsc:Reader 00")


def test_repr_does_not_name_the_person() -> None:
    for text in (repr(IDENTITY), str(IDENTITY), f"{IDENTITY}", f"{[IDENTITY]}"):
        for secret in (CARD.name, CARD.id_number, CARD.card_number, CARD.identification_code, "1996"):
            assert secret not in text
    assert "马**" in repr(IDENTITY)


def test_the_masks_leave_enough_to_tell_two_cards_apart() -> None:
    assert IDENTITY.masked() == {
        "card_number": "*****0038",
        "identification_code": "439900**********************C303",
        "region": "439900",
        "version": "2.00",
        "name": "马**",
        "id_number": "439999********0030",
        "reader": "pcsc:Reader 00",
    }


def test_a_short_number_is_masked_whole() -> None:
    short = CardIdentity(**{name: getattr(IDENTITY, name) for name in CardIdentity.__slots__} | {"id_number": "12345"})
    assert short.masked()["id_number"] == "*****"


def test_the_record_has_the_ten_promised_fields_in_full() -> None:
    assert json.loads(json.dumps(IDENTITY.as_record())) == {
        "card_number": "A00000038",
        "identification_code": "439900D15600000500000003A1B2C303",
        "region": "439900",
        "version": "2.00",
        "issued_on": "2016-06-01",
        "expires_on": "2036-06-01",
        "name": "马𬍛䶮",
        "id_number": "439999199605200030",
        "sex": "1",
        "born_on": "1996-05-20",
    }
