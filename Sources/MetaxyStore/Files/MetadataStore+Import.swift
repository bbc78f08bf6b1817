internal import MetaxyDatabase
internal import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyRows

extension MetadataStore {
  /// Writes the rows of a file into the table of a feature, as `metaxy rows import FEATURE FILE`.
  ///
  /// ```swift
  /// let imported = try await store.import(RawVideo.self, from: "videos.csv", skippingExisting: true)
  /// ```
  ///
  /// The file is one of ``export(_:to:as:version:history:columns:overwriting:)``, on either engine: it has the ID columns and
  /// those of Metaxy, and data versions are not computed. All rows are written, or none. The file is read twice, row by row:
  /// nothing is written before all of it was checked.
  ///
  /// - Parameters:
  ///   - type: The type of the rows.
  ///   - path: The file; a relative path starts at the working directory.
  ///   - format: The format; nil for the one that the name ends with: `.csv`, `.jsonl` or `.ndjson`.
  ///   - skippingExisting: Whether rows that are in the table already, by ID, feature version and data version, are left out. If
  ///     not, they are an error.
  ///   - allowingOtherProjects: Whether rows of a feature of another project may be written.
  /// - Returns: How many rows were written and left out.
  /// - Throws: `MetaxyError`: `unreadable_file`; `rows_file_refused` for what is not in the format; `unknown_column`;
  ///   `row_refused` with the line and the column of each value that does not fit; `rows_exist`; and as
  ///   ``write(_:_:allowingOtherProjects:materializationID:)``. `CancellationError` when the task is cancelled.
  @discardableResult
  public func `import`<Root: Feature>(
    _ type: Root.Type, from path: String, as format: RowFileFormat? = nil, skippingExisting: Bool = false,
    allowingOtherProjects: Bool = false
  ) async throws -> ImportedRows {
    let layout = try layout(of: type)
    let file = try RowsFile(path, format)
    return try await change { connection in
      try requireWritable(layout, allowingOtherProjects, connection)
      let imported = try table(of: layout, connection)
        .importRows(of: file, skippingExisting: skippingExisting, stop: Self.stopIfCancelled)
      return ImportedRows(written: imported.written, alreadyThere: imported.skipped)
    }
  }
}

/// The rows of a file that were written, and those that were not.
public struct ImportedRows: Sendable, Hashable {
  /// The number of rows added to the table.
  public let written: Int
  /// The number of rows that the table had already.
  public let alreadyThere: Int
}
