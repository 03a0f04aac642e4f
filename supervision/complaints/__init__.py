"""What citizens tell: taken in without an account, looked into, answered. Who told it is known here alone, sealed."""
