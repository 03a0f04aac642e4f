"""The members' recent claims in PostgreSQL, where the desk looks them up; every intake keeps them, and nobody else."""
