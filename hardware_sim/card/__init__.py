"""A chip card in pure Python: files, commands and faults, with a codec of its own."""
