/// What a Swift file can import.
package enum ModuleName {
  /// Whether `name` is a module's: letters, digits and `_`, and no digit at the beginning.
  package static func isUsable(_ name: String) -> Bool {
    guard let first = name.first, !first.isNumber else { return false }
    return name.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
