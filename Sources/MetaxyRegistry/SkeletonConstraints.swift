import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
import MetaxySchema

/// The constraints, indexes and options of a table as arguments of `@Feature`, and those that its columns declare.
struct SkeletonConstraints {
  private(set) var arguments: [String] = []
  /// The columns with a unique constraint, or an index, of their own.
  private(set) var uniqueColumns: Set<String> = []
  private(set) var indexedColumns: Set<String> = []
  /// The values of columns that a check limits to a list.
  private(set) var enumerations: [String: [String]] = [:]
  var omissions: [String] = []
  private let dialect: String

  init(of table: Table, idColumns ids: [String], dialect: String, _ generation: Generation) {
    self.dialect = dialect
    if let key = table.primaryKey { arguments.append("primaryKey: \(SwiftText.literals(key.columns))") }
    addUniques(table.uniques)
    addIndexes(table, besides: generation == .seed ? ids + [generation.featureVersionColumn] : nil)
    addChecks(table)
    addForeignKeys(table)
    addOptions(table)
  }

  private mutating func add(_ label: String, _ values: [String]) {
    guard !values.isEmpty else { return }
    arguments.append("\(label): [\(values.joined(separator: ", "))]")
  }

  private mutating func addUniques(_ uniques: [UniqueConstraint]) {
    var values: [String] = []
    for unique in uniques {
      var plain = UniqueConstraint(name: unique.name, elements: unique.elements)
      plain.comment = unique.comment
      guard unique == plain, let columns = unique.elements.plainColumns else {
        omissions.append("a unique constraint over `\(unique.columns.joined(separator: ", "))`")
        continue
      }
      if columns.count == 1 {
        uniqueColumns.insert(columns[0])
      } else {
        values.append(".unique(\(columns.map(SwiftText.literal).joined(separator: ", ")))")
      }
    }
    add("unique", values)
  }

  /// - Parameter version: the columns of the index that a feature without a primary key has anyway; nil if there is none.
  private mutating func addIndexes(_ table: Table, besides version: [String]?) {
    var values: [String] = []
    for index in table.indexes {
      var plain = Index(
        name: index.name, elements: index.elements, isUnique: index.isUnique, predicate: index.predicate)
      plain.comment = index.comment
      guard index == plain, let elements = elements(index.elements) else {
        omissions.append("the index `\(index.name.text)`")
        continue
      }
      let columns = index.isUnique || index.predicate != nil ? nil : index.plainColumns
      if let columns, columns == version, table.primaryKey == nil { continue }
      if let columns, columns.count == 1, !uniqueColumns.contains(columns[0]), !indexedColumns.contains(columns[0]) {
        indexedColumns.insert(columns[0])
        continue
      }
      let predicate = index.predicate.map { ", where: \(SwiftText.literal($0.text(for: dialect)))" } ?? ""
      values.append(".index(on: [\(elements)]\(index.isUnique ? ", unique: true" : "")\(predicate))")
    }
    add("indexes", values)
  }

  private func elements(_ elements: [IndexElement]) -> String? {
    var texts: [String] = []
    for element in elements {
      guard element.nullsFirst == nil, element.operatorClass == nil else { return nil }
      switch element.term {
      case .column(let name) where element.isDescending:
        guard element.collation == nil else { return nil }
        texts.append(".descending(\(SwiftText.literal(name)))")
      case .column(let name):
        let collation = element.collation.map { ", collation: \(SwiftText.literal($0))" }
        texts.append(collation.map { ".column(\(SwiftText.literal(name))\($0))" } ?? SwiftText.literal(name))
      case .expression(let expression):
        guard element.collation == nil else { return nil }
        let text = SwiftText.literal(expression.text(for: dialect))
        texts.append(".expression(\(text)\(element.isDescending ? ", descending: true" : ""))")
      }
    }
    return texts.joined(separator: ", ")
  }

  private mutating func addChecks(_ table: Table) {
    var values: [String] = []
    for check in table.checks {
      let text = check.expression.text(for: dialect)
      guard check.isValidated, check.isInherited else {
        omissions.append("the check `\(text)`")
        continue
      }
      if let (column, values) = enumeration(text, of: table), enumerations[column] == nil {
        enumerations[column] = values
      } else {
        values.append(".check(\(SwiftText.literal(text)))")
      }
    }
    add("checks", values)
  }

  /// Returns the column that a check limits to a list of values, if an enumeration in Swift gives the same type and check.
  private func enumeration(_ text: String, of table: Table) -> (column: String, values: [String])? {
    let (values, rest) = Self.literals(of: text)
    var words = rest.lowercased()
    for noise in ["::character varying", "::text", "[", "]", "array", "\"", "(", ")", ",", " ", "\n", "\t"] {
      words = words.replacing(noise, with: "")
    }
    guard !values.isEmpty, Set(values).count == values.count, values.allSatisfy({ !$0.isEmpty }) else { return nil }
    let column = table.columns.first { ["\($0.name.lowercased())in", "\($0.name.lowercased())=any"].contains(words) }
    guard let column, column.type == .string(length: values.map(\.count).max()), column.defaultValue == nil,
      column.generated == nil
    else { return nil }
    return (column.name, values)
  }

  /// Returns the string literals of an expression, and the text without them.
  private static func literals(of text: String) -> (values: [String], rest: String) {
    var values: [String] = []
    var rest = ""
    var value: String?
    var iterator = Array(text)[...]
    while let character = iterator.popFirst() {
      guard let open = value else {
        if character == "'" { value = "" } else { rest.append(character) }
        continue
      }
      if character != "'" {
        value = open + String(character)
      } else if iterator.first == "'" {
        iterator.removeFirst()
        value = open + "'"
      } else {
        values.append(open)
        value = nil
      }
    }
    return (values, rest)
  }

  private mutating func addForeignKeys(_ table: Table) {
    var values: [String] = []
    for key in table.foreignKeys {
      guard key.table.schema == table.name.schema, key.deferral == .notDeferrable, key.match == nil, key.isValidated,
        key.columnsSetOnDelete.isEmpty, !key.referencedColumns.isEmpty
      else {
        omissions.append("the foreign key to `\(key.table)`")
        continue
      }
      let actions = [("onDelete", key.onDelete), ("onUpdate", key.onUpdate)].filter { $0.1 != .noAction }
        .map { ", \($0): .\($1.source)" }
      values.append(
        ".foreignKey(\(SwiftText.literals(key.columns)), references: \(SwiftText.literal(key.table.name)),"
          + " \(SwiftText.literals(key.referencedColumns))\(actions.joined()))")
    }
    add("foreignKeys", values)
  }

  private mutating func addOptions(_ table: Table) {
    add("options", table.options.map { ".\($0.rawValue)" })
    if !table.exclusions.isEmpty { omissions.append("exclusion constraints") }
    if table.partitioning != nil || table.partition != nil { omissions.append("partitions") }
  }
}

extension ForeignKeyAction {
  /// The name of the case.
  fileprivate var source: String {
    switch self {
    case .noAction: "noAction"
    case .restrict: "restrict"
    case .cascade: "cascade"
    case .setNull: "setNull"
    case .setDefault: "setDefault"
    }
  }
}
