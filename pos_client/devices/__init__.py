"""Counter devices: customer display, price announcer, cash drawer and scanner, in a child process of their own."""
