import Foundation
import MetaxyTestSupport
import Testing

/// A `python:` entrypoint gives the features that Metaxy registers, and the tables that SQLAlchemy creates.
struct PythonEntrypointTests {
  @Test func versionsAreThoseOfMetaxy() throws {
    let project = try PythonProject(on: .sqlite)
    let theirs = try project.python("versions")
    #expect(theirs.count == 8)
    let listed = try json(project.metaxy("list features --format json"))
    let ours = try #require(listed["features"] as? [NSDictionary])
    #expect(ours.count == theirs.count)
    for feature in ours {
      let key = try #require(feature["key"] as? String)
      let expected = try #require(theirs[key] as? NSDictionary)
      #expect(feature["feature_version"] as? String == expected["feature_version"] as? String, "\(key)")
      #expect(feature["fields"] as? NSDictionary == expected["fields"] as? NSDictionary, "\(key)")
      #expect(feature["class_path"] as? String ?? "" == "shop.features.\(try className(of: key))")
    }
  }

  /// Alembic finds in the tables of a revision what it finds in those of `create_all`: nothing, but for defaults that it
  /// reads otherwise than SQLAlchemy writes them.
  @Test(arguments: Engine.allCases)
  func alembicFindsNothingInMigratedTables(engine: Engine) throws {
    let created = try PythonProject(on: engine)
    try created.python("create", created.database.url)
    let expected = try created.python("differences", created.database.url)

    let migrated = try PythonProject(on: engine)
    let written = try migrated.metaxy("revision --autogenerate -m tables")
    #expect(written.errors.contains("the ID column `number` of `counted` is filled by the database"))
    try migrated.metaxy("upgrade")
    let found = try migrated.python("differences", migrated.database.url)
    #expect(found["plain"] as? [String] == [])
    #expect(found["defaults"] as? [String] == expected["defaults"] as? [String])
    #expect(try migrated.metaxy("check").output.hasPrefix("in sync"))
    #expect(try migrated.metaxy("revision --autogenerate --format json").output.contains("\"revision\": null"))

    try migrated.metaxy("downgrade base")
    #expect(try migrated.database.rows(Self.tables(of: engine)) == [])
  }

  @Test(arguments: Engine.allCases)
  func createdTablesAreInSync(engine: Engine) throws {
    let project = try PythonProject(on: engine)
    try project.python("create", project.database.url)
    #expect(try project.metaxy("check").output.hasPrefix("in sync"))
    #expect(try project.metaxy("revision --autogenerate --format json").output.contains("\"revision\": null"))
  }

  /// Tables and enum types in a schema, and tables that refer to each other. SQLite has no schemas.
  @Test(arguments: Engine.allCases)
  func schemasAndCyclesComeOver(engine: Engine) throws {
    let project = try PythonProject(on: engine)
    try project.write(
      try project.features() + """

        media = sa.MetaData(schema="media")
        sa.Table(
            "clip", media, sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("kind", sa.Enum("a", "b", name="clip_kind", inherit_schema=True), index=True),
            sa.Column("cover_id", sa.ForeignKey("media.cover.id", name="fk_cover", use_alter=True)))
        sa.Table(
            "cover", media, sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("clip_id", sa.ForeignKey("media.clip.id", name="fk_clip")), comment="of a clip")
        METADATA = [SQLModel.metadata, named, media]

        """, to: "shop/features.py")
    try project.metaxy("revision --autogenerate -m tables")
    try project.metaxy("upgrade")
    #expect(try project.metaxy("check").output.hasPrefix("in sync"))
    if engine == .postgresql {
      let found = try project.python("differences", project.database.url)
      #expect(found["plain"] as? [String] == [])
    }
  }

  /// A difference is reported at the line of the class, or of its column.
  @Test(arguments: Engine.allCases)
  func driftIsReportedAtTheLineInPython(engine: Engine) throws {
    let project = try PythonProject(on: engine)
    try project.metaxy("revision --autogenerate -m tables")
    try project.metaxy("upgrade")
    let before = try project.features()
    let text =
      before
      .replacing("    path: str\n", with: "    path: str\n    label: Optional[str] = None\n")
      .replacing("sa.Column(\"code\", sa.String(8)", with: "sa.Column(\"code\", sa.String(9)")
    try project.write(text, to: "shop/features.py")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let label = try #require(lines.firstIndex { $0.contains("label: Optional") }) + 1
    let code = try #require(lines.firstIndex { $0.contains("sa.String(9)") }) + 1
    let check = try project.metaxy("check --format github", status: 2)
    #expect(check.output.contains("::error file=shop/features.py,line=\(label),"), "\(check.output)")
    #expect(check.output.contains("::error file=shop/features.py,line=\(code),"), "\(check.output)")
  }

  /// `graph export` keeps everything, so that the file alone is an entrypoint.
  @Test func exportedGraphIsTheSame() throws {
    let project = try PythonProject(on: .sqlite)
    let listed = try project.metaxy("list features -v").output
    try project.metaxy("revision --autogenerate -m tables")
    try project.metaxy("upgrade")
    try project.write(try project.metaxy("graph export").output, to: "graph.json")
    let variables = ["METAXY_ENTRYPOINTS": "graph.json"]
    #expect(try project.metaxy("list features -v", variables).output == listed)
    #expect(try project.metaxy("check", variables).output.hasPrefix("in sync"))
  }

  /// What `graph push` records of each feature is what Metaxy records.
  @Test(arguments: Engine.allCases)
  func recordedGraphIsThatOfMetaxy(engine: Engine) throws {
    let project = try PythonProject(on: engine, hasSystemTables: true)
    for command in ["init", "-c .metaxy/alembic-system revision --autogenerate", "-c .metaxy/alembic-system upgrade"] {
      try project.metaxy(command)
    }
    try project.metaxy("graph push")
    let columns = [
      "metaxy_feature_version", "metaxy_definition_version", "metaxy_project_version", "feature_class_path",
      "feature_spec",
      "feature_schema",
    ]
    let theirs = try project.python("recorded")
    #expect(theirs.count == 8)
    for (key, row) in theirs {
      let ours = try columns.map { column in
        try project.database.rows(
          "SELECT \(column) FROM metaxy_system__feature_versions WHERE feature_key = '\(key)'")
      }
      #expect(ours == (row as? [String])?.map { [$0] }, "\(key)")
    }
    #expect(try project.metaxy("graph diff").output.contains("no difference"))
  }

  private func json(_ run: ChildProcess) throws -> NSDictionary {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? NSDictionary)
  }

  private func className(of key: String) throws -> String {
    try #require(key.split(separator: "/").last).capitalized
  }

  /// The names of the tables of a project.
  private static func tables(of engine: Engine) -> String {
    let bookkeeping = "NOT LIKE 'alembic%'"
    return switch engine {
    case .sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name \(bookkeeping)"
    case .postgresql:
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname \(bookkeeping)"
    }
  }
}
