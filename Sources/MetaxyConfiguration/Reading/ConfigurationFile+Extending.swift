import MetaxyErrors
import MetaxyFiles
import MetaxyTOML

/// `extend`: a configuration that starts from another one, as in Metaxy.
extension ConfigurationFile {
  /// How many files a configuration can start from, each from the next.
  private static let longestChain = 32

  /// Returns settings of this file completed by those of the file that `extend` names, and of its own.
  ///
  /// Values of this file replace the other's, lists are appended to the other's, and tables are merged one level deep: a
  /// store, or `[ext.migrations]`, replaces the other's as a whole. Paths in both are relative to this file.
  ///
  /// - Throws: `invalid_configuration` if the other file does not exist, extends this one, or the chain is too long.
  func extended(_ settings: TOMLTable) throws(MetaxyError) -> TOMLTable {
    try extended(settings, from: directory, chain: [path])
  }

  private func extended(
    _ settings: TOMLTable, from root: String, chain: [String]
  ) throws(MetaxyError) -> TOMLTable {
    guard let text = try settings.string("extend"), let entry = settings["extend"] else { return settings }
    let base = ConfigurationFile(path: Paths.resolve(text, in: directory))
    func refused(_ reason: String) -> MetaxyError {
      .invalidConfiguration(
        file: entry.keyLocation.file,
        inFile: [settings.diagnostic("`extend` names `\(text)`, \(reason)", at: entry.value.location)], inVariables: [])
    }
    guard Files.kind(of: base.path) == .file else { throw refused("which does not exist") }
    guard !chain.contains(base.path) else { throw refused("which extends this file itself") }
    guard chain.count <= Self.longestChain else {
      throw refused("which is the last of more than \(Self.longestChain) files that extend each other")
    }
    let document = try TOMLDocument(
      try Files.text(at: base.path), file: Paths.displayPath(base.path, from: root)
    ).root
    guard let others = try base.settings(in: document) else { return settings }
    return try base.extended(others, from: root, chain: chain + [base.path]).overridden(by: settings)
  }
}
