"""Standing: records, grades and how they come into force, repairs; points of practitioners; commitments."""
