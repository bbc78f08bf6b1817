import Foundation
import MetaxyTestSupport
import Testing

/// `metaxy verify` on a generated revision that was damaged by hand: each damage is found, and named.
@Suite(.timed) struct SabotagedRevisionTests {
  /// A change of the text of the revision `u2`.
  struct Sabotage: Sendable, CustomTestStringConvertible {
    var name: String
    var engines = Engine.allCases
    /// What `verify` reports.
    var finding: String
    var edit: @Sendable (Revision) -> String

    var testDescription: String { name }
  }

  /// The upgrade and the downgrade of the undamaged revision.
  struct Revision: Sendable {
    var engine: Engine
    var header: String
    var upgrade: String
    var downgrade: String

    var text: String { header + upgrade + downgrade }

    func adding(_ direction: String, _ sql: String) -> String {
      "\(text)\n-- metaxy:\(direction) \(engine.rawValue)\n\(sql);\n"
    }

    func upgrading(_ old: String, _ new: String) -> String {
      header + upgrade.replacingOccurrences(of: old, with: new) + downgrade
    }

    /// Without the statements of one direction that begin with `verb` and name `object`.
    func without(_ direction: KeyPath<Revision, String>, _ verb: String, _ object: String) -> String {
      let lines = self[keyPath: direction].split(separator: "\n", omittingEmptySubsequences: false)
      let kept = lines.filter { !($0.hasPrefix(verb) && $0.contains("\"\(object)\"")) }.joined(separator: "\n")
      return direction == \.upgrade ? header + kept + downgrade : header + upgrade + kept
    }
  }

  static let sabotages: [Sabotage] = [
    .init(name: "the downgrade forgets to drop an index", finding: "after the downgrade: remove_index ix_size") {
      $0.without(\.downgrade, "DROP INDEX", "ix_size")
    },
    .init(name: "the downgrade forgets to restore an index", finding: "after the downgrade: add_index ix_path") {
      $0.without(\.downgrade, "CREATE INDEX", "ix_path")
    },
    .init(name: "the downgrade forgets a column", finding: "after the downgrade: remove_column video.note") {
      $0.without(\.downgrade, "ALTER TABLE", "note")
    },
    .init(name: "the upgrade forgets an index", finding: "after the upgrade: add_index ix_size") {
      $0.without(\.upgrade, "CREATE INDEX", "ix_size")
    },
    .init(name: "the upgrade keeps a dropped index", finding: "after the upgrade: remove_index ix_path") {
      $0.without(\.upgrade, "DROP INDEX", "ix_path")
    },
    .init(name: "the upgrade forgets a column", finding: "after the upgrade: add_column video.note") {
      $0.without(\.upgrade, "ALTER TABLE", "note")
    },
    .init(name: "another default", finding: "after the upgrade: modify_default video.note") {
      $0.upgrading("VARCHAR(10)", "VARCHAR(10) DEFAULT 'x'")
    },
    .init(name: "another length", finding: "after the upgrade: modify_type video.note") {
      $0.upgrading("VARCHAR(10)", "VARCHAR(11)")
    },
    .init(name: "a column that refuses NULL", finding: "after the upgrade: modify_nullable video.note") {
      $0.upgrading("VARCHAR(10)", "VARCHAR(10) DEFAULT '' NOT NULL")
    },
    .init(name: "a unique index", finding: "ix_size") { $0.upgrading("CREATE INDEX", "CREATE UNIQUE INDEX") },
    .init(name: "an index on another column", finding: "ix_size") { $0.upgrading("(\"size\")", "(\"path\")") },
    .init(name: "a descending index", finding: "ix_size") { $0.upgrading("(\"size\")", "(\"size\" DESC)") },
    .init(name: "a further table", finding: "after the upgrade: remove_table extra") {
      $0.adding("upgrade", "CREATE TABLE extra (id BIGINT)")
    },
    .init(name: "a wrong order", finding: "after the upgrade: it fails: ") {
      $0.header + "-- metaxy:upgrade \($0.engine.rawValue)\nCREATE INDEX early ON video (note);\n\n" + $0.upgrade
        + $0.downgrade
    },
    .init(name: "a downgrade that fails", finding: "after the downgrade: it fails: ") {
      $0.adding("downgrade", "DROP TABLE nothing")
    },
    .init(name: "a lost row", finding: "after the upgrade: `part`: has ") {
      $0.adding("upgrade", "DELETE FROM part WHERE id = (SELECT min(id) FROM part)")
    },
    .init(name: "a truncated value", finding: "after the upgrade: `video.path`: ") {
      $0.adding("upgrade", "UPDATE video SET path = substr(path, 1, 3)")
    },
    .init(name: "a rounding conversion", finding: "after the upgrade: `video.size`: ") {
      $0.adding("upgrade", "UPDATE video SET size = size / 10 * 10")
    },
    .init(name: "NULL becomes a value", finding: "after the upgrade: `video.size`: ") {
      $0.adding("upgrade", "UPDATE video SET size = coalesce(size, -7)")
    },
    .init(name: "spaces are lost", finding: "after the upgrade: `video.path`: ") {
      $0.adding("upgrade", "UPDATE video SET path = trim(path)")
    },
    .init(name: "a column is dropped and added again", finding: "after the upgrade: `video.title`: ") {
      $0.adding(
        "upgrade", "ALTER TABLE video DROP COLUMN title;\nALTER TABLE video ADD COLUMN title VARCHAR(40) DEFAULT 'none'"
      )
    },
    .init(name: "the downgrade changes values", finding: "after the downgrade: `video.path`: ") {
      $0.adding("downgrade", "UPDATE video SET path = upper(path)")
    },
    .init(
      name: "the downgrade changes a default", engines: [.postgresql],
      finding: "after the downgrade: modify_default video.title"
    ) { $0.adding("downgrade", "ALTER TABLE video ALTER COLUMN title SET DEFAULT 'x'") },
    .init(name: "the upgrade drops a foreign key", engines: [.postgresql], finding: "after the upgrade: add_fk") {
      $0.adding("upgrade", "ALTER TABLE part DROP CONSTRAINT part_video_id_fkey")
    },
  ]

