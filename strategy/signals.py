from django.dispatch import Signal

# Sent with campaign, revision and obstacles, when a campaign was about to go out and may not.
launch_held = Signal()
