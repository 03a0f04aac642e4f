"""People whom the public's watch is entrusted to: their terms, tasks and leads."""
