package import MetaxyFeatures

extension PathKey {
  /// Why the key is invalid, as the end of a sentence about it; nil if it is valid.
  ///
  /// The rules are Metaxy's: `/` joins parts in text and `__` joins them in a table's name, so a part must not contain
  /// either.
  package var problem: String? {
    if parts.isEmpty { return "has no parts" }
    for part in parts {
      if part.isEmpty { return "has an empty part" }
      // Scalars, not characters: a combining mark would hide the scalar before it.
      let scalars = part.unicodeScalars
      if scalars.contains("/") { return "has `/` inside the part `\(part)`" }
      if zip(scalars, scalars.dropFirst()).contains(where: { $0 == "_" && $1 == "_" }) {
        return "has `__` in the part `\(part)`"
      }
    }
    return nil
  }
}
