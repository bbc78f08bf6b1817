internal import MetaxyGraph

/// The start of the file: a note that it is generated, and its imports.
struct Header {
  let project: String
  /// The highest access level of the file's declarations.
  let access: AccessLevel
  /// The highest access level of the declarations that need Foundation; nil if there are none.
  let foundation: AccessLevel?

  func lines(importing modules: [String]) -> [String] {
    [
      GeneratedSource.mark + "from the features of `\(SwiftText.escaped(project))`. Run it again when they change.",
      "// swift-format-ignore-file", "",
    ]
      + Set(["Metaxy"] + modules).sorted().map { Self.importing($0, access) } + foundationLines
  }

  /// The imports of Foundation. On Apple's platforms the types of rows come from Foundation itself; elsewhere from
  /// FoundationEssentials, which Foundation re-exports.
  private var foundationLines: [String] {
    guard let foundation else { return [] }
    return [
      "", "#if canImport(FoundationEssentials)", "  " + Self.importing("FoundationEssentials", foundation), "#else",
      "  " + Self.importing("Foundation", foundation), "#endif",
    ]
  }

  /// Returns an import with the access level of the declarations that use the module's types.
  private static func importing(_ module: String, _ access: AccessLevel) -> String {
    "\(access.modifier)import \(module)"
  }
}
