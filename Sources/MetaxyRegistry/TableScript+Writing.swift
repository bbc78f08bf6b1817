package import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames

extension TableScript {
  /// Returns the scripts of several engines as one JSON text, one line for each line of SQL.
  package static func text(of scripts: [(dialect: String, script: TableScript)]) -> String {
    JSONValue.object(scripts.map { .init($0.dialect, .array($0.script.steps.map($0.script.json))) }).text()
  }

  private func json(_ step: Step) -> JSONValue {
    var members: [JSONValue.Member] = []
    switch step.object {
    case .schema(let name): members.append(.init("schema", .string(name)))
    case .type(let name): members += Self.members("type", name)
    case .table(let name):
      members += Self.members("table", name)
      if let former = formerNames[name] { members.append(.init("formerly", .string(former.name))) }
    }
    let lines = step.sql.split(separator: "\n", omittingEmptySubsequences: false).map { JSONValue.string(String($0)) }
    return .object(members + [.init("sql", .array(lines))])
  }

  private static func members(_ kind: String, _ name: TableName) -> [JSONValue.Member] {
    [.init(kind, .string(name.name))] + (name.schema.map { [.init("in", .string($0))] } ?? [])
  }
}
