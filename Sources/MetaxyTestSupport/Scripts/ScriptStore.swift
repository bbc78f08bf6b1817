/// The database of a script's project: its store `dev`, removed with the value.
///
/// On SQLite it is a file of the project, at the path that `metaxy init` configures. On PostgreSQL, an environment
/// variable overrides the configuration and names a new database, so the same script works on both.
final class ScriptStore {
  /// The variables of the script's programs: `ENGINE`, and `DATABASE_URL` if the database is not a file of the project.
  private(set) var environment: [String: String]
  /// The directories of the server's programs.
  private(set) var programs: [String] = []
  private let server: (cluster: PostgreSQLCluster, url: String)?

  init(on engine: Engine) throws {
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
    if let server { server.cluster.release([server.url]) }
  }
}
