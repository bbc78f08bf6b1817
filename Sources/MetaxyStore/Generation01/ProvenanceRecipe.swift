package import MetaxyFeatures
internal import MetaxyNames

/// How the provenance of a derived row is computed from the data versions of its parents since Metaxy 0.1.
///
/// For each field, its name, its code version, and the name and data version of each parent are joined by `|` and hashed.
package struct ProvenanceRecipe: Sendable {
  /// The rows of one dependency that a row is computed from.
  package enum Parent: Sendable {
    case row(FieldHashes)
    /// The rows of a group, in the order of the dependency's ID columns.
    case group([FieldHashes])
    /// No row, which only an optional dependency may have.
    case none
  }

  private struct Field {
    let member: String
    /// Key and code version: `frames|2`.
    let start: String
    let sources: [Source]
  }

  private struct Source {
    /// The position of the dependency.
    let dependency: Int
    let member: String
    /// Feature and field: `|video.frames|`.
    let label: String
  }

  /// The dependencies in the order of their declaration.
  package let dependencies: [RegisteredDependency]
  private let fields: [Field]
  private let hashing: RowHashing

  package init(_ feature: RegisteredFeature, _ hashing: RowHashing) {
    let positions = Dictionary(feature.dependencies.enumerated().map { ($1.feature, $0) }) { first, _ in first }
    fields = feature.fields.map { field in
      let sources = field.parents.flatMap { parent in
        parent.fields.compactMap { key in
          positions[parent.feature].map {
            Source(dependency: $0, member: key.memberName, label: "|\(parent.feature.text).\(key.text)|")
          }
        }
      }
      return Field(member: field.key.memberName, start: "\(field.key.text)|\(field.codeVersion)", sources: sources)
    }
    dependencies = feature.dependencies
    self.hashing = hashing
  }

  /// Returns the member names of the fields of a dependency that are needed.
  package func neededMembers(of dependency: Int) -> [String] {
    var needed: [String] = []
    for source in fields.flatMap(\.sources) where source.dependency == dependency && !needed.contains(source.member) {
      needed.append(source.member)
    }
    return needed
  }

  /// Returns the provenance of a row whose parents are these, in the order of ``dependencies``.
  ///
  /// A field with a parent that has no data version is null; below an optional dependency it counts as the empty text.
  package func provenance(of parents: [Parent]) -> FieldHashes {
    FieldHashes(fields.map { FieldHashes.Member($0.member, hash($0, parents)) })
  }

  private func hash(_ field: Field, _ parents: [Parent]) -> String? {
    var text = field.start
    for source in field.sources {
      let isOptional = dependencies[source.dependency].isOptional
      guard let value = value(of: source.member, parents[source.dependency]) ?? (isOptional ? "" : nil) else {
        return nil
      }
      text += source.label
      text += value
    }
    return hashing.hash(text)
  }

  private func value(of member: String, _ parent: Parent) -> String? {
    switch parent {
    case .row(let hashes): hashes[member]
    case .group(let rows): hashing.hash(rows.compactMap { $0[member] }.joined(separator: "|"))
    case .none: nil
    }
  }
}
