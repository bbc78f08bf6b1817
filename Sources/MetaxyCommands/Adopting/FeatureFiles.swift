internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRegistry
internal import MetaxyRuntime
internal import MetaxySchema

/// Swift files of features for the feature tables of a database.
struct FeatureFiles {
  private let session: ProjectSession
  private var generation: Generation { session.project.configuration.generation ?? .seed }

  init(_ session: ProjectSession) { self.session = session }

  /// Writes a file for each table with the system columns.
  ///
  /// - Parameter directory: the directory, as typed.
  /// - Returns: the paths of the files for display.
  /// - Throws: `features_exist` if the project has Swift features; `nothing_to_adopt`; `unwritable_file`.
  func write(in directory: String) throws(MetaxyError) -> [String] {
    let path = Paths.resolve(directory, in: session.context.workingDirectory)
    try requireEntrypoint(path, directory)
    var files: [(path: String, text: String)] = []
    var taken: Set<String> = []
    for table in try featureTables() {
      guard
        let skeleton = FeatureSkeleton(
          of: table, dialect: session.database.dialect.name,
          infersTableNames: session.project.configuration.sqlModel.infersTableNames, besides: taken, generation,
          prefix: session.store.tablePrefix)
      else {
        session.context.report(.warning("`\(table.name)` is left out: none of its columns can name a sample"))
        continue
      }
      taken.insert(skeleton.typeName)
      files.append((Paths.resolve("\(skeleton.typeName).swift", in: path), skeleton.text))
      for omission in skeleton.omissions {
        session.context.report(.warning("`\(table.name)`: a feature cannot declare \(omission)"))
      }
    }
    guard !files.isEmpty else { throw .noFeatureTables(session.database.displayName) }
    try Files.createDirectory(path)
    for file in files { try Files.write(file.text, to: file.path) }
    return files.map { Paths.displayPath($0.path, from: session.context.workingDirectory) }
  }

  /// Refuses a directory whose files no entrypoint reads, and a project that has features.
  private func requireEntrypoint(_ path: String, _ directory: String) throws(MetaxyError) {
    let roots = session.project.entrypoints.map { Paths.resolve($0.text, in: session.project.root) }
    guard roots.contains(where: { path == $0 || path.hasPrefix("\($0)/") }) else {
      throw .notAnEntrypoint(directory)
    }
    var known: [String] = []
    do throws(MetaxyError) {
      known = try session.project.sourceFiles().swift
    } catch  where error.code == .invalidEntrypoints {
      // The directory does not exist yet, or is empty; whatever else is wrong is reported when the features are read.
    }
    guard known.isEmpty else { throw .featuresExist(known.map(session.project.displayPath)) }
  }

  /// The tables with the system columns.
  private func featureTables() throws(MetaxyError) -> [Table] {
    let connection = try session.database.openForReading()
    let bookkeeping = try Bookkeeping.tables(of: session.project, for: session.store)
    var names: Set<TableName> = []
    let prefix = session.store.tablePrefix
    for name in try connection.tableNames()
    where !SystemTables.isSystem(name) && !bookkeeping.contains(name) && name.name.hasPrefix(prefix) {
      if Set(generation.systemColumnNames).isSubset(of: try connection.columnNames(of: name)) { names.insert(name) }
    }
    return try session.database.introspect(connection) { !names.contains($0) }.definition.sorted
  }
}
