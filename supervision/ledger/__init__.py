"""What is suspected, owed, returned and paid, to the cent."""
