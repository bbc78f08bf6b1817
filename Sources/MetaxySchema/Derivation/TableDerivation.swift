import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames

/// Derives the table of one feature.
struct TableDerivation {
  let feature: FeatureDefinition
  let name: TableName
  private let prefix: TablePrefix

  init(_ feature: FeatureDefinition, infersTableNames: Bool, prefix: TablePrefix = TablePrefix()) {
    self.feature = feature
    self.prefix = prefix
    self.name = TableName(
      prefix.text + Self.name(of: feature, infersTableNames: infersTableNames), schema: Self.schema(of: feature))
  }

  /// Returns the name without a prefix.
  static func name(of feature: FeatureDefinition, infersTableNames: Bool) -> String {
    feature.table ?? (infersTableNames ? keyTableName(feature) : typeTableName(feature))
  }

  /// Returns the table's explicit schema; none for `public`, whose tables are read without a schema.
  private static func schema(of feature: FeatureDefinition) -> String? {
    feature.schema == TableName.publicSchema ? nil : feature.schema
  }

  /// Returns the name that Metaxy derives from the key.
  private static func keyTableName(_ feature: FeatureDefinition) -> String {
    feature.key.tableName(feature.generation)
  }

  /// Returns SQLModel's default name, used if Metaxy does not infer names: the class name in lower case.
  private static func typeTableName(_ feature: FeatureDefinition) -> String {
    (feature.typeName.split(separator: ".").last.map(String.init) ?? feature.typeName).lowercased()
  }

  var table: Table {
    Table(
      name: name, columns: columns, primaryKey: primaryKey, uniques: uniques, checks: checks,
      foreignKeys: foreignKeys, indexes: indexes, options: feature.options, comment: feature.comment)
  }

  /// The columns of the primary key; empty if there is none.
  private var keyColumns: [String] { feature.keyColumns }

  private var columns: [Column] {
    // SQLite allows NULL in keys, so the columns get an explicit NOT NULL.
    let required = Set((keyColumns + feature.idColumns).map { $0.folded })
    return feature.generation.systemColumns.map { system in
      var column = system
      if required.contains(column.name) { column.isNullable = false }
      return column
    }
      + feature.columns.map { definition in
        var column = Column(
          name: definition.name, type: definition.type,
          isNullable: definition.isNullable && !required.contains(definition.name.folded),
          defaultValue: definition.defaultValue, generated: definition.generated, collation: definition.collation,
          comment: definition.comment, backfill: definition.initialValue)
        if let backfill = definition.backfill { column.backfill = .declared(backfill) }
        column.using = definition.using
        return column
      }
  }

  private var primaryKey: PrimaryKey? {
    keyColumns.isEmpty ? nil : PrimaryKey(name: ObjectNames.primaryKey(of: name), columns: keyColumns)
  }

  private var uniques: [UniqueConstraint] {
    // As in SQLAlchemy, a unique column that is also indexed gets one unique index.
    feature.columns.filter { $0.isUnique && !$0.isIndexed }.map { unique([$0.name], name: nil) }
      + feature.unique.map { unique($0.columns, name: $0.name) }
  }

  private func unique(_ columns: [String], name explicitName: String?) -> UniqueConstraint {
    UniqueConstraint(
      name: explicitName.map(ConstraintName.given) ?? ObjectNames.unique(of: name, columns: columns),
      columns: columns)
  }

  private var checks: [CheckConstraint] {
    let enumerations = feature.columns.compactMap { column in
      column.enumeration.map { values in
        CheckConstraint(
          name: ObjectNames.check(of: name, column: column.name),
          expression: SQLExpression(Self.membership(of: column.name, in: values)), column: column.name)
      }
    }
    return enumerations
      + feature.checks.map { check in
        CheckConstraint(
          name: check.name.map(ConstraintName.given)
            ?? ObjectNames.check(of: name, expression: check.expression.text),
          expression: check.expression)
      }
  }

  /// Returns `"status" IN ('new', 'done')`: standard SQL that every engine supports.
  private static func membership(of column: String, in values: [String]) -> String {
    "\(SQLText.identifier(column)) IN (\(values.map(SQLText.literal).joined(separator: ", ")))"
  }

  private var foreignKeys: [ForeignKey] {
    let ofColumns = feature.columns.compactMap { column in
      column.references.map { reference in
        foreignKey(
          [column.name], to: reference.table, [reference.column], onDelete: reference.onDelete,
          onUpdate: reference.onUpdate, name: reference.name, column: column.name)
      }
    }
    return ofColumns
      + feature.foreignKeys.map { key in
        foreignKey(
          key.columns, to: key.table, key.referencedColumns, onDelete: key.onDelete, onUpdate: key.onUpdate,
          name: key.name, column: nil)
      }
  }

  private func foreignKey(
    _ columns: [String], to other: String, _ referenced: [String], onDelete: ForeignKeyAction,
    onUpdate: ForeignKeyAction, name explicitName: String?, column: String?
  ) -> ForeignKey {
    let other = TableName(prefix.name(ofReferenced: other), schema: name.schema)
    return ForeignKey(
      name: explicitName.map(ConstraintName.given)
        ?? ObjectNames.foreignKey(of: name, columns: columns, to: other),
      columns: columns, table: other, referencedColumns: referenced, onDelete: onDelete, onUpdate: onUpdate,
      column: column)
  }

  private var indexes: [Index] {
    let ofColumns = feature.columns.filter(\.isIndexed).map { column in
      index(IndexAttribute(elements: [IndexElement(.column(column.name))], isUnique: column.isUnique))
    }
    return versionIndex + ofColumns + feature.indexes.map(index)
  }

  /// The index on samples and versions: rows are appended for each version of a sample, and looked up by both.
  ///
  /// Tables of generation 0.1 have no such index, as Metaxy's own.
  private var versionIndex: [Index] {
    guard keyColumns.isEmpty, feature.generation == .seed else { return [] }
    // A feature that another program exported may have no table definition: then it has only the system columns.
    let ids = feature.columns.isEmpty ? [] : feature.idColumns
    let columns = ids + [SystemColumn.featureVersion.rawValue]
    let elements = columns.map { IndexElement(.column($0)) }
    // The index of a unique constraint serves, too.
    guard !feature.indexes.contains(where: { $0.elements == elements }),
      !feature.unique.contains(where: { $0.columns == columns })
    else { return [] }
    return [index(IndexAttribute(elements: elements))]
  }

  private func index(_ attribute: IndexAttribute) -> Index {
    var index = Index(
      name: .derived(""), elements: attribute.elements, isUnique: attribute.isUnique, predicate: attribute.predicate)
    index.name = attribute.name.map(ConstraintName.given) ?? ObjectNames.index(of: name, terms: index.terms)
    return index
  }
}

extension FeatureDefinition {
  /// The columns of the primary key, declared at the table or at the columns; empty if there is none.
  var keyColumns: [String] { primaryKey ?? columns.filter(\.isPrimaryKey).map(\.name) }
}
