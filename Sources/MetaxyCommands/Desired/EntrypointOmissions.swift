internal import MetaxyErrors

/// The kinds of statements in `.sql` entrypoints that have no effect on the desired schema, each with its first place.
struct EntrypointOmissions {
  private var unmanaged: [String: SourceLocation] = [:]
  private var skipped: [String: SourceLocation] = [:]

  mutating func addUnmanaged(_ kind: String, at place: SourceLocation) { unmanaged[kind] = unmanaged[kind] ?? place }

  mutating func addSkipped(_ kind: String, at place: SourceLocation) { skipped[kind] = skipped[kind] ?? place }

  /// Reports every kind once.
  func report(to report: (ProgressEvent) -> Void) {
    if !unmanaged.isEmpty {
      report(.note("only tables and their indexes are managed; in a revision, write by hand \(Self.list(unmanaged))"))
    }
    if !skipped.isEmpty {
      report(.note("skipped, because tables do not depend on it: \(Self.list(skipped))"))
    }
  }

  private static func list(_ kinds: [String: SourceLocation]) -> String {
    kinds.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      .map { "`\($0.key)` (\($0.value.file):\($0.value.line))" }
      .joined(separator: ", ")
  }
}
