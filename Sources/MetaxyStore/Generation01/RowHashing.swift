package import MetaxyFeatures
internal import MetaxyNames

/// How the texts of a row are hashed since Metaxy 0.1: by the algorithm of the store, truncated, numbers too.
package struct RowHashing: Sendable {
  package let algorithm: HashAlgorithm
  /// The number of characters that are kept; nil for all.
  package let length: Int?

  package init(_ algorithm: HashAlgorithm, length: Int?) {
    self.algorithm = algorithm
    self.length = length
  }

  package func hash(_ text: String) -> String {
    let hash = algorithm.hash(text)
    return length.map { String(hash.prefix($0)) } ?? hash
  }

  /// Returns the one hash of a row's hashes by field: of the values in the order of the member names.
  ///
  /// - Returns: nil if the hash of a field is missing.
  package func hash(of hashes: FieldHashes, _ fields: [RegisteredField]) -> String? {
    let names = fields.map { ScalarString($0.key.memberName) }.sorted()
    let values = names.compactMap { hashes[$0.text] }
    return values.count == names.count ? hash(values.joined(separator: "|")) : nil
  }
}
