"""Major issues: reported up in hours, graded, answered, listed, reviewed and closed; and interviews."""
