import MetaxyFeatures
import MetaxyGraph

/// The names of the members that hold the features: made of their keys, so that another feature changes none of them.
struct MemberNames {
  /// In the order of the features.
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
