package import MetaxyErrors

/// A revision as named in a command: `4f1c`, `head`, `base`, `label@head`, `+2`, `-1`, `4f1c+2`, `label@-1`.
package struct RevisionTarget: Sendable, Hashable {
  /// The text as typed.
  package var text: String
  /// A branch label, or a revision that identifies its branch.
  package var branch: String?
  /// An identifier, an identifier prefix, a branch label, or `head`, `heads`, `base`, `current`.
  package var symbol: String?
  /// The number of revisions to move up, or down if negative.
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
  /// The lower end; nil for the base.
  package var lower: RevisionTarget?
  /// The upper end; nil for the heads.
  package var upper: RevisionTarget?

  /// - Throws: `invalid_revision_target` if `text` does not have exactly one colon.
  package init(_ text: String) throws(MetaxyError) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
    guard ends.count == 2 else { throw .invalidRevisionRange(text) }
    lower = ends[0].isEmpty ? nil : try RevisionTarget(ends[0])
    upper = ends[1].isEmpty ? nil : try RevisionTarget(ends[1])
  }
}
