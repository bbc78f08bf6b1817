import Foundation
import MetaxyTestSupport
import Testing

/// A project in Python, which Alembic migrated, is taken over with its history, and no row changes.
struct AlembicMoveTests {
  /// A project with two Alembic environments that share a version table: ten revisions with a branch and a merge, and two of
  /// the system tables.
  private final class MovedProject {
    let project: BuiltProject
    private let database: EmptyDatabase
    private let fresh: EmptyDatabase

    init(on engine: Engine, isHard: Bool) throws {
      database = try EmptyDatabase(on: engine)
      fresh = try EmptyDatabase(on: engine)
      project = try BuiltProject(
        """
        project = "moved"
        store = "dev"
        entrypoints = ["Features", "tables.sql"]
        [ext.sqlmodel]
        enable = true
        [ext.migrations]
        python = "\(try MetaxyPython.path)"
        [ext.migrations.stores.dev]
        url = "\(database.url)"
        [ext.migrations.stores.fresh]
        url = "\(fresh.url)"

        """)
      try project.write(Self.features, to: "Features/Features.swift")
      try project.write(
        "CREATE TABLE site (code VARCHAR(8) PRIMARY KEY NOT NULL, visits INTEGER DEFAULT '0');\n", to: "tables.sql")
      _ = try python("make", isHard ? ["hard"] : [])
    }

    private static let features = """
      import Foundation
      import Metaxy

      @Feature("video", idColumns: ["sample_id"], primaryKey: ["sample_id"])
      struct Video {
        var sampleId: String
        @Column(index: true) var path: String
        var size: Int32?
        var seconds: Double?
      }

      @Feature("video/crop", idColumns: ["sample_id"], primaryKey: ["sample_id"])
      struct Crop {
        var sampleId: String
        var takenAt: Date
      }

      """

    func python(_ job: String, _ arguments: [String] = [], onFresh: Bool = false) throws -> NSDictionary {
      try MetaxyPython.answer(
        of: "alembic_project.py", [job, onFresh ? fresh.url : database.url] + arguments,
        in: URL(fileURLWithPath: project.path))
    }

    func succeed(_ command: String) throws -> String {
      let run = try project.run(command)
      try #require(run.status == 0, "\(command): \(run.output)\(run.errors)")
      return run.output + run.errors
    }
  }

  private static let command =
    "init --from-alembic alembic --system-alembic .metaxy/alembic-system --convert-system-tables"

  @Test(arguments: Engine.allCases)
  func historyIsKeptWhereItBuildsTheDatabase(engine: Engine) throws {
    let moved = try MovedProject(on: engine, isHard: false)
    let rows = try moved.python("rows")
    let output = try moved.succeed(Self.command)
    #expect(output.contains("and its ancestors, 10 revisions of Alembic"), "\(output)")
    #expect(
      output.contains("`s2` moved from the shared version table `alembic_version` to `alembic_version_metaxy_system`"))
    #expect(try moved.succeed("current").contains("r10 (sites) (head)"))
    let history = try moved.succeed("history")
    for text in ["create video", "join both branches", "visits of all sites", "r3", "r6"] {
      #expect(history.contains(text), "\(history)")
    }
    try requireSame(moved, rows)
    // The branch and its merge are part of the files, so a database can stop between them.
    _ = try moved.succeed("--store fresh downgrade r4 --allow-destructive")
    _ = try moved.succeed("--store fresh upgrade")
    #expect(try moved.succeed("--store fresh check --all-environments").contains("in sync"))
  }

  @Test(arguments: Engine.allCases)
  func baselineReplacesWhatAlembicCannotRender(engine: Engine) throws {
    let moved = try MovedProject(on: engine, isHard: true)
    let rows = try moved.python("rows")
    let output = try moved.succeed(Self.command)
    #expect(output.contains("the baseline of site, video, video__crop"), "\(output)")
    #expect(
      output.contains("not rendered: the upgrade of `r10` on \(engine.rawValue), alembic/versions/r10.py:"), "\(output)"
    )
    #expect(output.contains("a step reads rows of the database"), "\(output)")
    #expect(output.contains("not rendered: the downgrade of `r3` on") == (engine == .sqlite), "\(output)")
    #expect(try moved.succeed("current").contains("r10 (sites) (head)"))
    try requireSame(moved, rows)
  }

  /// Without consent the layout of the system tables stays, and the printed command converts it.
  @Test func systemTablesAreConvertedWithConsentOnly() throws {
    let moved = try MovedProject(on: .sqlite, isHard: false)
    let rows = try moved.python("rows")
    let output = try moved.succeed("init --from-alembic alembic --system-alembic .metaxy/alembic-system")
    #expect(output.contains("`metaxy \(Self.command)` makes"), "\(output)")
    #expect(try moved.succeed("check").contains("in sync"))
    _ = try moved.succeed(Self.command)
    try requireSame(moved, rows)
  }

  /// Each database of the project is separated and converted by the same command.
  @Test(arguments: Engine.allCases)
  func aSecondDatabaseNeedsNoFiles(engine: Engine) throws {
    let moved = try MovedProject(on: engine, isHard: false)
    _ = try moved.succeed(Self.command)
    _ = try moved.python("make", onFresh: true)
    let rows = try moved.python("rows", onFresh: true)
    let output = try moved.succeed("--store fresh \(Self.command)")
    #expect(output.contains("`s2` moved from the shared version table"), "\(output)")
    #expect(output.contains("s2_baseline.sql as applied"), "\(output)")
    #expect(try moved.succeed("--store fresh current").contains("r10 (sites) (head)"))
    #expect(try moved.succeed("--store fresh check --all-environments").contains("in sync"))
    #expect(try moved.python("rows", onFresh: true) == rows)
  }

  /// The database is in sync, a new one from the files alone too, Alembic finds no difference, and no row has changed.
  private func requireSame(_ moved: MovedProject, _ rows: NSDictionary) throws {
    #expect(try moved.succeed("check --all-environments").contains("in sync"))
    #expect(try moved.succeed("revision --autogenerate").contains("no changes detected"))
    #expect(try moved.python("rows") == rows)
    #expect(try moved.python("compare")["differences"] as? [String] == [])
    _ = try moved.succeed("--store fresh upgrade --all-environments")
    #expect(try moved.succeed("--store fresh check --all-environments").contains("in sync"))
    #expect(try moved.succeed("graph push").contains("recorded"))
  }
}
