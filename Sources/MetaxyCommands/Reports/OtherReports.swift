public import MetaxyFeatures

/// What `init` made.
public struct InitialiseReport: Report {
  public var created: [String]
  public var kept: [String]
  public var changed: [String]

  public var json: JSONValue {
    .object([
      .init("created", .texts(created)), .init("kept", .texts(kept)), .init("changed", .texts(changed)),
    ])
  }

  public var text: String {
    (created.map { "created \($0)" } + changed.map { "changed \($0)" } + kept.map { "kept    \($0)" })
      .joined(separator: "\n")
  }
}

/// The revision that was written; without one when there was nothing to do.
public struct NewRevisionReport: Report {
  public var revision: String?
  public var path: String?
  public var operations: [String]

  public var json: JSONValue {
    .object([
      .init("revision", JSONValue(revision)), .init("path", JSONValue(path)), .init("operations", .texts(operations)),
    ])
  }

  public var text: String {
    guard let path else { return "no changes detected, no file written" }
    return (["created \(path)"] + operations.map { "  \($0)" }).joined(separator: "\n")
  }
}

/// The revision files to which sections were added.
public struct RenderReport: Report {
  public var dialect: String
  public var paths: [String]

  public var json: JSONValue {
    .object([.init("dialect", .string(dialect)), .init("paths", .texts(paths))])
  }

  public var text: String {
    guard !paths.isEmpty else { return "every revision has its sections for \(dialect)" }
    return paths.map { "added sections for \(dialect) to \($0)" }.joined(separator: "\n")
  }
}

/// One revision with its file's text.
public struct RevisionText: Report {
  public var item: RevisionItem
  public var source: String

  public var json: JSONValue {
    guard case .object(let members) = item.json else { return item.json }
    return .object(members + [.init("text", .string(source))])
  }

  public var text: String { "\(item.path)\(item.isCurrent == true ? " (current)" : "")\n\n\(source)" }
}
