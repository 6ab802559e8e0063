"""Who stands at the window: certificate, card and person are compared, against impostors (``[identity]``, N5, N26)."""

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from pos_client.benefit.objections import Objection
from pos_client.benefit.shapes import list_of, one_of
from pos_client.errors import Words
from pos_client.phrase import Phrase

NOT_COMPARED = Words(
    "HOUSE-10",
    "还没有核对：{what}。没有核对就可能是冒名就医，先不要收费。请与本人逐一核对。",
    "Not compared yet: {what}. This may be an impostor, so do not charge. Compare each with the person.",
)

PARTS: Final[Mapping[str, Phrase]] = {
    "certificate": Phrase("医保证", "certificate"),
    "card": Phrase("医保卡", "card"),
    "person": Phrase("本人", "person"),
}


class IdentityRule(NamedTuple):
    """What must be compared, and whether at every visit or only at a person's first one."""

    check_every_visit: bool
    must_match: tuple[str, ...]

    def objection(self, compared: Collection[str], *, first_visit: bool) -> Objection | None:
        """The parts that were not compared; None if the window may go on."""
        if not (first_visit or self.check_every_visit):
            return None
        left = tuple(PARTS[part] for part in self.must_match if part not in compared)
        return Objection(NOT_COMPARED, left) if left else None


def compile_identity(document: Mapping[str, Any]) -> IdentityRule | None:
    """The rule written in a policy file that has passed its checks; None if it has none.

    Raises:
        Fault: something is to be compared that the window does not know.
    """
    section = document.get("identity")
    if section is None:
        return None
    list_of(one_of(*PARTS))(section["must_match"], ("identity", "must_match"))
    return IdentityRule(section["check_every_visit"], tuple(section["must_match"]))
