"""The pages of visits and samples, and what a device asks for."""
