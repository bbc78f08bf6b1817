internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyGraph
internal import MetaxyJSON
internal import MetaxyRevisions

/// The records beside the revision files of an environment, each read once per command.
final class RecordCache {
  private let directory: String
  private let displayPath: (String) -> String
  private var records: [String: RevisionRecord?] = [:]

  /// - Parameters:
  ///   - directory: the base directory of the paths of revision files.
  ///   - displayPath: returns a file's path for display.
  init(in directory: String, displayPath: @escaping (String) -> String) {
    self.directory = directory
    self.displayPath = displayPath
  }

  /// The record beside a revision file; nil for a revision that was written by hand and has none.
  ///
  /// - Throws: `malformed_record`; `record_mismatch` if it was made for another revision or on other parents.
  func record(of file: RevisionFile) throws(MetaxyError) -> RevisionRecord? {
    let record = try uncheckedRecord(of: file)
    if let origin = record?.origin, !origin.matches(file) { throw .recordMismatch(file, origin) }
    return record
  }

  /// The record, whatever revision and parents it was made for.
  ///
  /// - Throws: `malformed_record`.
  func uncheckedRecord(of file: RevisionFile) throws(MetaxyError) -> RevisionRecord? {
    if let known = records[file.path] { return known }
    let record = try read(Paths.resolve(file.recordPath, in: directory))
    records.updateValue(record, forKey: file.path)
    return record
  }

  private func read(_ path: String) throws(MetaxyError) -> RevisionRecord? {
    guard Files.kind(of: path) != nil else { return nil }
    do {
      return try RevisionRecord(json: JSONValue(parsing: Files.bytes(at: path), file: displayPath(path)))
    } catch {
      throw .unreadableRecord(displayPath(path), cause: error)
    }
  }
}
