internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyRuntime

/// The move of the system environment's rows out of a version table that both environments shared.
struct VersionRowMove {
  let rows: Set<String>
  let from: VersionTable
  let to: VersionTable

  /// Moves the rows in the current transaction.
  func run(_ connection: any Connection) throws(MetaxyError) {
    try to.createIfMissing(connection)
    let present = try to.revisions(connection)
    try to.replace(present, with: present.union(rows), connection)
    let shared = try from.revisions(connection)
    try from.replace(shared, with: shared.subtracting(rows), connection)
  }
}
