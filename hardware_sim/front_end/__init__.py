"""The bureau's front-end server (前置机) of the national interface, simulated over real HTTP with a durable ledger."""
