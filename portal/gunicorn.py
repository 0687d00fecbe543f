"""How gunicorn serves the portal: `gunicorn --config python:portal.gunicorn portal.wsgi`."""

import os
from pathlib import Path
from typing import Any

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Loaded once and then forked: the workers are up at once and share the code's memory.
preload_app = True
# In memory where the machine can, so that a worker's heartbeat never waits for a disk.
worker_tmp_dir = next((path for path in ("/dev/shm",) if Path(path).is_dir()), None)  # noqa: S108
loglevel = os.environ.get("LOG_LEVEL", "warning")


def when_ready(server: Any) -> None:
    """Greets whoever started the portal on her own machine, now that it answers."""
    from django.conf import settings  # noqa: PLC0415  (readable once the application is loaded)

    if settings.IS_LOCAL:
        _host, port = server.cfg.address[0]
        print("\n".join(_greeting(port)), flush=True)  # noqa: T201  (this is for the terminal)


def _greeting(port: int) -> list[str]:
    from portal.demo.accounts import PASSWORD, SIGN_INS  # noqa: PLC0415  (the demo is local only)

    width = max(len(sign_in.email) for sign_in in SIGN_INS)
    return [
        "",
        f"The portal is ready: http://localhost:{port}/",
        "",
        *(f"  {sign_in.email:{width}}  {PASSWORD}  {sign_in.role}" for sign_in in SIGN_INS),
        "",
        "Ctrl-C stops it. What was done is kept in var/.",
    ]
