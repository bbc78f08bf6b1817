/// What a project may say of itself, in a configuration or in an exported graph; the rules are Metaxy's.
package enum ProjectRules {
  /// The fewest characters of a hash that may be kept.
  package static let leastTruncationLength = 8

  /// What makes a project's name unusable, as the end of a sentence about it; nil when nothing does.
  package static func problem(ofName name: String) -> String? {
    let isSafe = name.utf8.allSatisfy { byte in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }
    return name.isEmpty || !isSafe || name.contains("__") ? "must consist of letters, digits, `-` and single `_`" : nil
  }
}
