import MetaxyFeatures
internal import MetaxyGraph

/// The names of the features' members, generated from their keys, so that a new feature does not change the other
/// names.
struct MemberNames {
  /// The names in the order of the features.
  private(set) var names: [String] = []

  init(of features: [FeatureDefinition]) {
    var taken: Set<String> = []
    for feature in features {
      let name = "feature_" + feature.key.tableName.map { Self.isPlain($0) ? $0 : "_" }.map(String.init).joined()
      var unique = name
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(name)_\(number)"
        number += 1
      }
      names.append(unique)
    }
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_")
  }
}
