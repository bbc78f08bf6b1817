/// The names of Swift modules.
package enum ModuleName {
  /// Returns whether `name` is a valid module name: letters, digits and `_`, without a digit at the start.
  package static func isUsable(_ name: String) -> Bool {
    guard let first = name.first, !first.isNumber else { return false }
    return name.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
