"""On site: visits worked on without a network, what they bring home once, and samples of an institution's claims."""
