"""What the rooms above may want to know of. Their receivers are one line that calls an action."""

from django.dispatch import Signal

# An administrator opened what the portal knows of one person: `viewer`, `person`, `what`, `at`.
person_seen = Signal()
