"""What the card says about itself before anybody is named."""

import pytest

from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.social_security import environment, files


def test_a_version_is_four_bytes_at_most() -> None:
    assert environment.version({files.VERSION: b"2.00"}) == "2.00"
    with pytest.raises(Malformed) as told:
        environment.version({files.VERSION: b"439999197003030012"})
    assert "4399" not in str(told.value), "what stands in a wrong place may be anybody's number"


@pytest.mark.parametrize(("written", "meant"), [("1.00", 1), ("2.0", 2), ("3", 3), ("20.0", None), ("", None)])
def test_the_generation_is_the_first_figure(written: str, meant: int | None) -> None:
    assert environment.generation(written) == meant
