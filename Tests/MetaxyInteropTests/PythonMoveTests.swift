import Foundation
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// A project in Python is moved by the commands of "Coming from Python Metaxy", and both programs use one database from then on.
struct PythonMoveTests {
  @Test(arguments: Engine.allCases)
  func commandsOfThePageMoveAProject(engine: Engine) throws {
    let team = try PythonTeam(on: engine)
    let rows = try team.python("rows")
    let page = try Files.text(at: Repository.path("Sources/Metaxy/Metaxy.docc/ComingFromPython.md"))
    let settings = try #require(block("toml", of: page))
    try team.add(toConfiguration: settings.replacing("sqlite:///new.db", with: team.fresh.url))
    let commands = try #require(block("sh", of: page)).split(separator: "\n").map(String.init)
    #expect(commands.count <= 10)
    for command in commands { try team.run(command) }

    #expect(try team.text(of: "metaxy.toml").contains("generation = \"0.1\""))
    #expect(try team.run("metaxy current").contains("r10 (head)"))
    #expect(try team.run("metaxy history").contains("join both branches"))
    #expect(try team.run("metaxy revision --autogenerate").contains("no changes detected"))
    #expect(try team.python("rows") == rows)
    #expect(try differences(of: team) == [])
    try requireSameDatabases(team)
    try requireOneGraph(team)
  }

  /// The fenced text of a language that comes first.
  private func block(_ language: String, of page: String) -> String? {
    guard let start = page.firstRange(of: "```\(language)\n")?.upperBound,
      let end = page[start...].firstRange(of: "\n```")?.lowerBound
    else { return nil }
    return String(page[start..<end])
  }

  /// The files build what the moved database has, and leave a new one at the same revisions.
  private func requireSameDatabases(_ team: PythonTeam) throws {
    #expect(try catalog(of: team.fresh) == catalog(of: team.database))
    for table in ["alembic_version", "alembic_version_system"] {
      let query = "SELECT version_num FROM \(table) ORDER BY version_num"
      let versions = try team.database.rows(query)
      #expect(try !versions.isEmpty && team.fresh.rows(query) == versions)
    }
  }

  /// What Alembic finds between the models, Metaxy's own tables and the database.
  private func differences(of team: PythonTeam) throws -> [String]? {
    try team.python("differences")["differences"] as? [String]
  }

  private func catalog(of database: EmptyDatabase) throws -> [String] {
    if let path = database.path { return try SQLiteSignature.lines(of: [path])[0] }
    return try PostgreSQLSignature.lines(at: database.url).filter { !$0.contains("alembic_version") }
  }

  /// Both programs push, one after the other, and agree; what Python writes fits what the command migrated.
  private func requireOneGraph(_ team: PythonTeam) throws {
    try team.edit("shop/features.py", "    red = \"r\"\n", "    red = \"r\"\n    blue = \"b\"\n")
    try team.edit(
      "shop/features.py", "    data: dict = Field(sa_type=sa.JSON)\n",
      "    data: dict = Field(sa_type=sa.JSON)\n    label: Optional[str] = None\n")
    let written = try team.run("metaxy revision --autogenerate -m labels")
    #expect(written.contains("add_column note.label"))
    try team.run("metaxy upgrade")
    #expect(try differences(of: team) == [])
    #expect(try team.run("metaxy graph diff", status: 2).contains("note"))
    // The second push of Metaxy, which the keys of its own definitions would refuse.
    #expect(try team.run(".venv/bin/metaxy push").contains("Recorded feature graph"))
    #expect(try team.run("metaxy graph diff").contains("no difference"))
    #expect(try team.run("metaxy graph push").contains("no changes"))
    // And the other way round.
    try team.edit("shop/features.py", "code_version=\"2\"", "code_version=\"3\"")
    #expect(try team.run("metaxy graph push").contains("recorded the feature graph"))
    #expect(try team.run(".venv/bin/metaxy push").contains("no changes"))
    if team.database.engine == .postgresql {
      #expect(try team.python("note", "n1")["ids"] as? [String] == ["n1"])
    }
    #expect(try team.run("metaxy check --all-environments").contains("in sync"))
  }
}
