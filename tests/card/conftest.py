from tests.pcscd import private_pcscd

__all__ = ["private_pcscd"]
