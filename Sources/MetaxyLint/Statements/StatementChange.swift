package import MetaxyNames
package import MetaxySQL
package import MetaxySchema

/// A change that a statement makes, read from its tokens.
package enum StatementChange: Sendable, Hashable {
  case createTable(WrittenTable)
  case dropTables([TableName], cascades: Bool)
  /// Drops an object of another kind: `VIEW`, `TYPE`, `SCHEMA`.
  case drop(kind: String, [TableName], cascades: Bool)
  case alterTable(TableName, TableChange)
  case createIndex(WrittenIndex)
  case dropIndexes([TableName], isConcurrent: Bool, cascades: Bool)
  case renameIndex(TableName, to: String)
  case addEnumValue(String, to: TableName)
  case renameEnumValue(String, of: TableName)
  /// Renames an object of another kind: `TYPE`, `SCHEMA`.
  case rename(kind: String, TableName)
  case createView(TableName)
  /// Changes rows: `INSERT`, `UPDATE`, `DELETE` or `MERGE`.
  case changeRows(TableName, RowChange)
  case truncate([TableName], cascades: Bool)
  /// `REINDEX`, `CLUSTER`, `VACUUM`, `VACUUM FULL` or `REFRESH MATERIALIZED VIEW`.
  case maintain(String, isConcurrent: Bool)
}

/// A statement that changes rows.
package struct RowChange: Sendable, Hashable {
  package enum Verb: Sendable, Hashable { case insert, update, delete, merge }

  package var verb: Verb
  /// The columns that an update assigns.
  package var columns: [String]
  /// The tokens after the assignments, with the condition.
  package var rest: [SQLToken]
}

/// An action of `ALTER TABLE`.
package enum TableChange: Sendable, Hashable {
  case addColumn(WrittenColumn)
  case dropColumn(String, cascades: Bool)
  case renameColumn(String, to: String)
  case renameTable(to: TableName)
  case changeType(String, to: WrittenType)
  case setNotNull(String)
  case dropNotNull(String)
  case setDefault(String)
  case dropDefault(String)
  case addConstraint(WrittenConstraint)
  case dropConstraint(String, cascades: Bool)
  /// Drops a constraint in a rebuild, which only the record shows.
  case dropKnownConstraint(Constraint)
  case validate(String)
  case detachPartition(isConcurrent: Bool)
  /// `ADD GENERATED`, `SET EXPRESSION`, `SET TABLESPACE`, `SET LOGGED`: what rewrites a table besides types.
  case rewrite(String)
  case other
}

/// A table as `CREATE TABLE` defines it.
package struct WrittenTable: Sendable, Hashable {
  package var name: TableName
  /// `IF NOT EXISTS`: the table may already exist.
  package var mayExist: Bool
  package var isTemporary: Bool
  package var columns: [WrittenColumn]
  package var constraints: [WrittenConstraint]
}

/// A column as a statement defines it.
package struct WrittenColumn: Sendable, Hashable {
  package var name: String
  package var type: String
  package var isNotNull = false
  package var isPrimaryKey = false
  package var isUnique = false
  package var isIdentity = false
  package var isStoredGenerated = false
  package var isVirtualGenerated = false
  /// The expression after `DEFAULT`; empty without one.
  package var defaultValue: [SQLToken] = []
  package var constraints: [WrittenConstraint] = []
  /// Whether a rebuild gives existing rows a value.
  package var isBackfilled = false

  package init(name: String, type: String) {
    self.name = name
    self.type = type
  }

  /// Whether existing rows get NULL in it.
  package var isNullInExistingRows: Bool {
    !isBackfilled && !isIdentity && !isStoredGenerated && !isVirtualGenerated && !isSerial
      && (defaultValue.isEmpty || defaultValue.count == 1 && defaultValue[0].isWord("NULL"))
  }

  /// Whether a sequence numbers its rows: `SERIAL`.
  package var isSerial: Bool {
    ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"].contains(type.folded)
  }
}

/// A constraint as a statement defines it.
package struct WrittenConstraint: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case primaryKey, unique, check, foreignKey, exclusion, notNull }

  package var name: String?
  package var kind: Kind
  package var columns: [String] = []
  /// The table that a foreign key references.
  package var referencedTable: TableName?
  /// The expression of a check.
  package var expression: [SQLToken] = []
  package var isNotValid = false
  /// The index that becomes the constraint: `USING INDEX`.
  package var index: String?

  package init(_ kind: Kind, name: String? = nil) {
    self.kind = kind
    self.name = name
  }
}

/// An index as `CREATE INDEX` defines it.
package struct WrittenIndex: Sendable, Hashable {
  package var name: String?
  package var table: TableName
  package var isUnique: Bool
  package var isConcurrent: Bool
  package var mayExist: Bool
  package var isOnly: Bool
  /// The columns; nil if an element is an expression.
  package var columns: [String]?
  package var hasPredicate: Bool
}
