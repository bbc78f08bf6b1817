import MetaxyFeatures

// The properties of features.

extension DeclaredProperty: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.write(name, location, type, arguments, comment, initialValue, access, columnName)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    name = try reader.read()
    location = try reader.read()
    type = try reader.read()
    arguments = try reader.read()
    comment = try reader.read()
    initialValue = try reader.read()
    access = try reader.read()
    columnName = try reader.read()
  }
}

extension DeclaredProperty.InitialValue: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .literal(let value): bytes.write(0, value)
    case .json(let value): bytes.write(1, value)
    case .member(let name): bytes.write(2, name)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .literal(try reader.read())
    case 1: self = .json(try reader.read())
    case 2: self = .member(try reader.read())
    default: throw UnreadableCache()
    }
  }
}

extension ColumnArguments: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.write(name, type, primaryKey, isUnique, isIndexed, defaultValue, references, generated, collation, comment)
    bytes.write(renamedFrom, renamedValues.map(\.old), renamedValues.map(\.new), backfill, using, explicitNames)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      name: try reader.read(), type: try reader.read(), primaryKey: try reader.read(), isUnique: try reader.read(),
      isIndexed: try reader.read(), defaultValue: try reader.read(), references: try reader.read(),
      generated: try reader.read(), collation: try reader.read(), comment: try reader.read(),
      renamedFrom: try reader.read(),
      renamedValues: Array(
        zip(try reader.read() as [Located<String>], try reader.read() as [Located<String>]).lazy.map {
          (old: $0, new: $1)
        }), backfill: try reader.read(), using: try reader.read(), explicitNames: try reader.read())
  }
}

extension WrittenType: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(shape, text, location) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(shape: try reader.read(), text: try reader.read(), location: try reader.read())
  }
}

extension WrittenType.Shape: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .named(let path, let arguments): bytes.write(0, path, arguments)
    case .optional(let type): bytes.write(1, type)
    case .implicitlyUnwrapped: bytes.write(2)
    case .array(let type): bytes.write(3, type)
    case .dictionary(let key, let value): bytes.write(4, key, value)
    case .other: bytes.write(5)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .named(try reader.read(), arguments: try reader.read())
    case 1: self = .optional(try reader.read())
    case 2: self = .implicitlyUnwrapped
    case 3: self = .array(try reader.read())
    case 4: self = .dictionary(key: try reader.read(), value: try reader.read())
    case 5: self = .other
    default: throw UnreadableCache()
    }
  }
}
