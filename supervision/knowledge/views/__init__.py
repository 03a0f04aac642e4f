"""The pages of lists, points, batches and versions."""
