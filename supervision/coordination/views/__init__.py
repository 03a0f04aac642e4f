"""Pages of the desk, and of the liaisons of other departments."""
