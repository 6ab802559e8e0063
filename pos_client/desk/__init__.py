"""Use cases of the counter: one sale, one void, one look at the queue. The only thing that a window talks to."""
