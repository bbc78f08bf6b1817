internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

extension MetadataStore {
  /// Writes the rows of a feature into a file: the same text as `metaxy rows export FEATURE`, on every engine.
  ///
  /// ```swift
  /// let count = try await store.export(RawVideo.self, to: "videos.csv")
  /// try await store.export(RawVideo.self, to: "all.jsonl", version: .allVersions, history: true)
  /// ```
  ///
  /// The rows are sorted by their ID columns, and written one by one, in constant memory. The file takes its place when it is
  /// complete. The store does nothing else meanwhile.
  ///
  /// - Parameters:
  ///   - type: The type of the rows.
  ///   - path: The file; a relative path starts at the working directory.
  ///   - format: The format; nil for the one that the name ends with: `.csv`, `.jsonl` or `.ndjson`.
  ///   - version: The version of the rows. Default: the one that the program was built for.
  ///   - history: Whether all rows of a sample are written, instead of the newest one.
  ///   - columns: The names of the columns in the table, in the order of the file; nil for all that the database does not compute.
  ///   - overwriting: Whether a file that exists is replaced.
  /// - Returns: The number of rows.
  /// - Throws: `MetaxyError`: `unwritable_file`; `rows_file_refused` for a name without a format; `unknown_column`;
  ///   `unreadable_row` with the sample and the column of a value that is not of its column's type; and as
  ///   ``RowRequest/all()``. `CancellationError` when the task is cancelled. After an error there is no new file.
  @discardableResult
  public func export<Root: Feature>(
    _ type: Root.Type, to path: String, as format: RowFileFormat? = nil, version: VersionChoice = .current,
    history: Bool = false, columns: [String]? = nil, overwriting: Bool = false
  ) async throws -> Int {
    let layout = try layout(of: type)
    let file = try RowsFile(path, format)
    return try await perform { connection in
      let text = try RowsText(
        table(of: layout, connection), columns: columns, version: version.text(layout), hasHistory: history, file.format
      )
      return try text.write(
        to: file.path, displayPath: file.displayPath, overwrites: overwriting, check: Self.stopIfCancelled)
    }
  }

  /// Returns the table of a feature, for files of rows.
  nonisolated func table(of layout: RowLayout, _ connection: any RowConnection) throws(MetaxyError) -> FeatureTable {
    try FeatureTable(
      layout.feature.key, currentVersion: layout.feature.featureVersion, layout.samples,
      desired: zip(layout.systemColumns, layout.generation.systemColumnTypes).map { ($0, $1) }
        + layout.feature.columns.map { ($0.name, $0.type) }, database, connection, for: .program)
  }

  static func stopIfCancelled() throws(MetaxyError) {
    if Task.isCancelled { throw .interrupted() }
  }
}
