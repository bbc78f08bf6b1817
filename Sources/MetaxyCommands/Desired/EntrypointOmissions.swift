internal import MetaxyErrors

/// The kinds of statements in `.sql` entrypoints that have no effect on the desired schema, each with its first place.
struct EntrypointOmissions {
  private var unmanaged: [String: SourceLocation] = [:]
  private var skipped: [String: SourceLocation] = [:]
  /// Properties of tables that their definitions do not contain, with the places of their tables.
  private var properties: [(text: String, place: SourceLocation)] = []

  mutating func addUnmanaged(_ kind: String, at place: SourceLocation) { unmanaged[kind] = unmanaged[kind] ?? place }

  mutating func addSkipped(_ kind: String, at place: SourceLocation) { skipped[kind] = skipped[kind] ?? place }

  mutating func addProperty(_ text: String, at place: SourceLocation) { properties.append((text, place)) }

  /// Reports every kind once, and every property.
  func report(to report: (ProgressEvent) -> Void) {
    if !unmanaged.isEmpty {
      report(.note("only tables and their indexes are managed; in a revision, write by hand \(Self.list(unmanaged))"))
    }
    if !properties.isEmpty {
      let list = properties.map { "\($0.text) (\($0.place.file):\($0.place.line))" }.joined(separator: ", ")
      report(.note("no revision creates these properties of tables; write by hand \(list)"))
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
