package import MetaxyErrors

/// A revision as it is named in a command: `4f1c`, `head`, `base`, `label@head`, `+2`, `-1`, `4f1c+2`, `label@-1`.
package struct RevisionTarget: Sendable, Hashable {
  /// What was typed.
  package var text: String
  /// A branch label, or a revision that stands for its branch.
  package var branch: String?
  /// An identifier, the beginning of one, a branch label, or `head`, `heads`, `base`, `current`.
  package var symbol: String?
  /// How many revisions further up, or down when negative.
  package var offset: Int?

  /// - Throws: `invalid_revision_target`.
  package init(_ text: String) throws(MetaxyError) {
    self.text = text
    var rest = Substring(text)
    if let at = rest.firstIndex(of: "@") {
      branch = String(rest[..<at])
      rest = rest[rest.index(after: at)...]
    }
    if let sign = rest.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      guard let number = Int(rest[sign...]), number != 0 else { throw .invalidRevisionTarget(text) }
      offset = number
      rest = rest[..<sign]
    }
    symbol = rest.isEmpty ? nil : String(rest)
    guard branch?.isEmpty != true, symbol != nil || offset != nil, rest.allSatisfy({ !"@+-: ".contains($0) }) else {
      throw .invalidRevisionTarget(text)
    }
  }
}

/// A range of revisions, as in `history -r`: `a:b`, `a:`, `:b`.
package struct RevisionRange: Sendable, Hashable {
  /// The older end; nil for the base.
  package var lower: RevisionTarget?
  /// The newer end; nil for the heads.
  package var upper: RevisionTarget?

  /// - Throws: `invalid_revision_target` when `text` has no colon, or more than one.
  package init(_ text: String) throws(MetaxyError) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
    guard ends.count == 2 else { throw .invalidRevisionRange(text) }
    lower = ends[0].isEmpty ? nil : try RevisionTarget(ends[0])
    upper = ends[1].isEmpty ? nil : try RevisionTarget(ends[1])
  }
}
