"""The same for the systems of other departments: signed requests, and webhooks that tell them to look."""
