import MetaxyFeatures
import MetaxyGraph

// The attributes of features and columns.

extension ForeignKeyAction: StoredByRawValue {}
extension TableOption: StoredByRawValue {}
extension AccessLevel: StoredByRawValue {}

extension SQLExpression: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.write(text)
    bytes.append(number: UInt64(variants.count))
    for (dialect, text) in variants { bytes.write(dialect, text) }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(try reader.read())
    for _ in 0..<(try reader.count()) {
      let dialect: String = try reader.read()
      variants[dialect] = try reader.read() as String
    }
  }
}

extension LiteralValue: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .string(let text): bytes.write(0, text)
    case .integer(let text): bytes.write(1, text)
    case .float(let text): bytes.write(2, text)
    case .boolean(let value): bytes.write(3, value)
    case .null: bytes.write(4)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .string(try reader.read())
    case 1: self = .integer(try reader.read())
    case 2: self = .float(try reader.read())
    case 3: self = .boolean(try reader.read())
    case 4: self = .null
    default: throw UnreadableCache()
    }
  }
}

extension ColumnDefault: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .literal(let value): bytes.write(0, value)
    case .currentTimestamp: bytes.write(1)
    case .expression(let expression): bytes.write(2, expression)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .literal(try reader.read())
    case 1: self = .currentTimestamp
    case 2: self = .expression(try reader.read())
    default: throw UnreadableCache()
    }
  }
}

extension ColumnReference: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(table, column, onDelete, onUpdate, name) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      table: try reader.read(), column: try reader.read(), onDelete: try reader.read(), onUpdate: try reader.read(),
      name: try reader.read())
  }
}

extension GeneratedValue: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(expression, isStored) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(expression: try reader.read(), isStored: try reader.read())
  }
}

extension IndexElement: Stored {
  func write(to bytes: inout StoredBytes) {
    switch term {
    case .column(let name): bytes.write(0, name)
    case .expression(let expression): bytes.write(1, expression)
    }
    bytes.write(isDescending, collation, nullsFirst, operatorClass)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    let term: Term
    switch try reader.byte() {
    case 0: term = .column(try reader.read())
    case 1: term = .expression(try reader.read())
    default: throw UnreadableCache()
    }
    self.init(
      term, isDescending: try reader.read(), collation: try reader.read(), nullsFirst: try reader.read(),
      operatorClass: try reader.read())
  }
}

extension IndexAttribute: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(elements, isUnique, predicate, name) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      elements: try reader.read(), isUnique: try reader.read(), predicate: try reader.read(), name: try reader.read())
  }
}

extension CheckAttribute: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(expression, name) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(expression: try reader.read(), name: try reader.read())
  }
}

extension UniqueAttribute: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(columns, name) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(columns: try reader.read(), name: try reader.read())
  }
}

extension ForeignKeyAttribute: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.write(columns, table, referencedColumns, onDelete, onUpdate, name)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      columns: try reader.read(), table: try reader.read(), referencedColumns: try reader.read(),
      onDelete: try reader.read(), onUpdate: try reader.read(), name: try reader.read())
  }
}
