internal import MetaxyErrors

/// A standby that streams from the server of a test, and the failure of that server.
///
/// The standby's socket is in a directory below that of the primary. It ends with the primary's directory, see
/// ``PostgreSQLCluster/startScript``.
extension PostgreSQLCluster {
  /// Copies the running server and starts the copy as its standby. Returns the URL of the standby.
  package func startStandby() throws -> String {
    try control(
      """
      $as "$programs/pg_basebackup" --host="$PWD" --username=metaxy --pgdata=standby --write-recovery-conf \
        --wal-method=stream --checkpoint=fast --no-sync
      $as mkdir sockets
      $as "$programs/pg_ctl" --pgdata=standby --log=standby/log --wait start -o "-k '$PWD/sockets' -c listen_addresses='' \
        -c fsync=off -c autovacuum=off -c max_connections=200"
      """)
    return "postgresql://metaxy@\("\(directory)/sockets".replacing("/", with: "%2F"))/postgres"
  }

  /// The URL of a database on the primary and its standby: the one of them that `role` chooses.
  package func urlOfBoth(database name: String, role: String) -> String {
    let hosts = [directory, "\(directory)/sockets"].map { $0.replacing("/", with: "%2F") + ":5432" }
    return "postgresql://metaxy@\(hosts.joined(separator: ","))/\(name)?target_session_attrs=\(role)"
  }

  /// Kills the primary and all its processes, as when its machine fails.
  package func kill() throws {
    try control(
      """
      server=$(head -n 1 data/postmaster.pid)
      $as sh -c "kill -STOP $server; pkill -KILL -P $server; kill -KILL $server"
      while kill -0 "$server" 2>/dev/null && [ "$(ps -o stat= -p "$server" | cut -c 1)" != Z ]; do sleep 0.01; done
      """)
  }

  /// Makes the standby the primary.
  package func promoteStandby() throws {
    try control("$as \"$programs/pg_ctl\" --pgdata=standby --wait promote")
  }

  func control(_ commands: String) throws {
    guard let programs else { throw ChildProcessFailure(reason: "`\(url)` is not ours") }
    let run = try ChildProcess(
      """
      set -e
      programs='\(programs)'
      owner=$(ls -ld data | awk '{ print $3 }')
      as=
      if [ "$(id -u)" -eq 0 ]; then
        if command -v runuser >/dev/null; then as="runuser -u $owner --"; else as="sudo -u $owner"; fi
      fi
      \(commands)
      """, environment: Self.environment, directory: directory)
    guard run.status == 0 else { throw ChildProcessFailure(reason: "\(run.output)\(run.errors)") }
  }
}
