import Foundation
import MetaxyTestSupport
import Testing

/// Many databases of both engines in one command, three of them broken.
@Suite(.timed) struct FleetTests {
  private let project: BuiltProject
  private let files: [String]
  private let servers: [String]
  private static let revisions = ["r1", "r2", "r3"]

  init() throws {
    files = (1...TestSize.count(20, long: 200)).map { "f\($0)" }
    let cluster = try PostgreSQLCluster.shared()
    let servers = try (1...TestSize.count(4, long: 20)).map { _ in try cluster.database() }
    self.servers = servers
    // The last database of each engine and the one before: no database, a table in the way, no such database.
    let stores =
      files.map { "[ext.migrations.stores.\($0)]\nurl = \"sqlite:///\($0).db\"\n" }
      + servers.enumerated().map { number, url in
        let url = number == servers.count - 1 ? url + "_missing" : url
        return "[ext.migrations.stores.p\(number + 1)]\nurl = \"\(url)\"\n"
      }
    project = try BuiltProject(stores.joined())
    var parent = ""
    for revision in Self.revisions {
      try project.revision(
        revision, after: parent,
        "-- metaxy:upgrade\nCREATE TABLE t_\(revision) (n INT);\nINSERT INTO t_\(revision) VALUES (1), (2);\n-- metaxy:downgrade"
      )
      parent = revision
    }
    try project.write(String(repeating: "no database\n", count: 1000), to: "\(files[files.count - 1]).db")
    _ = try sql("CREATE TABLE t_r2 (other INT)", in: files[files.count - 2])
  }

  /// Runs a statement with Python's own SQLite.
  private func sql(_ statement: String, in file: String) throws -> String {
    try ChildProcess(
      [
        "python3", "-c",
        """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1])
        print([row[0] for row in connection.execute(sys.argv[2])])
        connection.commit()
        """, "\(file).db", statement,
      ], directory: project.path
    ).output
  }

  @Test func allButTheBrokenOnesAreUpgraded() throws {
    let count = files.count + servers.count
    let run = try project.run("upgrade --all-stores --jobs 8 --quiet")
    #expect(run.status == 1)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.last == "\(count) databases: \(count - 3) done, 3 failed")
    let broken = [files[files.count - 1], files[files.count - 2], "p\(servers.count)"]
    let names = files + servers.indices.map { "p\($0 + 1)" }
    #expect(lines.count == count + 1)
    for (name, line) in zip(names, lines) {
      if broken.contains(name) {
        #expect(line.hasPrefix("\(name): failed: "), "\(line)")
      } else {
        #expect(line == "\(name): user: 3 revisions run, now at r3")
      }
    }
    #expect(run.errors.contains("error: \(files[files.count - 2]): migrations/versions/r2.sql:7: statement 1 of 2"))
    for name in files.dropLast(2) {
      #expect(
        try sql("SELECT count(*) FROM t_r1, t_r2, t_r3 UNION ALL SELECT version_num FROM alembic_version", in: name)
          == "[8, 'r3']\n")
    }
    let cluster = try PostgreSQLCluster.shared()
    for url in servers.dropLast() {
      #expect(
        try cluster.query("SELECT count(*), min(version_num) FROM t_r1, t_r2, t_r3, alembic_version", at: url) == "8|r3"
      )
    }
    // The failed statement's revision was rolled back, and the one before stays.
    #expect(try sql("SELECT version_num FROM alembic_version", in: files[files.count - 2]) == "['r1']\n")

    // Once the reason is gone, the next run finishes it and leaves the others alone.
    _ = try sql("DROP TABLE t_r2", in: files[files.count - 2])
    let next = try project.run("upgrade --all-stores --jobs 8 --quiet")
    #expect(next.output.contains("\(files[files.count - 2]): user: 2 revisions run, now at r3\n"))
    #expect(next.output.contains("\(files[0]): user: nothing to do, now at r3\n"))
    for url in servers { try cluster.drop(url) }
  }

  /// Both engines: what runs is stopped and rolled back, and nothing more is begun.
  @Test func aSignalStopsWhatRunsAndBeginsNothingMore() throws {
    let cluster = try PostgreSQLCluster.shared()
    let (first, last) = (try cluster.database(), try cluster.database())
    let project = try BuiltProject(
      [("file", "sqlite:///file.db"), ("first", first), ("last", last)]
        .map { "[ext.migrations.stores.\($0)]\nurl = \"\($1)\"\n" }.joined())
    try project.revision(
      "r1",
      """
      -- metaxy:upgrade sqlite
      CREATE TABLE a AS
        WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 100000000000) SELECT i FROM c;
      -- metaxy:upgrade postgresql
      CREATE TABLE a (n INT);
      SELECT pg_sleep(3600);
      -- metaxy:downgrade
      """)
    let run = try project.start("upgrade --all-stores --jobs 2")
    try run.waitUntil("both run") {
      let isSleeping =
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(%' AND datname = current_database()"
      return try cluster.query(isSleeping, at: first) != ""
        && FileManager.default.fileExists(atPath: "\(project.path)/file.db-journal")
    }
    try run.send(SIGINT)
    let ended = try run.end()
    #expect(ended.status == 130)
    #expect(ended.output.hasSuffix("last: not run\n3 databases: 2 failed, 1 not run\n"), "\(ended)")
    #expect(ended.errors.contains("caused by: interrupted"), "\(ended)")
    #expect(try cluster.query("SELECT to_regclass('a')", at: first) == "")
    #expect(
      try project.run("current --store file --store first").output == "file: base\nfirst: base\n2 databases: 2 done\n")
    for url in [first, last] { try cluster.drop(url) }
  }
}
