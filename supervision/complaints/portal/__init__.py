"""The public side: pages without an account, whose answers travel in the page and lie nowhere until they are sent."""
