package import MetaxyFeatures
package import MetaxyNames

extension PathKey {
  /// Why the key is invalid since Metaxy 0.1, as the end of a sentence about it; nil if it is valid.
  ///
  /// As in Metaxy, a key without parts and a part that ends with one newline are valid; their tables are refused
  /// later.
  package var problem01: String? {
    for (position, part) in parts.enumerated() {
      var scalars = Array(part.unicodeScalars)
      if scalars.last == "\n" { scalars.removeLast() }
      if scalars.isEmpty { return "has an empty part" }
      if let stranger = scalars.first(where: { !Self.isAllowed($0) }) {
        return
          "has `\(stranger.escaped(asASCII: false))` in the part `\(part)`: only `a` to `z`, digits, `_` and `-` are"
          + " allowed"
      }
      if scalars[0] == "-" || position == 0 && ("0"..."9").contains(scalars[0]) {
        return "has a part that starts with `\(scalars[0])`"
          + (scalars[0] == "-" ? "" : ": the first part starts with a letter or `_`")
      }
      if zip(scalars, scalars.dropFirst()).contains(where: { $0 == "_" && $1 == "_" }) {
        return "has `__` in the part `\(part)`"
      }
    }
    return nil
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
  }
}

extension FeatureKey {
  /// The name of the table since Metaxy 0.1, where hyphens become underscores: `a-b/c` → `a_b__c`.
  private var tableName01: String { String(tableName.map { $0 == "-" ? "_" : $0 }) }

  /// The name of the table by the rules of a generation.
  package func tableName(_ generation: Generation) -> String {
    generation == .seed ? tableName : tableName01
  }
}
