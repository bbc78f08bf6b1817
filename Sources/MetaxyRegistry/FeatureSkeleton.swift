import MetaxyFeatures
internal import MetaxyGraph
package import MetaxyNames
package import MetaxySchema

/// The Swift source of a feature for a table of a database: `metaxy` derives the same table from it.
///
/// Dependencies, fields and code versions are not in a database, so the source has none.
package struct FeatureSkeleton: Sendable {
  package let typeName: String
  package let text: String
  /// What the table has and a feature cannot declare, for display.
  package let omissions: [String]

  /// - Parameters:
  ///   - table: a table with the system columns.
  ///   - dialect: the dialect of its expressions.
  ///   - infersTableNames: whether tables are named after keys.
  ///   - taken: the names of types that cannot be used again.
  ///   - generation: the generation whose system columns the table has.
  ///   - prefix: what the names of tables start with in the store, which is not in the source.
  /// - Returns: nil if no column can name the samples.
  package init?(
    of table: Table, dialect: String, infersTableNames: Bool, besides taken: Set<String> = [],
    _ generation: Generation = .seed, prefix: String = ""
  ) {
    guard let ids = Self.idColumns(of: table, generation) else { return nil }
    let name = String(table.name.name.dropFirst(prefix.count))
    let key = Self.key(of: name)
    let type = Self.typeName(key, besides: taken)
    var constraints = SkeletonConstraints(of: table, idColumns: ids, dialect: dialect, generation)
    var names: Set<String> = []
    let required = Set(ids + (table.primaryKey?.columns ?? []))
    var properties: [String] = []
    var types: Set<String> = []
    for column in table.columns where !generation.systemColumnNames.contains(column.name) {
      let property = SkeletonProperty(
        column, dialect: dialect, isRequired: required.contains(column.name), constraints: constraints, besides: names)
      names.insert(property.name)
      types.insert(property.type)
      properties += property.lines
      if column.identity != nil { constraints.omissions.append("the numbering of `\(column.name)`") }
    }
    var arguments = [SwiftText.literal(key.joined(separator: "/")), "idColumns: \(SwiftText.literals(ids))"]
    if !infersTableNames || FeatureKey(key).tableName != name {
      arguments.append("table: \(SwiftText.literal(name))")
    }
    if let schema = table.name.schema { arguments.append("schema: \(SwiftText.literal(schema))") }
    arguments += constraints.arguments
    typeName = type
    omissions = constraints.omissions
    let needsFoundation = !types.isDisjoint(with: ["Date", "Decimal", "UUID", "Data"])
    let comment = table.comment.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map { "/// \($0)" } }
    let enumerations = constraints.enumerations.sorted { $0.key < $1.key }.flatMap { name, values in
      [""] + SkeletonProperty.enumeration(of: name, values)
    }
    let lines =
      ["// Written from a table, which has neither dependencies nor fields: declare them before the graph is pushed."]
      + (needsFoundation ? ["import Foundation"] : []) + ["import Metaxy", ""] + (comment ?? [])
      + ["@Feature("] + arguments.dropLast().map { "  \($0)," } + arguments.suffix(1).map { "  \($0)" }
      + [")", "struct \(SwiftText.name(type)) {"] + properties.map { "  \($0)" }
      + enumerations.map { $0.isEmpty ? "" : "  \($0)" } + ["}", ""]
    text = lines.joined(separator: "\n")
  }

  /// Returns the parts of a key whose table has this name, or of another key for a name that no key has.
  private static func key(of table: String) -> [String] {
    let parts = FeatureKey(table.replacing("__", with: "/")).parts
    let isUsable = parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix("_") && !$0.hasSuffix("_") && !$0.contains("/") }
    return isUsable ? parts : [table.split { $0 == "_" || $0 == "/" }.joined(separator: "_")]
  }

  private static func typeName(_ key: [String], besides taken: Set<String>) -> String {
    let words = key.joined(separator: "_").split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    var name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    if name.first?.isNumber ?? true { name = "Feature\(name)" }
    var unique = name
    var number = 2
    while taken.contains(unique) {
      unique = "\(name)\(number)"
      number += 1
    }
    return unique
  }

  /// Returns the columns that name a sample: those before the feature version in an index, those of the primary key, or the first
  /// usable one.
  private static func idColumns(of table: Table, _ generation: Generation) -> [String]? {
    let key = table.primaryKey?.columns ?? []
    let system = generation.systemColumnNames
    let usable = table.columns.filter { column in
      let isNumbered = key == [column.name] && [.integer, .bigint, .smallint].contains(column.type)
      return !system.contains(column.name) && (!column.isNullable || key.contains(column.name))
        && !isNumbered
        && column.defaultValue == nil && column.generated == nil && column.identity == nil
    }.map(\.name)
    func ids(_ columns: [String]) -> [String]? {
      let ids = columns.filter { !system.contains($0) }
      return !ids.isEmpty && ids.allSatisfy(usable.contains) ? ids : nil
    }
    let versioned = (table.indexes.compactMap(\.plainColumns) + table.uniques.map(\.columns)).filter {
      $0.last == generation.featureVersionColumn
    }
    return versioned.compactMap(ids).first ?? ids(key) ?? (usable.contains("sample_uid") ? ["sample_uid"] : nil)
      ?? usable.first.map { [$0] }
  }
}

extension Index {
  /// The columns of an index without expressions, directions and collations; nil for any other.
  var plainColumns: [String]? { elements.plainColumns }
}

extension [IndexElement] {
  var plainColumns: [String]? {
    var columns: [String] = []
    for element in self {
      guard case .column(let name) = element.term, element == IndexElement(.column(name)) else { return nil }
      columns.append(name)
    }
    return columns
  }
}
