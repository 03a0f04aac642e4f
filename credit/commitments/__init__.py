"""What institutions promise: told, signed on the portal by a named person, kept or broken."""
