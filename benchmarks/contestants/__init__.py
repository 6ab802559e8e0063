"""Who takes part: this program, the same rules written by hand, and OpenFisca."""
