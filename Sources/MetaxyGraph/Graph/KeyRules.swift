package import MetaxyFeatures

extension PathKey {
  /// What makes the key unusable, as the end of a sentence about it; nil when nothing does.
  ///
  /// The rules are Metaxy's: `/` joins parts into text and `__` joins them into a table's name, so neither may stand in a
  /// part.
  package var problem: String? {
    if parts.isEmpty { return "has no parts" }
    for part in parts {
      if part.isEmpty { return "has an empty part" }
      // Scalars, not characters: a combining mark would hide what stands before it.
      let scalars = part.unicodeScalars
      if scalars.contains("/") { return "has `/` inside the part `\(part)`" }
      if zip(scalars, scalars.dropFirst()).contains(where: { $0 == "_" && $1 == "_" }) {
        return "has `__` in the part `\(part)`"
      }
    }
    return nil
  }
}
