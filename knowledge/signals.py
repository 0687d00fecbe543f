from django.dispatch import Signal

# Sent with person, module and at, when a colleague has read a lesson for the first time.
lesson_finished = Signal()
