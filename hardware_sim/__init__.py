"""What stands around the desk, simulated: card, readers and the bureau's front-end server."""