  /// A consent beside statements that lose values.
  struct Consent: Sendable {
    var name: String
    var engines = Engine.allCases
    var sql: String
    /// What remains a difference; nil if nothing does.
    var finding: String?
    /// What is listed as lost, if nothing remains a difference.
    var losses = ""
  }

  static let consents: [Consent] = [
    .init(
      name: "of its own column",
      sql: "-- metaxy:allow DS105 short\nUPDATE video SET path = substr(path, 1, 3)", losses: "video.path"),
    .init(
      name: "of another column",
      sql: "-- metaxy:allow DS105 short\nUPDATE video SET path = substr(path, 1, 3);\nUPDATE video SET size = 7",
      finding: "after the upgrade: `video.size`: "),
    .init(
      name: "of another table", sql: "-- metaxy:allow DS105 all\nDELETE FROM part;\nUPDATE video SET title = 'x'",
      finding: "after the upgrade: `video.title`: "),
    .init(name: "of its own rows", sql: "-- metaxy:allow DS105 all\nDELETE FROM part", losses: "part"),
    .init(
      name: "of what is no loss", sql: "-- metaxy:allow PG101 small\nUPDATE video SET title = 'x'",
      finding: "after the upgrade: `video.title`: "),
    .init(
      name: "of another kind", sql: "-- metaxy:allow DS103 gone\nUPDATE video SET title = 'x'",
      finding: "after the upgrade: `video.title`: "),
    .init(
      name: "of a conversion", sql: "-- metaxy:allow DS104 short\nUPDATE video SET path = substr(path, 1, 3)",
      losses: "video.path"),
    .init(
      name: "of rows that are copied",
      sql: """
        CREATE TABLE copy AS SELECT * FROM part;
        -- metaxy:allow DS105 copied
        DELETE FROM part;
        INSERT INTO part (id, video_id) SELECT id, NULL FROM copy;
        DROP TABLE copy
        """, losses: "part.video_id"),
    .init(
      name: "of a rebuild", engines: [.sqlite], sql: rebuild("id", "NULL"), losses: "part.video_id"),
    .init(
      name: "of another column of a rebuild", engines: [.sqlite], sql: rebuild("~id", "video_id"),
      losses: "part.id"),
    .init(
      name: "of the rows that a foreign key changes", sql: "-- metaxy:allow DS105 all\nDELETE FROM video",
      losses: "part.video_id, video"),
  ]

