"""SQLAlchemy's engine for the URL of a store."""

import urllib.parse

from sqlalchemy import create_engine


def address(url):
    """SQLAlchemy's URL."""
    if not url.startswith("postgresql://"):
        return url
    parts = urllib.parse.urlsplit(url.replace("postgresql:", "postgresql+psycopg:", 1))
    user, _, host = parts.netloc.rpartition("@")
    if host.startswith("%2F"):
        # A socket's directory is no host to SQLAlchemy.
        parts = parts._replace(netloc=f"{user}@", query=f"host={host}")
    return parts.geturl()


def engine(url):
    url = address(url)
    return create_engine(url, connect_args={"options": "-c TimeZone=UTC"} if "psycopg" in url else {})
