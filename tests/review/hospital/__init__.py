"""A hospital's system, written from the description of the national interface alone; it shares no code with the product."""
