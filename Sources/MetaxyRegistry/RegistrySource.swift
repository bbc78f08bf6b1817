package import MetaxyErrors
import MetaxyFeatures
package import MetaxyGraph
internal import MetaxyNames
package import MetaxySchema

/// The Swift file that creates the `FeatureRegistry` of a project's features and declares their typed column names.
///
/// The output is deterministic, byte for byte.
package struct RegistrySource: Sendable {
  package let text: String
  /// Errors that prevent a file that compiles, and warnings about omitted parts.
  package let diagnostics: [Diagnostic]

  /// - Parameters:
  ///   - project: the project of features that name none.
  ///   - length: the number of characters of a hash to keep; nil for all.
  ///   - definitions: the definitions of the tables, for programs that create them; nil if none does.
  ///   - imports: the modules to import in addition to `Metaxy`: those of features in other modules than the file's.
  package init(
    of graph: FeatureGraph, versions: GraphVersions, tables: DesiredSchema, project: String, truncatedTo length: Int?,
    definitions: String? = nil, imports: [String]
  ) {
    let names = Dictionary(tables.tableSources.map { ($0.value, $0.key) }) { first, _ in first }
    let members = MemberNames(of: graph.features)
    let entries = zip(graph.features, members.names).compactMap { feature, member -> FeatureEntry? in
      guard let table = names[feature.source].flatMap({ tables.schema[$0] }), let versions = versions[feature.key]
      else {
        return nil
      }
      return FeatureEntry(
        feature: feature, table: table, versions: versions, graph: graph, project: project, member: member)
    }
    let columns = entries.map { ColumnNames(feature: $0.feature, table: $0.table.name) }
    let access = graph.features.compactMap(\.swift?.access).max() ?? .module
    let header = Header(project: project, access: access, foundation: columns.compactMap(\.foundationAccess).max())
    let version = Self.version(versions, graph.generation)
    let lines =
      header.lines(importing: imports)
      + Self.registry(of: entries, project, version, length, definitions, access: access)
      + columns.flatMap(\.lines)
    text = lines.joined(separator: "\n") + "\n"
    diagnostics = graph.features.flatMap(Self.diagnostics)
  }

  /// The argument whose name shows the generation.
  private static func version(_ versions: GraphVersions, _ generation: Generation) -> String {
    let label = generation == .seed ? "snapshotVersion" : "projectVersion"
    return "\(label): \(SwiftText.literal(versions.snapshot))"
  }

  private static func registry(
    of entries: [FeatureEntry], _ project: String, _ version: String, _ length: Int?, _ definitions: String?,
    access: AccessLevel
  ) -> [String] {
    var lines = [
      "", "nonisolated extension FeatureRegistry {", "  /// The features of `\(SwiftText.escaped(project))`.",
      "  \(access.modifier)static let \(SwiftText.camelCased(project)): FeatureRegistry = FeatureRegistry(",
      "    project: \(SwiftText.literal(project)),", "    \(version),",
      "    hashTruncationLength: \(length.map(String.init) ?? "nil"),",
    ]
    if definitions != nil { lines.append("    definitions: tableDefinitions,") }
    if entries.isEmpty {
      lines.append("    features: [])")
    } else {
      lines += ["    features: ["] + entries.map { "      \($0.member)," } + ["    ])"]
    }
    // One member per feature: the type checker would need minutes for a single list.
    for entry in entries { lines += [""] + entry.lines }
    return lines + (definitions.map(member(holding:)) ?? []) + ["}"]
  }

  /// Returns the definitions line by line, so that a change of a table changes few lines. The names of features'
  /// members start differently.
  private static func member(holding definitions: String) -> [String] {
    let lines = definitions.split(separator: "\n").map { "    \(SwiftText.escaped(String($0)))" }
    return ["", "  private static let tableDefinitions: String = \"\"\""] + lines + ["    \"\"\""]
  }

  private static func diagnostics(of feature: FeatureDefinition) -> [Diagnostic] {
    guard let swift = feature.swift else { return [] }
    if !feature.isNameable {
      return [
        Diagnostic(
          .warning,
          "`\(feature.typeName)` is private, so the registry has `\(feature.key)` without its type: no program writes or"
            + " reads its rows", at: feature.source)
      ]
    }
    let taken: [Diagnostic] =
      swift.hasColumnsType
      ? [
        Diagnostic(
          "`\(feature.typeName)` has a nested type `Columns`, which the registry declares for its column names: rename it",
          at: feature.source)
      ] : []
    return taken
      + feature.columns.filter(\.isUnreachable).map { column in
        Diagnostic(
          .warning, "no key path leads to the property `\(column.property)`, so its column has no typed name",
          at: column.source)
      }
  }
}
