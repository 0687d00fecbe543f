"""Finds a Chromium for the browser tests, or brings one: `python -m tests.browser.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# It asks nobody for updates, and needs neither a graphics card nor much shared memory.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def flags() -> list[str]:
    """Chromium's sandbox refuses to start for root."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]


def installed() -> str | None:
    """The machine's own, else Playwright's; `None` where there is neither."""
    paths = (shutil.which(name) for name in NAMES)
    path = next(filter(None, paths), None)
    if path is None and ON_A_MAC.is_file():
        path = str(ON_A_MAC)
    return path or brought_by_playwright()


def brought_by_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> None:
    """Debian's package where this may install it, else what Playwright downloads."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stdout.write("Installing Chromium from the system's packages\n")
        if apt_get("update") and apt_get("install", "--yes", "--no-install-recommends", "chromium"):
            return
    sys.stdout.write("Installing Chromium by Playwright\n")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def apt_get(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return (
        subprocess.run(["apt-get", "-qq", *arguments], env=environment, check=False).returncode == 0
    )


if __name__ == "__main__":
    if installed() is None:
        install()
    if installed() is None:
        sys.exit("No Chromium was found for the browser tests, and none could be installed.")
