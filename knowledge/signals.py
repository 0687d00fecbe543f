from django.dispatch import Signal

# Sent with person, module and at, when a colleague has read a lesson for the first time.
lesson_finished = Signal()

# Sent with brief, revision and obstacles, when a brief was about to be published and may not be.
publication_held = Signal()
