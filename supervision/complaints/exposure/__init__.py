"""Cases told to the public, without anybody's name, and withdrawn when their decision falls."""
