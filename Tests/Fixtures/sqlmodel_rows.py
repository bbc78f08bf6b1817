"""Reads and writes the rows of `StoredForms` with SQLModel, in Python's own types.

    sqlmodel_rows.py read URL           compares the rows that are there with those below
    sqlmodel_rows.py write URL SYSTEM   writes those below; SYSTEM is a JSON object of the system columns

Prints `{"rows": number, "differences": [text], "system": [the system columns of each row, in the order of the IDs]}`.
"""

import datetime
import decimal
import enum
import json
import sys
import uuid
from typing import Optional

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy_engine import engine
from sqlmodel import Field, Session, SQLModel, select


class Container(enum.Enum):
    MP4 = "mp-4"
    WEBM = "webm"


def raw_values(members):
    return [member.value for member in members]


class StoredForms(SQLModel, table=True):
    __tablename__ = "stored__forms"

    data_version: Optional[dict] = Field(sa_type=sa.JSON)
    feature_version: Optional[str]
    feature_spec_version: Optional[str]
    snapshot_version: Optional[str]
    # SQLAlchemy wants a key of every model; the table has none.
    form_id: uuid.UUID = Field(primary_key=True)
    name: Optional[str] = None
    short: Optional[str] = Field(default=None, max_length=5)
    link: Optional[str] = None
    big: Optional[int] = Field(default=None, sa_type=sa.BigInteger)
    medium: Optional[int] = None
    small: Optional[int] = Field(default=None, sa_type=sa.SmallInteger)
    wide: Optional[float] = None
    narrow: Optional[float] = Field(default=None, sa_type=sa.REAL)
    truth: Optional[bool] = None
    moment: Optional[datetime.datetime] = Field(default=None, sa_type=sa.DateTime(timezone=True))
    day: Optional[datetime.date] = None
    amount: Optional[decimal.Decimal] = Field(default=None, max_digits=12, decimal_places=3)
    batch: Optional[uuid.UUID] = None
    content: Optional[bytes] = None
    length: Optional[datetime.timedelta] = None
    container: Optional[Container] = Field(
        default=None, sa_type=sa.Enum(Container, values_callable=raw_values, native_enum=False))
    words: Optional[list] = Field(default=None, sa_type=sa.JSON)
    counts: Optional[dict] = Field(default=None, sa_type=sa.JSON().with_variant(JSONB(), "postgresql"))


SYSTEM = ["data_version", "feature_version", "feature_spec_version", "snapshot_version"]
UTC = datetime.timezone.utc


def identifier(number):
    return uuid.UUID(f"ab000000-0000-0000-0000-{number:012}")


SAMPLES = [
    dict(
        form_id=identifier(1), name="a\t\"b\"\\ \n\U0001F600\u00e9 '", short="f\u00fcnf!",
        link="https://example.com/a?b=c%20d", big=9_007_199_254_740_993, medium=-70_000, small=300, wide=0.1,
        narrow=0.1, truth=True, moment=datetime.datetime(2026, 11, 22, 10, 7, 31, 123456, UTC),
        day=datetime.date(2026, 11, 22), amount=decimal.Decimal("-123456.789"),
        batch=uuid.UUID("0f8fad5b-d9cb-469f-a165-70867728950e"), content=b"\x00\xff\\\n",
        length=datetime.timedelta(days=1, hours=1, minutes=1, seconds=1, microseconds=5), container=Container.MP4,
        words=[{"text": "\u00e9/\"\U0001F600", "start": 1.5}, {"text": "", "start": -2}],
        counts={"a": 1, "b": 2, "\u00fc": 0}),
    dict(
        form_id=identifier(2), short="\U0001F600" * 5, big=2**63 - 1, medium=2**31 - 1, small=2**15 - 1,
        wide=sys.float_info.max, narrow=16_777_216.0, truth=False,
        moment=datetime.datetime(9999, 12, 31, 23, 59, 59, 0, UTC), day=datetime.date(9999, 12, 31),
        amount=decimal.Decimal("999999999.999"), content=bytes(range(256)), length=datetime.timedelta(days=1000),
        container=Container.WEBM),
    dict(
        form_id=identifier(3), name="", short="", big=-(2**63), medium=-(2**31), small=-(2**15), wide=-5e-324,
        narrow=-0.5, moment=datetime.datetime(1, 1, 1, 0, 0, 0, 0, UTC), day=datetime.date(1, 1, 1),
        amount=decimal.Decimal("0.000"), content=b"", length=-datetime.timedelta(hours=36, milliseconds=1), words=[],
        counts={}),
    dict(form_id=identifier(4)),
]


def expected(sample, column, dialect):
    value = sample.get(column)
    if column == "moment" and value is not None and dialect == "sqlite":
        return value.replace(tzinfo=None)  # SQLAlchemy knows no zones there
    if column == "narrow" and value == 0.1 and dialect == "sqlite":
        return 0.10000000149011612  # the 32 bits of it, which SQLite keeps in 64
    return value


def finds(session, row, column, value):
    """Whether a query for the value finds the row: SQLAlchemy reads more forms than the one that it writes."""
    # PostgreSQL compares no JSON texts, and 32 bits of a number with 64 otherwise than they were written.
    if value is None or column in ("words", "counts", "narrow"):
        return True
    return row in session.exec(select(StoredForms.form_id).where(getattr(StoredForms, column) == value)).all()


def read(session):
    rows = session.exec(select(StoredForms).order_by(StoredForms.form_id)).all()
    differences = []
    for row, sample in zip(rows, SAMPLES):
        for column in StoredForms.model_fields.keys() - set(SYSTEM):
            found, wanted = getattr(row, column), expected(sample, column, session.get_bind().dialect.name)
            if type(found) is not type(wanted) or found != wanted:
                differences.append(f"{sample['form_id']} {column}: {found!r}, not {wanted!r}")
            elif not finds(session, row.form_id, column, wanted):
                differences.append(f"{sample['form_id']} {column}: {wanted!r} is not found by a query")
    system = [{column: getattr(row, column) for column in SYSTEM} for row in rows]
    return {"rows": len(rows), "differences": sorted(differences), "system": system}


def write(session, system):
    session.add_all([StoredForms(**system, **sample) for sample in SAMPLES])
    session.commit()
    return {"rows": len(SAMPLES), "differences": [], "system": []}


with Session(engine(sys.argv[2])) as session:
    print(json.dumps(read(session) if sys.argv[1] == "read" else write(session, json.loads(sys.argv[3]))))
