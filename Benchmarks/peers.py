"""The Python libraries that measurements compare with."""
import subprocess
import sys


def install(place, name, *packages):
    """Installs packages from PyPI into an environment in `place`; returns its interpreter, or prints the reason and returns None."""
    python = place / "venv" / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", place / "venv"],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
    ):
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            print(f"{name} is not to be had: {(run.stderr or run.stdout).strip().splitlines()[-1]}")
            return None
    return python


def url(store_url):
    """Returns SQLAlchemy's URL for a store's database."""
    # The environment variables name the server: SQLAlchemy does not accept a socket's directory as host.
    return store_url if store_url.startswith("sqlite:") else f"postgresql+psycopg:///{store_url.rpartition('/')[2]}"
