"""What lets in what strangers send: work that proves good will, files proved by their content and kept sealed."""
