"""Demo and rehearsal: the only code that knows both the client and what is simulated around it."""
