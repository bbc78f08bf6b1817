import Foundation
import MetaxyTestSupport
import Testing

/// Tables that Metaxy's first releases made are converted for classes in Python of generation 0.1, with their rows.
struct PythonConversionTests {
  private static let features = """
    from typing import Optional
    import metaxy as mx
    import sqlalchemy as sa
    from metaxy.ext.sqlmodel import BaseSQLModelFeature
    from sqlmodel import Field, SQLModel

    named = sa.MetaData()


    class Video(
        BaseSQLModelFeature, table=True,
        spec=mx.FeatureSpec(key="media-x/video", id_columns=["id"], fields=["a", "b/c"])):
        id: str = Field(primary_key=True)
        path: str = Field(index=True)
        n: Optional[int] = Field(default=None, sa_type=sa.BigInteger)


    class Crop(
        BaseSQLModelFeature, table=True,
        spec=mx.FeatureSpec(key="media-x/crop", id_columns=["id"], deps=[mx.FeatureDep(feature=Video)])):
        id: str = Field(primary_key=True)
        video_id: str = Field(foreign_key="media_x__video.id")
    """

  /// SQLAlchemy's tables for the classes of the first releases.
  private static let tables = """
    CREATE TABLE "media-x__video" (data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR,
      snapshot_version VARCHAR, id VARCHAR NOT NULL, path VARCHAR NOT NULL, n BIGINT, PRIMARY KEY (id));
    CREATE INDEX "ix_media-x__video_path" ON "media-x__video" (path);
    CREATE TABLE "media-x__crop" (data_version JSON, feature_version VARCHAR, feature_spec_version VARCHAR,
      snapshot_version VARCHAR, id VARCHAR NOT NULL, video_id VARCHAR NOT NULL, PRIMARY KEY (id),
      FOREIGN KEY(video_id) REFERENCES "media-x__video" (id));
    INSERT INTO "media-x__video" VALUES ('{"a":"h1","b/c":"h2"}', 'v1', 's1', 'n1', '1', '/1', 9007199254740993);
    INSERT INTO "media-x__video" VALUES (NULL, NULL, NULL, NULL, '2', '', NULL);
    INSERT INTO "media-x__crop" VALUES ('{"default":"h3"}', 'v2', 's2', 'n1', 'c', '1');
    """

  private static let backfills = [
    "metaxy_provenance_by_field='{}'", "metaxy_data_version_by_field='{}'", "metaxy_feature_version='none'",
    "metaxy_project_version='none'",
  ].map { "--backfill \"media_x__video.\($0)\"" }.joined(separator: " ")

  @Test(arguments: Engine.allCases)
  func rowsKeepTheirVersions(engine: Engine) throws {
    let project = try PythonProject(on: engine)
    try project.write(Self.features, to: "shop/features.py")
    try project.database.rows(Self.tables)
    let refused = try project.metaxy("revision --autogenerate --convert-generation", status: 1)
    #expect(refused.errors.contains("metaxy revision --autogenerate --convert-generation --backfill media_x__video."))

    try project.metaxy("revision --autogenerate --convert-generation --rev-id c1 \(Self.backfills)")
    try project.metaxy("upgrade --allow-destructive")
    #expect(try project.metaxy("check").output.hasPrefix("in sync"))
    #expect(try project.python("differences", project.database.url)["plain"] as? [String] == [])
    let columns = ["metaxy_feature_version", "metaxy_project_version", "id", "n"]
    let members = ["a", "b_c"].map { Self.member($0, of: "metaxy_data_version_by_field", engine) }
    let query = "SELECT \((columns + members).joined(separator: ", ")) FROM media_x__video ORDER BY id"
    #expect(try project.database.rows(query) == ["v1|n1|1|9007199254740993|h1|h2", "none|none|2|||"])
    let hash = Self.member("default", of: "metaxy_provenance_by_field", engine)
    #expect(try project.database.rows("SELECT video_id, \(hash) FROM media_x__crop") == ["1|h3"])

    try project.metaxy("downgrade base --allow-destructive")
    let former = ["a", "b/c"].map { Self.member($0, of: "data_version", engine) }.joined(separator: ", ")
    #expect(
      try project.database.rows("SELECT feature_version, id, n, \(former) FROM \"media-x__video\" ORDER BY id")
        == ["v1|1|9007199254740993|h1|h2", "none|2|||"])
  }

  /// A member of a JSON object as a text.
  private static func member(_ name: String, of column: String, _ engine: Engine) -> String {
    engine == .sqlite ? "json_extract(\(column), '$.\"\(name)\"')" : "\(column)->>'\(name)'"
  }
}
