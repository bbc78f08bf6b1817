import MetaxyFeatures

// What a feature's specification consists of.

extension FeatureKey: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(parts) }
  init(from reader: inout StoredReader) throws(UnreadableCache) { self.init(try reader.read() as [String]) }
}

extension FieldKey: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(parts) }
  init(from reader: inout StoredReader) throws(UnreadableCache) { self.init(try reader.read() as [String]) }
}

extension ColumnRenames: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(pairs) }
  init(from reader: inout StoredReader) throws(UnreadableCache) { self.init(try reader.read() as [Pair]) }
}

extension ColumnRenames.Pair: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(old, new) }
  init(from reader: inout StoredReader) throws(UnreadableCache) { self.init(try reader.read(), to: try reader.read()) }
}

extension FieldsMapping: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .sameName(let matchesSuffix, let excluding): bytes.write(0, matchesSuffix, excluding)
    case .all: bytes.write(1)
    case .none: bytes.write(2)
    case .specific(let entries): bytes.write(3, entries)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .sameName(matchesSuffix: try reader.read(), excluding: try reader.read())
    case 1: self = .all
    case 2: self = .none
    case 3: self = .specific(try reader.read() as [Entry])
    default: throw UnreadableCache()
    }
  }
}

extension FieldsMapping.Entry: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(field, parents) }
  init(from reader: inout StoredReader) throws(UnreadableCache) { self.init(try reader.read(), try reader.read()) }
}

extension Lineage: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .identity: bytes.write(0)
    case .aggregation(let columns): bytes.write(1, columns)
    case .expansion(let columns, let pattern): bytes.write(2, columns, pattern)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .identity
    case 1: self = .aggregation(on: try reader.read())
    case 2: self = .expansion(on: try reader.read(), pattern: try reader.read())
    default: throw UnreadableCache()
    }
  }
}

extension JSONValue: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .null: bytes.write(0)
    case .boolean(let value): bytes.write(1, value)
    case .number(let digits): bytes.write(2, digits)
    case .string(let text): bytes.write(3, text)
    case .array(let elements): bytes.write(4, elements)
    case .object(let members): bytes.write(5, members)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .null
    case 1: self = .boolean(try reader.read())
    case 2: self = .number(try reader.read())
    case 3: self = .string(try reader.read())
    case 4: self = .array(try reader.read())
    case 5: self = .object(try reader.read())
    default: throw UnreadableCache()
    }
  }
}

extension JSONValue.Member: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(name, value) }
  init(from reader: inout StoredReader) throws(UnreadableCache) { self.init(try reader.read(), try reader.read()) }
}
