internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// The statements that drop and restore an unmanaged object.
extension PostgreSQLRenderer {
  /// Returns the statement that drops an object; nil for rights, which are dropped with their column.
  func removal(of object: UnmanagedObject) -> String? {
    switch object.kind {
    case .publication: "ALTER PUBLICATION \(dialect.quoted(object.name.name)) DROP TABLE \(relation(of: object))"
    case .columnRights, .foreignKey, .other: nil
    default: "DROP \(reference(to: object))"
    }
  }

  /// Returns the statements that restore an object with its comment, rights, state and owner.
  func restoration(of object: UnmanagedObject) -> [String] {
    var statements = object.definition.map { [$0] } ?? []
    if let comment = object.comment {
      statements.append("COMMENT ON \(reference(to: object)) IS \(SQLText.literal(comment))")
    }
    if let state = stateChange(of: object) { statements.append(state) }
    statements += object.rights
    if let owner = object.owner { statements.append("ALTER \(reference(to: object)) OWNER TO \(owner)") }
    return statements
  }

  /// Returns the statement that restores the state of an object; nil if it has the usual one.
  func stateChange(of object: UnmanagedObject) -> String? {
    object.state.map { state in
      "ALTER \(object.kind == .statistics ? reference(to: object) : "TABLE \(relation(of: object))") \(state)"
    }
  }

  private func reference(to object: UnmanagedObject) -> String {
    switch object.kind {
    case .view: "VIEW \(writer.name(object.name))"
    case .materializedView: "MATERIALIZED VIEW \(writer.name(object.name))"
    case .statistics: "STATISTICS \(writer.name(object.name))"
    case .rule: "RULE \(dialect.quoted(object.name.name)) ON \(relation(of: object))"
    case .trigger: "TRIGGER \(dialect.quoted(object.name.name)) ON \(relation(of: object))"
    case .policy: "POLICY \(dialect.quoted(object.name.name)) ON \(relation(of: object))"
    case .publication, .columnRights, .foreignKey, .other: ""
    }
  }

  private func relation(of object: UnmanagedObject) -> String { object.relation.map { writer.name($0) } ?? "" }
}
