/// The names of Swift modules.
package enum ModuleName {
  /// Returns whether `name` is a valid module name: letters, digits and `_`, without a digit at the start.
  package static func isUsable(_ name: String) -> Bool {
    guard let first = name.first, !first.isNumber else { return false }
    return name.allSatisfy(isUsable)
  }

  /// Returns the module of a target as SwiftPM names it: other characters become `_`, before a digit at the start, too.
  static func of(target name: String) -> String {
    let module = String(name.map { isUsable($0) ? $0 : "_" })
    return module.first?.isNumber ?? true ? "_\(module)" : module
  }

  private static func isUsable(_ character: Character) -> Bool {
    character == "_" || character.isASCII && (character.isLetter || character.isNumber)
  }
}
