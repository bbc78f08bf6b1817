/// Metaxy's rules for the settings of a project, in a configuration or in an exported graph.
package enum ProjectRules {
  /// The fewest characters of a hash that may be kept.
  package static let leastTruncationLength = 8

  /// The reason why a project's name is invalid, as the end of a sentence; nil if it is valid.
  package static func problem(ofName name: String) -> String? {
    let isSafe = name.utf8.allSatisfy { byte in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }
    return name.isEmpty || !isSafe || name.contains("__") ? "must consist of letters, digits, `-` and single `_`" : nil
  }
}