  private static func rebuild(_ id: String, _ video: String) -> String {
    """
    -- metaxy:allow DS104 reviewed
    CREATE TABLE next (id BIGINT PRIMARY KEY, video_id BIGINT REFERENCES video (id) ON DELETE SET NULL);
    INSERT INTO next (id, video_id) SELECT \(id), \(video) FROM part;
    DROP TABLE part;
    ALTER TABLE next RENAME TO part
    """
  }

  private static func tables(_ columns: String, _ index: String) -> String {
    """
    CREATE TABLE video (
      id BIGINT PRIMARY KEY, path VARCHAR(40) NOT NULL, size BIGINT, title VARCHAR(40) DEFAULT 'none'\(columns));
    CREATE INDEX \(index);
    CREATE TABLE part (id BIGINT PRIMARY KEY, video_id BIGINT REFERENCES video (id) ON DELETE SET NULL);
    """
  }

  @Test(arguments: Engine.allCases)
  func everySabotageIsFound(on engine: Engine) throws {
    let (project, path, revision) = try Self.verified(on: engine)
    for sabotage in Self.sabotages where sabotage.engines.contains(engine) {
      let damaged = sabotage.edit(revision)
      #expect(damaged != revision.text, "\(sabotage.name): the text is the same")
      try damaged.write(toFile: path, atomically: true, encoding: .utf8)
      let run = try project.run("verify u2")
      #expect(run.status == 2, "\(sabotage.name): \(run.output)\(run.errors)")
      #expect(run.output.contains(sabotage.finding), "\(sabotage.name): \(run.output)\(run.errors)")
    }
  }

  /// A consent covers what its own statement loses, and nothing else of the file.
  @Test(arguments: Engine.allCases)
  func aConsentCoversItsStatementOnly(on engine: Engine) throws {
    let (project, path, revision) = try Self.verified(on: engine)
    for consent in Self.consents where consent.engines.contains(engine) {
      try revision.adding("upgrade", consent.sql).write(toFile: path, atomically: true, encoding: .utf8)
      let run = try project.run("verify u2")
      #expect(run.status == (consent.finding == nil ? 0 : 2), "\(consent.name): \(run.output)\(run.errors)")
      let expected = consent.finding ?? "schema+rows without \(consent.losses)\n"
      #expect(run.output.contains(expected), "\(consent.name): \(run.output)\(run.errors)")
    }
  }

  /// A project at revision `u1`, and its revision `u2`, which is proven.
  private static func verified(on engine: Engine) throws -> (EntrypointProject, path: String, Revision) {
    let project = try EntrypointProject(Self.tables("", "ix_path ON video (path)"), on: engine)
    try project.run("init migrations", status: 0)
    try project.run("revision --autogenerate --rev-id u1 -m one", status: 0)
    try project.run("upgrade", status: 0)
    try project.write(Self.tables(", note VARCHAR(10)", "ix_size ON video (size)"), to: "app.sql")
    try project.run("revision --autogenerate --rev-id u2 -m two", status: 0)
    let directory = "\(project.path)/migrations/versions"
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: directory).first { $0.hasSuffix("_u2_two.sql") })
    let text = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
    let revision = try Self.revision(text, engine)
    #expect(try project.run("verify u2", status: 0).output.contains("schema+rows\n"))
    return (project, "\(directory)/\(name)", revision)
  }

  private static func revision(_ text: String, _ engine: Engine) throws -> Revision {
    let up = try #require(text.range(of: "-- metaxy:upgrade"))
    let down = try #require(text.range(of: "-- metaxy:downgrade"))
    return Revision(
      engine: engine, header: String(text[..<up.lowerBound]),
      upgrade: String(text[up.lowerBound..<down.lowerBound]), downgrade: String(text[down.lowerBound...]))
  }
}
