"""Addresses that other modules of the portal must agree on."""

EDITOR_PATH = "/cms/"
OPEN_PATHS = ("/static/", "/brand/", "/healthz")
