public import MetaxyFeatures

// How objects are described to people in reports; dialects spell them for engines.

extension ColumnType {
  /// The type in engine-free words: `string(64)`, `numeric(12, 3)`.
  public var summary: String {
    switch self {
    case .string(nil): "string"
    case .string(let length?): "string(\(length))"
    case .bigint: "bigint"
    case .integer: "integer"
    case .smallint: "smallint"
    case .double: "double"
    case .real: "real"
    case .boolean: "boolean"
    case .timestamp: "timestamp"
    case .date: "date"
    case .time: "time"
    case .numeric(let precision?, let scale?): "numeric(\(precision), \(scale))"
    case .numeric(let precision?, nil): "numeric(\(precision))"
    case .numeric: "numeric"
    case .uuid: "uuid"
    case .binary: "binary"
    case .interval: "interval"
    case .json: "json"
    case .jsonb: "jsonb"
    case .raw(let words): words.text
    }
  }
}

extension LiteralValue {
  /// The value as SQL writes it in every engine.
  public var summary: String {
    switch self {
    case .string(let text):
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    case .integer(let digits), .float(let digits): digits
    case .boolean(let value): value ? "true" : "false"
    case .null: "NULL"
    }
  }
}

extension ColumnDefault {
  public var summary: String {
    switch self {
    case .literal(let value): value.summary
    case .currentTimestamp: "CURRENT_TIMESTAMP"
    case .expression(let expression): expression.text
    }
  }
}

extension Column {
  /// `string(64) not null default 'x'`.
  public var summary: String {
    ChangeColumn.Aspect.allCases.compactMap { aspect in
      switch aspect {
      case .type: summary(of: .type)
      case .nullable: isNullable ? nil : "not null"
      case .default: defaultValue.map { "default \($0.summary)" }
      case .computed: generated.map { "generated as (\($0.expression.text))" }
      case .collation: collation.map { "collate \($0)" }
      }
    }.joined(separator: " ")
  }

  /// One aspect in words; nil where the column says nothing about it.
  func summary(of aspect: ChangeColumn.Aspect) -> String? {
    switch aspect {
    case .type: type.summary
    case .nullable:
      isNullable ? "null" : "not null" + (onConflict.map { " on conflict \($0.rawValue.lowercased())" } ?? "")
    case .default: defaultValue?.summary
    case .computed: generated.map { ($0.isStored ? "stored " : "virtual ") + $0.expression.text }
    case .collation: collation
    }
  }
}

extension Constraint {
  /// `unique (a, b)`, `check (height > 0)`, `foreign key (a) references video (id)`.
  public var summary: String {
    switch self {
    case .primaryKey(let key):
      "primary key (\(key.elements.map(\.summary).joined(separator: ", ")))\(Self.summary(of: key.onConflict))"
    case .unique(let unique):
      "unique (\(unique.elements.map(\.summary).joined(separator: ", ")))\(Self.summary(of: unique.onConflict))"
    case .check(let check): "check (\(check.expression.text))"
    case .foreignKey(let key):
      "foreign key (\(key.columns.joined(separator: ", "))) references \(key.table)"
        + (key.referencedColumns.isEmpty ? "" : " (\(key.referencedColumns.joined(separator: ", ")))")
        + (key.onDelete == .noAction ? "" : " on delete \(key.onDelete.rawValue.lowercased())")
        + (key.onUpdate == .noAction ? "" : " on update \(key.onUpdate.rawValue.lowercased())")
        + (key.deferral == .notDeferrable ? "" : " \(key.deferral.rawValue.lowercased())")
    }
  }

  private static func summary(of resolution: ConflictResolution?) -> String {
    resolution.map { " on conflict \($0.rawValue.lowercased())" } ?? ""
  }
}

extension IndexElement {
  /// The column or expression, without its direction.
  public var termText: String {
    switch term {
    case .column(let name): name
    case .expression(let expression): expression.text
    }
  }

  /// `name collate nocase desc`.
  public var summary: String {
    termText + (collation.map { " collate \($0)" } ?? "") + (isDescending ? " desc" : "")
  }
}

extension Index {
  /// `unique (a, b desc) where a > 0`.
  public var summary: String {
    (isUnique ? "unique " : "") + "(\(elements.map(\.summary).joined(separator: ", ")))"
      + (predicate.map { " where \($0.text)" } ?? "")
  }
}
