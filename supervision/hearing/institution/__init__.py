"""The institution's side of a hearing: what it must answer, by when, and how it answers."""
