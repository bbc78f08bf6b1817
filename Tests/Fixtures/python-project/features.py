"""Eight features, a plain table and two tables of SQLAlchemy alone, of all kinds of columns."""

import datetime
import decimal
import enum
import uuid
from typing import Optional

import sqlalchemy as sa
from metaxy import FeatureDep, FeatureSpec, FieldDep, FieldSpec
from metaxy.ext.sqlmodel import BaseSQLModelFeature
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel


class Color(enum.Enum):
    red = "r"
    green = "g"


def aware():
    return sa.DateTime(timezone=True)


class Raw(
    BaseSQLModelFeature, table=True,
    spec=FeatureSpec(
        key="video/raw", id_columns=["id"],
        fields=[FieldSpec(key="frames", code_version="1"), FieldSpec(key=["audio", "left"], code_version="é")])):
    id: str = Field(primary_key=True)
    path: str
    size: int = Field(index=True)
    color: Color
    taken_at: datetime.datetime = Field(sa_type=aware())
    seen_at: datetime.datetime = Field(sa_type=sa.DateTime())


class Note(BaseSQLModelFeature, table=True, spec=FeatureSpec(key="note", id_columns=["id"], metadata={"owner": "ann"})):
    id: str = Field(primary_key=True)
    text: str = Field(unique=True, max_length=50)
    data: dict = Field(sa_type=sa.JSON)


class Crop(
    BaseSQLModelFeature, table=True,
    spec=FeatureSpec(
        key="video/crop", id_columns=["id"], deps=[FeatureDep(feature="video/raw")],
        fields=[FieldSpec(key="frames", code_version="2", deps=[FieldDep(feature="video/raw", fields=["frames"])])])):
    __table_args__ = (
        sa.CheckConstraint("width > 0", name="wide"),
        sa.Index("ix_crop_wide", "width", postgresql_where=sa.text("width > 10"), sqlite_where=sa.text("width > 10")),
    )
    id: str = Field(primary_key=True)
    width: int = Field(sa_column_kwargs={"server_default": "5"})
    price: decimal.Decimal = Field(max_digits=12, decimal_places=3)
    raw_id: str = Field(foreign_key="video__raw.id", ondelete="CASCADE")


class Speech(
    BaseSQLModelFeature, table=True,
    spec=FeatureSpec(
        key="video/speech", id_columns=["id"], deps=[FeatureDep(feature="video/raw"), FeatureDep(feature="note")])):
    id: uuid.UUID = Field(primary_key=True)
    sound: bytes
    day: datetime.date
    took: datetime.timedelta
    at: datetime.time


class Summary(
    BaseSQLModelFeature, table=True,
    spec=FeatureSpec(
        key="video/summary", id_columns=["id"],
        deps=[FeatureDep(feature=key) for key in ["video/crop", "video/speech", "video/raw", "note"]],
        fields=[
            FieldSpec(key="text", code_version="3"),
            FieldSpec(
                key="cover",
                deps=[FieldDep(feature="video/crop"), FieldDep(feature="video/raw", fields=[["audio", "left"]])])])):
    id: str = Field(primary_key=True)
    color: Optional[Color] = None
    made_at: datetime.datetime = Field(
        sa_column=sa.Column(aware(), server_default=sa.func.now(), nullable=False, comment="when it was made"))


class Counted(BaseSQLModelFeature, table=True, spec=FeatureSpec(key="counted", id_columns=["number"])):
    number: Optional[int] = Field(default=None, primary_key=True)
    ratio: float
    ok: bool


class Tagged(
    BaseSQLModelFeature, table=True,
    spec=FeatureSpec(key="tagged", id_columns=["id"], deps=[FeatureDep(feature="counted")])):
    __table_args__ = (sa.UniqueConstraint("a", "b"), {"comment": "tags, it's said"})
    id: str = Field(primary_key=True)
    a: str
    b: Optional[str] = Field(default=None, index=True)


class Faces(
    BaseSQLModelFeature, table=True,
    spec=FeatureSpec(key="video/faces", id_columns=["id"], deps=[FeatureDep(feature="video/crop")])):
    id: str = Field(primary_key=True)
    boxes: dict = Field(sa_column=sa.Column(sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False))
    sides: list = Field(sa_column=sa.Column(sa.JSON().with_variant(ARRAY(sa.Integer), "postgresql")))


class Camera(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str = Field(sa_column=sa.Column(sa.String, nullable=False, server_default="100%"))
    sold: bool = Field(sa_column=sa.Column(sa.Boolean, nullable=False, server_default=sa.false()))


named = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s", "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"})
places = sa.Table(
    "places", named,
    sa.Column("id", sa.Integer, sa.Identity(start=10), primary_key=True),
    sa.Column("code", sa.String(8), unique=True),
    sa.Column("kind", sa.Enum("in", "out", name="place_kind"), server_default="in", nullable=False),
    sa.Column("area", sa.Integer, sa.CheckConstraint("area >= 0", name="area_positive")),
    sa.Column("twice", sa.Integer, sa.Computed("area * 2", persisted=True)),
    sa.Column("lower_code", sa.String, index=True),
)
visits = sa.Table(
    "visits", named,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("place_id", sa.ForeignKey("places.id")),
    sa.Column("at", sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")),
)
sa.Index("ix_places_lower", sa.func.lower(places.c.code))
