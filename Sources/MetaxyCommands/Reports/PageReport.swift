internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyPage

/// The page that `metaxy report` wrote.
package struct PageReport: Report {
  let page: ProjectPage
  /// The file; nil for stdout.
  package let path: String?
  package let html: String

  package var json: JSONValue {
    .object([
      .init("path", JSONValue(path)), .init("project", .string(page.project)),
      .init("features", JSONValue(page.features.count)), .init("tables", JSONValue(page.tables.count)),
      .init("revisions", JSONValue(page.revisions.count)), .init("offline", .boolean(page.isOffline)),
      .init("stores", .array(page.stores.map(Self.json))), .init("notes", .texts(page.notes)),
      .init("html", path == nil ? .string(html) : .null),
    ])
  }

  private static func json(_ store: PageStore) -> JSONValue {
    .object([
      .init("store", .string(store.name)), .init("database", .string(store.database)),
      .init("state", .string(store.state.rawValue)), .init("error", JSONValue(store.error)),
    ])
  }

  package var text: String {
    // The terminal ends the answer with a line break, as the file has it.
    guard let path else { return String(html.dropLast()) }
    let counts = [
      Wording.count(page.features.count, "feature"), Wording.count(page.tables.count, "table"),
      Wording.count(page.revisions.count, "revision"),
    ].joined(separator: ", ")
    let stores = page.stores.map { store in
      "  \(store.name): \(store.state.rawValue)"
        + (store.error.map { ": \($0.split(separator: "\n").first ?? "")" } ?? "")
    }
    return (["wrote \(path): \(counts)"] + stores).joined(separator: "\n")
  }
}
