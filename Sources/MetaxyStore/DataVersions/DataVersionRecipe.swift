internal import MetaxyFeatures

/// How the data versions of a derived feature are computed from those of its parents.
///
/// For each field, the text of its key, its code version, and the name and hash of each upstream field are joined by `|` and
/// hashed. This is Metaxy's algorithm, so that both agree on which rows are up to date.
struct DataVersionRecipe {
  /// The features whose rows are needed, sorted by key.
  let parents: [FeatureKey]
  private let fields: [Field]
  private let algorithm: HashAlgorithm
  private let length: Int?

  private struct Field {
    /// Key and code version: `frames|2`.
    let start: String
    let key: String
    let sources: [Source]
  }

  private struct Source {
    /// The position of the parent.
    let parent: Int
    let field: FieldKey
    /// Feature and field: `|video/frames|`.
    let label: String
  }

  init(_ feature: RegisteredFeature, _ algorithm: HashAlgorithm, length: Int?) {
    let parents = Set(feature.fields.flatMap { $0.parents.map(\.feature) }).sorted()
    let positions = Dictionary(uniqueKeysWithValues: parents.enumerated().map { ($1, $0) })
    fields = feature.fields.map { field in
      let sources = field.parents.flatMap { parent in
        parent.fields.compactMap { key in
          positions[parent.feature].map {
            Source(parent: $0, field: key, label: "|\(parent.feature.text)/\(key.text)|")
          }
        }
      }
      return Field(start: "\(field.key.text)|\(field.codeVersion)", key: field.key.text, sources: sources)
    }
    self.parents = parents
    self.algorithm = algorithm
    self.length = length
  }

  /// Returns whether the program supplies the data versions of a feature, because it has no parents.
  static func isExplicit(_ feature: RegisteredFeature) -> Bool { feature.fields.allSatisfy(\.parents.isEmpty) }

  /// Returns the needed fields of one parent.
  func neededFields(ofParent parent: Int) -> [FieldKey] {
    var needed: [FieldKey] = []
    for source in fields.flatMap(\.sources) where source.parent == parent && !needed.contains(source.field) {
      needed.append(source.field)
    }
    return needed
  }

  /// Returns the data versions of a row whose parents have these versions, in the order of ``parents``.
  ///
  /// - Throws: the error that `missing` returns for a field without a hash in a parent.
  func dataVersions<Failure: Error>(
    _ rows: [DataVersions], missing: (_ parent: FeatureKey, _ field: FieldKey) -> Failure
  ) throws(Failure) -> DataVersions {
    var versions: [(key: String, hash: String)] = []
    for field in fields {
      var text = field.start
      for source in field.sources {
        guard let hash = rows[source.parent].hash(of: "\(source.field)") else {
          throw missing(parents[source.parent], source.field)
        }
        text += source.label
        text += hash
      }
      versions.append((field.key, truncated(algorithm.hash(text))))
    }
    return DataVersions(versions)
  }

  private func truncated(_ hash: String) -> String { length.map { String(hash.prefix($0)) } ?? hash }
}
