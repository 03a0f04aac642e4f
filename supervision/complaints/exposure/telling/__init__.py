"""What gives a person away in a text, one kind a module. Each finds places and decides nothing."""
