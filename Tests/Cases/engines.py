"""How databases are made for the cases, read, and named in metaxy.toml: one class for each engine."""
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
from catalog_signature import pg_signature, psql, sqlite_signature  # noqa: E402


class Engine:
    def make(self, database, *scripts):
        """Makes a database and runs scripts in it."""
        self.make_all({database: scripts})

    def drop(self, database):
        self.drop_all([database])


class SQLite(Engine):
    """Databases are files in the directory of a case."""

    name = "sqlite"

    def start(self):
        pass

    def stop(self):
        pass

    def database(self, directory, name):
        return str(directory / f"{name}.db")

    def url(self, database):
        return f"sqlite:///{database}"

    def make_all(self, databases):
        for database, scripts in databases.items():
            with sqlite3.connect(database) as connection:
                for script in scripts:
                    connection.executescript(script)
            connection.close()

    def run_script(self, database, script):
        """Returns what the program says if it fails."""
        with open(script) as text:
            result = subprocess.run(["sqlite3", database], stdin=text, capture_output=True, text=True)
        return result.stderr if result.returncode else None

    def drop_all(self, databases):
        pass

    def signature(self, database):
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            return sqlite_signature(connection)
        finally:
            connection.close()


class PostgreSQL(Engine):
    """Databases of a server that is started for them, and goes with this process however that ends."""

    name = "postgres"

    # The server refuses to run as root. It ends with the pipe that it reads: a killed run leaves nothing behind.
    SERVER = """
        "$1/initdb" --pgdata=data --username=metaxy --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1 || exit 1
        "$1/postgres" -D data -k "$PWD" -c listen_addresses= -c fsync=off -c synchronous_commit=off \\
          -c full_page_writes=off -c max_wal_size=256MB -c max_locks_per_transaction=1024 >log 2>&1 &
        cat >/dev/null
        kill -INT $!
        wait
        cd / && rm -rf "$OLDPWD"
        """

    def start(self):
        programs = self.programs()
        # In memory if that has room: on ext4, the 300 files of each new database take more time than the cases.
        memory = pathlib.Path("/dev/shm")
        place = memory if memory.is_dir() and shutil.disk_usage(memory).free >= 2 << 30 else None
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="metaxy-cases-", dir=place))
        command = ["sh", "-c", self.SERVER, "sh", programs]
        if os.getuid() == 0:
            user = "postgres" if subprocess.run(["id", "postgres"], capture_output=True).returncode == 0 else "nobody"
            shutil.chown(self.directory, user)
            command = ["runuser", "-u", user, "--", *command]
        self.server = subprocess.Popen(
            command, cwd=self.directory, stdin=subprocess.PIPE, start_new_session=True)
        os.environ.update(PGHOST=str(self.directory), PGUSER="metaxy", PGDATABASE="postgres", PGCONNECT_TIMEOUT="5",
                          PATH=f"{programs}:{os.environ['PATH']}")
        deadline = time.monotonic() + 60
        while psql("postgres", "SELECT 1")[0] != 0:
            if self.server.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"error: PostgreSQL does not start\n{(self.directory / 'log').read_text()}")
            time.sleep(0.1)

    @staticmethod
    def programs():
        """Where `initdb` and `postgres` are."""
        found = shutil.which("initdb")
        newest = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -int(place.parent.name))
        brewed = sorted(pathlib.Path("/opt/homebrew/opt").glob("postgresql*/bin"))
        for place in [*([pathlib.Path(found).resolve().parent] if found else []), *newest, *brewed]:
            if all((place / program).exists() for program in ("initdb", "postgres", "psql")):
                return str(place)
        sys.exit("error: PostgreSQL is not installed here\nhint: apt install postgresql")

    def stop(self):
        self.server.stdin.close()
        self.server.wait()

    def database(self, directory, name):
        return f"{directory.name}_{name}"

    def url(self, database):
        return f"postgresql://metaxy@{urllib.parse.quote(str(self.directory), safe='')}/{database}"

    # One `psql` for all databases, because it starts slower than it works. Each script has a session of its own.
    def make_all(self, databases):
        parts = []
        for database, scripts in databases.items():
            parts.append(f'CREATE DATABASE "{database}" TEMPLATE template0;')
            for script in scripts:
                parts += [f'\\connect "{database}"', script, ";"]
            parts.append("\\connect postgres")
        self.execute("\n".join(parts))

    def run_script(self, database, script):
        """Returns what the program says if it fails."""
        result = subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", script], capture_output=True, text=True)
        return result.stderr if result.returncode else None

    def drop_all(self, databases):
        self.execute("\n".join(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE);' for database in databases))

    @staticmethod
    def execute(script):
        status, _, errors = psql("postgres", script)
        if status != 0:
            raise RuntimeError(errors)

    def signature(self, database):
        return pg_signature(database)
