import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

// Settings of tables and columns in the format of records; those with only default values are left out.

extension TableSettings {
  var json: JSONValue? {
    guard self != TableSettings() else { return nil }
    return .members([
      ("row_security", rowSecurity.isEnabled ? .boolean(true) : nil),
      ("forced_row_security", rowSecurity.isForced ? .boolean(true) : nil),
      ("replica_identity", replicaIdentity.json), ("clustered", clusteredIndex.map(JSONValue.string)),
      ("parents", .list(parents.map(\.json))),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "settings")
    self.init()
    rowSecurity = RowSecurity(
      isEnabled: try reader.optionalFlag("row_security"), isForced: try reader.optionalFlag("forced_row_security"))
    replicaIdentity =
      try reader.optional("replica_identity") { json throws(MetaxyError) in try ReplicaIdentity(json: json) }
      ?? replicaIdentity
    clusteredIndex = try reader.optionalText("clustered")
    parents = try reader.list("parents") { json throws(MetaxyError) in
      let reader = RecordReader(json, "parents")
      return TableName(try reader.text("name"), schema: try reader.optionalText("schema"))
    }
  }
}

extension TableName {
  fileprivate var json: JSONValue { .members([("name", .string(name)), ("schema", schema.map(JSONValue.string))]) }
}

extension ReplicaIdentity {
  /// A word, or an object with the name of an index; nil for the default.
  fileprivate var json: JSONValue? {
    switch self {
    case .primaryKey: nil
    case .nothing: .string("nothing")
    case .full: .string("full")
    case .index(let name): .members([("index", .string(name))])
    }
  }

  fileprivate init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "replica_identity")
    guard case .string(let word) = json else {
      self = .index(try reader.text("index"))
      return
    }
    self = try reader.known(["nothing": .nothing, "full": .full][word], word)
  }
}

extension ColumnStorage {
  var json: JSONValue? {
    guard self != ColumnStorage() else { return nil }
    return .members([
      ("strategy", strategy.map(JSONValue.string)), ("compression", compression.map(JSONValue.string)),
      ("statistics", statistics.map { .number(String($0)) }), ("storage", .storage(options)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "storage")
    self.init(
      strategy: try reader.optionalText("strategy"), compression: try reader.optionalText("compression"),
      statistics: try reader.integer("statistics"), options: try reader.storage())
  }
}

extension RowPolicy {
  var json: JSONValue {
    .members([
      ("name", .string(name)), ("command", command == .all ? nil : .string(command.rawValue)),
      ("restrictive", isPermissive ? nil : .boolean(true)), ("roles", roles.map(JSONValue.string)),
      ("using", using?.json), ("check", check?.json), ("comment", comment.map(JSONValue.string)),
    ])
  }

  init(json: JSONValue) throws(MetaxyError) {
    let reader = RecordReader(json, "policy")
    let command = try reader.optionalText("command")
    self.init(
      try reader.text("name"),
      for: try command.map { word throws(MetaxyError) in try reader.known(Command(rawValue: word), word) } ?? .all,
      isPermissive: !(try reader.optionalFlag("restrictive")), to: try reader.optionalText("roles"),
      using: try reader.optional("using") { json throws(MetaxyError) in try SQLExpression(json: json) },
      check: try reader.optional("check") { json throws(MetaxyError) in try SQLExpression(json: json) },
      comment: try reader.optionalText("comment"))
  }
}
