"""Passwords at rest."""

from pos_client.offline import passwords

SALT = bytes(range(passwords.SALT_BYTES))


def test_only_the_password_itself_fits() -> None:
    secret = passwords.sealed("芝麻开门 2026", SALT)
    assert passwords.fits("芝麻开门 2026", secret)
    assert not passwords.fits("芝麻开门 2027", secret)
    assert not passwords.fits("", secret)


def test_the_password_does_not_stand_in_what_is_kept() -> None:
    assert "open-sesame" not in passwords.sealed("open-sesame", SALT)


def test_the_same_password_is_kept_differently_with_another_salt() -> None:
    assert passwords.sealed("open-sesame", SALT) != passwords.sealed("open-sesame", SALT[::-1])


def test_what_was_sealed_with_other_parameters_stays_readable() -> None:
    # RFC 7914, section 12: password "pleaseletmein", salt "SodiumChloride", N 16384, r 8, p 1, first half.
    kept = "scrypt$16384$8$1$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI="
    assert passwords.fits("pleaseletmein", kept)
