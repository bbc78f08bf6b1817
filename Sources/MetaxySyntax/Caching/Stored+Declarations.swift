import MetaxyFeatures

// The declarations of a file.

extension FileDeclarations: Stored {
  /// Diagnostics are not stored: a file that has some is read again.
  func write(to bytes: inout StoredBytes) { bytes.write(features, types, extensions, Array(codedByHand)) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      features: try reader.read(), types: try reader.read(), extensions: try reader.read(),
      codedByHand: Set(try reader.read() as [[String]]))
  }
}

extension DeclaredFeature: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.write(path, location, access, inherited, arguments, properties, comment, isBroken)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      path: try reader.read(), location: try reader.read(), access: try reader.read(), inherited: try reader.read(),
      arguments: try reader.read(), properties: try reader.read(), comment: try reader.read(),
      isBroken: try reader.read())
  }
}

extension FeatureArguments: Stored {
  func write(to bytes: inout StoredBytes) {
    bytes.write(key, idColumns, order, dependencies, fields, metadata, attributes, table, schema, renamedFrom)
    bytes.write(primaryKey, unique, indexes, checks, foreignKeys, options, namedColumns, explicitNames)
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      key: try reader.read(), idColumns: try reader.read(), order: try reader.read(),
      dependencies: try reader.read(), fields: try reader.read(), metadata: try reader.read(),
      attributes: try reader.read(), table: try reader.read(), schema: try reader.read(),
      renamedFrom: try reader.read(), primaryKey: try reader.read(), unique: try reader.read(),
      indexes: try reader.read(), checks: try reader.read(), foreignKeys: try reader.read(),
      options: try reader.read(), namedColumns: try reader.read(), explicitNames: try reader.read())
  }
}

extension DeclaredReference: Stored {
  func write(to bytes: inout StoredBytes) {
    switch self {
    case .key(let key): bytes.write(0, key)
    case .type(let path): bytes.write(1, path)
    }
  }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    switch try reader.byte() {
    case 0: self = .key(try reader.read())
    case 1: self = .type(try reader.read())
    default: throw UnreadableCache()
    }
  }
}

extension DeclaredDependency: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(feature, columns, rename, since01, location) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      feature: try reader.read(), columns: try reader.read(), rename: try reader.read(), since01: try reader.read(),
      location: try reader.read())
  }
}

extension DeclaredSince01: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(fieldsMapping, filters, lineage, isOptional, labels) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      fieldsMapping: try reader.read(), filters: try reader.read(), lineage: try reader.read(),
      isOptional: try reader.read(), labels: try reader.read())
  }
}

extension DeclaredField: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(key, codeVersion, dependencies, isOfEverything, location) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(
      key: try reader.read(), codeVersion: try reader.read(), dependencies: try reader.read(),
      isOfEverything: try reader.read(), location: try reader.read())
  }
}

extension DeclaredField.Dependency: Stored {
  func write(to bytes: inout StoredBytes) { bytes.write(feature, fields) }

  init(from reader: inout StoredReader) throws(UnreadableCache) {
    self.init(feature: try reader.read(), fields: try reader.read())
  }
}
