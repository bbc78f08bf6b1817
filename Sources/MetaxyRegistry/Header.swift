import MetaxyGraph

/// What the file begins with: who wrote it, and what it imports.
struct Header {
  let project: String
  /// The highest level of what the file declares.
  let access: AccessLevel
  /// The highest level of what needs Foundation; nil where nothing does.
  let foundation: AccessLevel?

  func lines(importing modules: [String]) -> [String] {
    [
      GeneratedSource.mark + "from the features of `\(SwiftText.escaped(project))`. Run it again when they change.",
      "// swift-format-ignore-file", "",
    ]
      + Set(["Metaxy"] + modules).sorted().map { Self.importing($0, access) } + foundationLines
  }

  /// The types of rows are Foundation's own on Apple's platforms; elsewhere its smaller part has them, which the whole of it
  /// brings along.
  private var foundationLines: [String] {
    guard let foundation else { return [] }
    return [
      "", "#if canImport(FoundationEssentials)", "  " + Self.importing("FoundationEssentials", foundation), "#else",
      "  " + Self.importing("Foundation", foundation), "#endif",
    ]
  }

  /// What is declared for others names types of the module, so its import is for others, too.
  private static func importing(_ module: String, _ access: AccessLevel) -> String {
    "\(access.modifier)import \(module)"
  }
}
