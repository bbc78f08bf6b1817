internal import MetaxySQL

/// The comment lines at the top of a revision file.
enum RevisionHeader {
  enum Key: String, CaseIterable {
    case revision = "Revision"
    case revises = "Revises"
    case created = "Created"
    case snapshot = "Snapshot"
    case replaces = "Replaces"
    case dependsOn = "Depends on"
    case branchLabels = "Branch labels"
    case verified = "Verified"

    /// Parses `Revision: 4f1c2a9b7d3e  any text after two spaces`.
    static func split(_ line: String) -> (key: Key, value: String)? {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let name = CommentText.oneLine(String(line[..<colon])).lowercased()
      guard let key = allCases.first(where: { $0.rawValue.lowercased() == name }) else { return nil }
      let rest = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      let value = rest.firstRange(of: "  ").map { rest[..<$0.lowerBound] } ?? rest
      return (key, CommentText.oneLine(String(value)))
    }
  }

  /// Returns the header's lines, without `--`.
  static func lines(of file: RevisionFile) -> [String] {
    var lines = file.message.isEmpty ? [] : [CommentText.line(file.message), ""]
    func add(_ key: Key, _ value: String) {
      lines.append(value.isEmpty ? "\(key.rawValue):" : "\(key.rawValue): \(value)")
    }
    add(.revision, file.revision)
    add(.revises, file.downRevisions.joined(separator: ", "))
    if !file.replaces.isEmpty { add(.replaces, file.replaces.joined(separator: ", ")) }
    if !file.dependencies.isEmpty { add(.dependsOn, file.dependencies.joined(separator: ", ")) }
    if !file.branchLabels.isEmpty { add(.branchLabels, file.branchLabels.joined(separator: ", ")) }
    if let created = file.created { add(.created, created.description) }
    if let snapshot = file.snapshot {
      add(.snapshot, "\(CommentText.oneLine(snapshot))  the feature graph that this revision brings the tables to")
    }
    if let verification = file.verification { add(.verified, verification.text) }
    let notes = Self.notes(file.notes)
    return notes.isEmpty ? lines : lines + [""] + notes
  }

  /// Returns lines that the header's parser does not read as values.
  static func notes(_ lines: [String]) -> [String] {
    let notes = lines.map { line in
      let text = CommentText.line(line)
      return Key.split(text) == nil ? text : "note: \(text)"
    }
    return Array(notes.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed())
  }
}
