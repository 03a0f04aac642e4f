"""The pages that stand open to everybody: the front page, how reporting works, the figures, the institutions."""
