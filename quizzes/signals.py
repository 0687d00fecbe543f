from django.dispatch import Signal

# Sent with people (their keys; `None` is everybody who proved the modules) and modules (theirs),
# when dates of theirs moved. It comes in the transaction that moved them.
standings_moved = Signal()
