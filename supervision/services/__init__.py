"""The stores a bare machine lacks: a real PostgreSQL and a real Redis, kept inside FUND_HOME."""
