package import MetaxyFeatures

/// Results as a log in the Static Analysis Results Interchange Format, for code scanning.
///
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
package enum SARIFLog {
  package static func json(of annotations: [Annotation]) -> JSONValue {
    var rules: [Annotation.Rule] = []
    for annotation in annotations where !rules.contains(where: { $0.code == annotation.rule.code }) {
      rules.append(annotation.rule)
    }
    let places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.code, $0.offset) })
    return .object([
      .init("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"),
      .init("version", "2.1.0"),
      .init(
        "runs",
        .array([
          .object([
            .init("tool", tool(rules)),
            .init("results", .array(annotations.map { result($0, places[$0.rule.code] ?? 0) })),
          ])
        ])),
    ])
  }

  private static func tool(_ rules: [Annotation.Rule]) -> JSONValue {
    let driver: JSONValue = .object([
      .init("name", "metaxy"), .init("version", .string(ToolVersion.current)),
      .init(
        "rules",
        .array(rules.map(description))),
    ])
    return .object([.init("driver", driver)])
  }

  private static func description(of rule: Annotation.Rule) -> JSONValue {
    .object(
      [.init("id", .string(rule.code)), .init("shortDescription", message(rule.meaning))]
        + (rule.help.map { [.init("help", message($0))] } ?? [])
        + [.init("defaultConfiguration", .object([.init("level", .string(rule.severity.rawValue))]))])
  }

  private static func result(_ annotation: Annotation, _ rule: Int) -> JSONValue {
    .object([
      .init("ruleId", .string(annotation.rule.code)), .init("ruleIndex", JSONValue(rule)),
      .init("level", .string(annotation.severity.rawValue)),
      .init("message", message("\(annotation.title): \(annotation.message)")),
      .init("locations", .array([.object([.init("physicalLocation", location(annotation))])])),
    ])
  }

  private static func location(_ annotation: Annotation) -> JSONValue {
    // Code scanning shows only results at a line.
    .object([
      .init(
        "artifactLocation",
        .object([.init("uri", .string(uri(annotation.file))), .init("uriBaseId", "%SRCROOT%")])),
      .init("region", .object([.init("startLine", JSONValue(annotation.line ?? 1))])),
    ])
  }

  private static func message(_ text: String) -> JSONValue { .object([.init("text", .string(text))]) }

  /// Returns a path as a relative reference. https://www.rfc-editor.org/rfc/rfc3986#section-3.3
  private static func uri(_ path: String) -> String {
    path.utf8.map { byte in
      let scalar = UnicodeScalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/": return String(scalar)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }.joined()
  }
}
