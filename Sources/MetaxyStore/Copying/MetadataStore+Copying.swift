internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames

extension MetadataStore {
  /// Copies rows from another store into this one, on any pair of engines.
  ///
  /// ```swift
  /// let copied = try await archive.copy([RawVideo.self, VideoCrop.self], from: store, .missing)
  /// ```
  ///
  /// A copy has the values, data versions, versions and times of its row, in the form of this engine; since Metaxy 0.1 rows
  /// that mark a deletion are copied, too. A value that this engine cannot hold exactly is refused, and nothing is copied.
  ///
  /// The rows are read in parts, those of a feature as they are at one time, and all of them are written in one transaction.
  /// Parents come first where a foreign key requires it. Two stores of one database can copy if the tables differ, by
  /// `table_prefix`.
  ///
  /// - Parameters:
  ///   - features: The types of the rows.
  ///   - source: The store that has the rows.
  ///   - mode: Whether rows that this store has already are copied again. Default: they are.
  ///   - version: The version of the features whose rows are copied. Default: the one that the programs were built for.
  ///   - allowingOtherProjects: Whether rows of features of another project may be written.
  /// - Returns: What was copied and left out, for each feature.
  /// - Throws: `MetaxyError`: `stores_differ` if a feature or its hashes differ between the stores; `row_refused` with
  ///   feature, row and column; `newest_row_ambiguous` for a sample with several rows whose order is lost with the engine;
  ///   and as ``write(_:_:allowingOtherProjects:materializationID:)``. `CancellationError` when the task is cancelled.
  @discardableResult
  public func copy(
    _ features: [any Feature.Type], from source: MetadataStore, _ mode: CopyMode = .all,
    version: VersionChoice = .current, allowingOtherProjects: Bool = false
  ) async throws -> [CopiedRows] {
    guard source !== self else { throw MetaxyError.copyOntoItself(database.displayName) }
    try requireSameRules(as: source)
    let tables = try features.map { type throws(MetaxyError) in try CopiedTable(type, from: source, to: self, version) }
    // Only the store itself can read a database in memory.
    let isPrivate = source.database.isPrivate
    let (held, identity, schema) = try await source.perform { connection in
      let held = try tables.map { table in
        try source.requireTable(table.source, for: .reading, connection)
        return isPrivate ? try HeldRows(OpenRows(table, connection)) : nil
      }
      return (held, try connection.databaseIdentity(source.dialect), connection.defaultSchema)
    }
    guard !isPrivate else {
      return try await change { connection in
        try zip(tables, held.compactMap(\.self)).map { try copy($0, $1, mode, allowingOtherProjects, connection) }
      }
    }
    let reader = try source.database.openForRows(.reading)
    let interruptor = reader.interruptor
    return try await withTaskCancellationHandler {
      try await change { connection in
        let isShared = try source.dialect == dialect && connection.databaseIdentity(dialect) == identity
        // A writer of a SQLite file waits for its readers.
        let reader = isShared && dialect == .sqlite ? connection : reader
        return try tables.map { table in
          // Stores of one database can have other default schemas.
          let target = table.target.table.qualified(connection.defaultSchema)
          guard !isShared || table.source.table.qualified(schema) != target else {
            throw MetaxyError.copyOntoItself(database.displayName)
          }
          return try copy(table, try OpenRows(table, reader), mode, allowingOtherProjects, connection)
        }
      }
    } onCancel: {
      interruptor.request()
    }
  }

  /// Copies the rows of one feature in the current transaction.
  private func copy(
    _ table: CopiedTable, _ rows: some CopiedSource, _ mode: CopyMode, _ allowsOtherProjects: Bool,
    _ connection: any RowConnection
  ) throws -> CopiedRows {
    try requireWritable(table.target, allowsOtherProjects, connection)
    try table.requireKeptOrder(of: rows, connection)
    let writer = CopyWriter(table, mode, connection)
    try writer.begin()
    var row: [SQLValue] = []
    while try rows.next(into: &row) { try writer.write(row) }
    let (read, copied) = try writer.finish()
    return CopiedRows(
      feature: table.target.feature.key, copied: copied, alreadyThere: read - copied,
      ofOtherVersions: rows.ofOtherVersions)
  }

  /// Requires that both stores hash and record rows alike.
  private func requireSameRules(as source: MetadataStore) throws(MetaxyError) {
    let (ours, theirs) = (registry, source.registry)
    var differences: [String] = []
    func compare(_ name: String, _ theirs: String, _ ours: String) {
      if theirs != ours { differences.append("\(name) is `\(theirs)` in the source and `\(ours)` in the destination") }
    }
    compare("the generation", theirs.generation.rawValue, ours.generation.rawValue)
    compare("the hash algorithm", source.hashAlgorithm.rawValue, hashAlgorithm.rawValue)
    compare(
      "the length of hashes", theirs.hashTruncationLength.map(String.init) ?? "not limited",
      ours.hashTruncationLength.map(String.init) ?? "not limited")
    guard differences.isEmpty else { throw .storesDiffer(nil, differences) }
  }
}
