"""The card in the hand: APDUs, the social-security card, the readers, and the child process that talks to them."""
