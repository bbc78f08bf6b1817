import MetaxyFeatures

// The types that features refer to.

extension Scope: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(path, isGeneric, access, memberAccess, condition) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      path: try reader.read(), isGeneric: try reader.read(), access: try reader.read(),
      memberAccess: try reader.read(), condition: try reader.read())
  }
}

extension DeclaredType: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(kind, path, scope, location) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      kind: try reader.read(), path: try reader.read(), scope: try reader.read(), location: try reader.read())
  }
}

extension DeclaredType.Kind: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .feature(let key): bytes.write(0, key)
    case .enumeration(let enumeration): bytes.write(1, enumeration)
    case .baseProtocol(let base): bytes.write(2, base)
    case .alias(let types): bytes.write(3, types)
    case .other(let keyword): bytes.write(4, keyword)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .feature(try reader.read())
    case 1: self = .enumeration(try reader.read())
    case 2: self = .baseProtocol(try reader.read())
    case 3: self = .alias(try reader.read())
    case 4: self = .other(try reader.read())
    default: throw UnreadableCache()
    }
  }
}

extension DeclaredEnumeration: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(hasStringRawValues, cases, problem) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(hasStringRawValues: try reader.read(), cases: try reader.read(), problem: try reader.read())
  }
}

extension DeclaredEnumeration.Case: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(name, rawValue) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(name: try reader.read(), rawValue: try reader.read())
  }
}

extension DeclaredProtocol: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(base, inherited) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(base: try reader.read(), inherited: try reader.read())
  }
}

extension BaseArguments: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(idColumns, attributes) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(idColumns: try reader.read(), attributes: try reader.read())
  }
}

extension DeclaredExtension: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(path, inherited) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(path: try reader.read(), inherited: try reader.read())
  }
}
