"""The insurers' side: what is settled with institutions month by month, prepaid, budgeted and published."""
