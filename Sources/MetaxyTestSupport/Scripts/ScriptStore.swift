/// The database of a script's project: its store `dev`, which goes with the value.
///
/// On SQLite it is a file of the project, where `metaxy init` puts it. On PostgreSQL an environment variable, which
/// overrides the configuration, leads to a database of the script's own: so a script says the same on both.
final class ScriptStore {
  /// What programs must know: `ENGINE`, and `DATABASE_URL` where the database is no file of the project.
  private(set) var environment: [String: String]
  /// Where the server's programs are.
  private(set) var programs: [String] = []
  private let server: (cluster: PostgreSQLCluster, url: String)?

  init(on engine: ScriptEngine) throws {
    environment = ["ENGINE": engine.rawValue]
    switch engine {
    case .sqlite: server = nil
    case .postgresql:
      let cluster = try PostgreSQLCluster.shared()
      let url = try cluster.database()
      server = (cluster, url)
      environment["DATABASE_URL"] = url
      environment["METAXY_EXT__MIGRATIONS__STORES__DEV__URL"] = url
      programs = cluster.programs.map { [$0] } ?? []
    }
  }

  deinit {
    guard let server else { return }
    // Left behind, they go with the server, and harm nobody before.
    try? server.cluster.drop(server.url)
  }
}
