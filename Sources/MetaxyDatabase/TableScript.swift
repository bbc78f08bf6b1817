package import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyJSON
package import MetaxyNames

/// The statements that create the tables of a project on one engine, in an order in which they can run.
///
/// `metaxy generate` renders them as a revision would, and writes them into the registry, so that a program executes
/// them without rendering anything.
package struct TableScript: Sendable, Hashable {
  /// An object that statements create or complete.
  package enum Object: Sendable, Hashable {
    case schema(String)
    case type(TableName)
    case table(TableName)
  }

  /// One statement, with the object that it creates or completes: an index belongs to its table.
  package struct Step: Sendable, Hashable {
    package var object: Object
    package var sql: String

    package init(_ object: Object, _ sql: String) {
      self.object = object
      self.sql = sql
    }
  }

  package var steps: [Step]
  /// The former names of tables that were renamed.
  package var formerNames: [TableName: TableName]

  package init(_ steps: [Step], formerNames: [TableName: TableName] = [:]) {
    self.steps = steps
    self.formerNames = formerNames
  }

  package var tables: [TableName] {
    var seen: Set<TableName> = []
    return steps.compactMap { step in
      if case .table(let name) = step.object, seen.insert(name).inserted { name } else { nil }
    }
  }
}

// MARK: - JSON

extension TableScript {
  /// Returns the member of the scripts of several engines that holds one: `sqlite`, or `sqlite dev_` for tables with a prefix.
  package static func key(of dialect: String, prefix: String) -> String {
    prefix.isEmpty ? dialect : "\(dialect) \(prefix)"
  }

  /// Reads the script of one engine; nil if the text has none.
  ///
  /// - Parameter prefix: what the names of the tables start with.
  /// - Throws: `invalid_json`.
  package init?(_ text: String, dialect: String, prefix: String = "") throws(MetaxyError) {
    let scripts = try JSONValue(parsing: text, file: "the registry")
    guard case .array(let elements)? = scripts[Self.key(of: dialect, prefix: prefix)] else { return nil }
    self.init([])
    for element in elements {
      guard let object = Self.object(element), case .array(let lines)? = element["sql"] else { return nil }
      steps.append(Step(object, lines.compactMap(Self.string).joined(separator: "\n")))
      if case .table(let name) = object, let former = Self.string(element["formerly"]) {
        formerNames[name] = TableName(former, schema: name.schema)
      }
    }
  }

  /// Returns the first prefix of the scripts of an engine; empty also if the text has none.
  ///
  /// - Throws: `invalid_json`.
  package static func firstPrefix(in text: String, dialect: String) throws(MetaxyError) -> String {
    guard case .object(let members) = try JSONValue(parsing: text, file: "the registry") else { return "" }
    let names = members.map(\.name).filter { $0 == dialect || $0.hasPrefix("\(dialect) ") }
    return names.first.map { String($0.dropFirst(dialect.count + 1)) } ?? ""
  }

  private static func object(_ element: JSONValue) -> Object? {
    let schema = string(element["in"])
    if let table = string(element["table"]) { return .table(TableName(table, schema: schema)) }
    if let type = string(element["type"]) { return .type(TableName(type, schema: schema)) }
    return string(element["schema"]).map(Object.schema)
  }

  private static func string(_ value: JSONValue?) -> String? {
    if case .string(let text)? = value { text } else { nil }
  }
}
