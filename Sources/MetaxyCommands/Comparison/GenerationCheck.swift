internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// Refuses a database whose tables are of another generation of Metaxy than the project.
struct GenerationCheck {
  let environment: EnvironmentContext
  let generation: Generation

  private var other: Generation { generation.other }
  private var prefix: String { environment.session.store.tablePrefix }

  /// Refuses a table that has the system columns of the other generation and none of the project's.
  ///
  /// Of a feature's table some of them are enough: a store makes a table with what its first rows have. Other tables may have
  /// some of the names of the first generation, but hardly all of them.
  ///
  /// - Parameter live: the owned tables.
  /// - Throws: `other_generation`.
  func refuse(_ live: Schema, for desired: Schema) throws(MetaxyError) {
    for table in live.sorted {
      let names = Set(table.columns.map(\.name.folded))
      guard generation.systemColumnNames.allSatisfy({ !names.contains($0) }) else { continue }
      let wanted = environment.dialect.table(table.name, in: desired)
      let isFeature = wanted.map { generation.systemColumnNames.allSatisfy($0.hasColumn) } ?? false
      let count = other.systemColumnNames.count(where: names.contains)
      guard count == other.systemColumnNames.count || isFeature && count > 1 else { continue }
      throw .otherGeneration(
        "`\(table.name)` has the system columns of generation `\(other.rawValue)` of Metaxy", than: generation, other,
        table: table.name)
    }
  }

  /// Returns whether a database has system tables of the other generation only.
  func hasOnlyOtherSystemTables(_ connection: any Connection) throws(MetaxyError) -> Bool {
    let names = try connection.tableNames()
    func has(_ generation: Generation) -> Bool {
      SystemTables.schema(generation, prefix: prefix).sorted.contains { names.contains($0.name) }
    }
    return has(other) && !has(generation)
  }

  /// The error for a database that has system tables of the other generation only.
  var refusalOfSystemTables: MetaxyError {
    .otherGeneration(
      "the database has the system tables of generation `\(other.rawValue)` of Metaxy", than: generation, other,
      table: SystemTables.featureVersions(other, prefix: prefix).name)
  }
}

extension Table {
  fileprivate func hasColumn(_ name: String) -> Bool { columns.contains { $0.name == name } }
}

extension MetaxyError {
  static func nothingToConvert(_ database: String, from other: Generation) -> MetaxyError {
    MetaxyError(
      .nothingToConvert,
      "`--convert-generation` has nothing to convert: no table of `\(database)` is of generation `\(other.rawValue)`",
      hints: ["leave the flag out: \(.autogenerate())"])
  }

  fileprivate static func otherGeneration(
    _ finding: String, than generation: Generation, _ other: Generation, table: TableName
  ) -> MetaxyError {
    MetaxyError(
      .otherGeneration, "\(finding), and the project is of generation `\(generation.rawValue)`",
      Payload(schema: table.schema, table: table.name),
      hints: [
        "set `generation = \"\(other.rawValue)\"` in [ext.migrations], or use another database",
        "\(.convertGeneration()) writes a revision that converts the database",
      ])
  }
}
