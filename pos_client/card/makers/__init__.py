"""Reader makers' own libraries: those that read a whole card by one call, as LD/T 33 has them."""
