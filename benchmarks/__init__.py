"""What the platform must reach, measured: `python -m benchmarks` prints goal and figure side by side."""
