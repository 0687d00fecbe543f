from django.dispatch import Signal

# Sent with campaign, revision and obstacles, when a campaign was about to go out and may not.
launch_held = Signal()

# Sent with campaign, revision, by and was_live, when a campaign went out, or its launch was set.
launch_let_out = Signal()

# Sent with campaign and by, when the first draft of a campaign was kept.
launch_planned = Signal()
