"""Builds the style sheets and scripts that come from npm."""
