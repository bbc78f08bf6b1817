internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

extension RowRequest {
  /// Deletes the samples whose newest row the request finds: all of their rows in the version that is read.
  ///
  /// ```swift
  /// try await store.read(RawVideo.self).where(RawVideo.Columns.path.hasPrefix("/tmp/")).delete()
  /// ```
  ///
  /// A former row never becomes the newest one by this. With `read(…, history: true)` exactly the rows that meet the
  /// conditions are deleted instead. A request with conditions on the ID columns alone deletes the rows of these
  /// samples, whether one of them is the newest or not. Rows of other features stay; ``MetadataStore/resolveUpdate(_:)``
  /// finds those whose parents are gone.
  ///
  /// - Parameters:
  ///   - mode: Whether the rows leave, or are marked. Default: they leave, those of earlier deletions too.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be deleted.
  /// - Returns: The number of rows deleted, or of samples marked.
  /// - Throws: As ``all()``; `snapshot_differs`, `snapshot_not_recorded`, `other_project`; `condition_refused` for a
  ///   history with a limit or marked as deleted; `unsupported_generation` for ``DeletionMode/soft`` before Metaxy 0.1;
  ///   `row_refused` where a mark would not hide a row.
  @discardableResult
  public func delete(_ mode: DeletionMode = .hard, allowingOtherProjects: Bool = false) async throws -> Int {
    try await store.delete(self, mode, allowingOtherProjects)
  }

  /// Returns the statement that deletes the rows of the request.
  func deletion(_ connection: any RowConnection) throws(MetaxyError) -> (sql: String, parameters: [SQLValue]) {
    let layout = try store.layout(of: Root.self)
    let alias = NewestRows.alias
    var query = RowQuery(store)
    var terms: [String] = []
    if let term = query.text(selection.version, layout, alias) { terms.append(term) }
    if selection.hasHistory, bounds != nil { throw .limitedHistory(layout.feature.key) }
    if selection.hasHistory, layout.generation == .release01 {
      terms.append("\(query.name(SystemColumn01.deletedAt.rawValue, alias)) IS NULL")
    }
    if choosesRows(of: layout) {
      if let condition = selection.condition { terms.append("(\(try query.text(condition, layout, alias)))") }
    } else {
      let keys = keys(of: layout)
      let samples = try samples(keys, layout, &query, connection)
      terms.append("(\(keys.map { $0(query, alias) }.joined(separator: ", "))) IN (\(samples))")
    }
    let condition = terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ")
    return ("DELETE FROM \(query.table(layout, alias))\(condition)", query.parameters)
  }

  /// Whether the conditions choose rows without regard to which of them is the newest.
  private func choosesRows(of layout: RowLayout) -> Bool {
    let isOnIDs = selection.condition?.uses(only: layout.feature.idColumns) ?? true
    return selection.hasHistory || isOnIDs && bounds == nil
  }

  /// The expressions that name the rows of a sample.
  private func keys(of layout: RowLayout) -> [(RowQuery, _ alias: String) -> String] {
    let ids = layout.feature.idColumns.map { column in
      { (query: RowQuery, alias: String) in query.name(column, alias) }
    }
    guard selection.version == .allVersions, layout.generation == .seed else { return ids }
    // A row without a version is found by an empty one.
    return ids + [{ query, alias in "coalesce(\(query.name(SystemColumn.featureVersion.rawValue, alias)), '')" }]
  }

  /// Returns the query for the samples whose newest row meets the conditions.
  private func samples(
    _ keys: [(RowQuery, _ alias: String) -> String], _ layout: RowLayout, _ query: inout RowQuery,
    _ connection: any RowConnection
  ) throws(MetaxyError) -> String {
    let found = try newest(layout, &query, connection)
    return "SELECT \(keys.map { $0(query, "a") }.joined(separator: ", ")) FROM \(found)"
  }

  /// Returns the FROM and all clauses after it of a query for the newest rows that meet the conditions, with the alias `a`.
  private func newest(
    _ layout: RowLayout, _ query: inout RowQuery, _ connection: any RowConnection
  ) throws(MetaxyError) -> String {
    var source = try query.source(selection, layout, "a", connection)
    // Rows that are equally new were refused before; those that another program adds meanwhile stay.
    if let copies = source.copies {
      source.condition = (source.condition.map { "(\($0)) AND " } ?? "") + "\(copies) = 1"
      source.copies = nil
    }
    let order = try order.map { order throws(MetaxyError) in
      try query.text(order.term, layout, "a")
    }
    return source.text + RowSource.clause(of: [source]) + RowBounds.clauses(order, bounds)
  }

  /// Returns the query for the rows whose copies mark their samples as deleted.
  fileprivate func marked(_ connection: any RowConnection) throws(MetaxyError) -> (sql: String, parameters: [SQLValue])
  {
    let layout = try store.layout(of: Root.self)
    guard !selection.hasHistory else { throw .markedHistory(layout.feature.key) }
    var query = RowQuery(store)
    let found = try newest(layout, &query, connection)
    return ("SELECT \(query.columns(layout, "a")) FROM \(found)", query.parameters)
  }
}

extension MetadataStore {
  func delete<Root: Feature>(
    _ request: RowRequest<Root>, _ mode: DeletionMode, _ allowsOtherProjects: Bool
  ) async throws -> Int {
    try await change { connection in try delete(request, mode, allowsOtherProjects, connection) }
  }

  /// Deletes the rows of a request in the current transaction.
  nonisolated func delete<Root: Feature>(
    _ request: RowRequest<Root>, _ mode: DeletionMode, _ allowsOtherProjects: Bool, _ connection: any RowConnection
  ) throws(MetaxyError) -> Int {
    let layout = try layout(of: Root.self)
    let marking = mode == .soft ? try SoftDeletion(layout, self) : nil
    try requireWritable(layout, allowsOtherProjects, connection)
    if let marking {
      let rows = try request.marked(connection)
      _ = try count(request, connection)
      return try marking.mark(rows.sql, rows.parameters, connection)
    }
    let deletion = try request.deletion(connection)
    if try request.needsNewest { _ = try count(request, connection) }
    return try connection.changedRows(by: deletion.sql, deletion.parameters, dialect)
  }
}

extension RowRequest {
  /// Whether a deletion depends on which row of a sample is the newest, so that rows that are equally new are an error.
  fileprivate var needsNewest: Bool {
    get throws(MetaxyError) { !choosesRows(of: try store.layout(of: Root.self)) }
  }
}
