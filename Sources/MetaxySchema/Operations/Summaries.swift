package import MetaxyFeatures

// How objects are described to people in reports; dialects spell them for engines.

extension ColumnType {
  /// The type in engine-free words: `string(64)`, `numeric(12, 3)`.
  package var summary: String {
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
  package var summary: String {
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
  package var summary: String {
    switch self {
    case .literal(let value): value.summary
    case .currentTimestamp: "CURRENT_TIMESTAMP"
    case .expression(let expression): expression.text
    }
  }
}

extension Column {
  /// `string(64) not null default 'x'`.
  package var summary: String {
    ChangeColumn.Aspect.allCases.compactMap { aspect in
      switch aspect {
      case .type: summary(of: .type)
      case .nullable: isNullable ? nil : "not null"
      case .default: defaultValue.map { "default \($0.summary)" }
      case .computed: generated.map { "generated as (\($0.expression.text))" }
      case .numbering: numbering?.summary
      case .collation: collation.map { "collate \($0)" }
      case .comment: nil
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
    case .numbering: numbering?.summary
    case .collation: collation
    case .comment: comment
    }
  }
}

extension Constraint {
  /// `unique (a, b)`, `check (height > 0)`, `foreign key (a) references video (id)`.
  package var summary: String {
    switch self {
    case .primaryKey(let key):
      "primary key (\(key.elements.map(\.summary).joined(separator: ", ")))\(key.includes.included)\(Self.summary(of: key.onConflict))"
        + key.deferral.summary
    case .unique(let unique):
      "unique \(unique.nullsAreEqual ? "nulls not distinct " : "")(\(unique.elements.map(\.summary).joined(separator: ", ")))\(unique.includes.included)"
        + Self.summary(of: unique.onConflict) + unique.deferral.summary
    case .check(let check):
      "check (\(check.expression.text))\(check.isInherited ? "" : " no inherit")\(check.isValidated ? "" : " not valid")"
    case .foreignKey(let key):
      "foreign key (\(key.columns.joined(separator: ", "))) references \(key.table)"
        + (key.referencedColumns.isEmpty ? "" : " (\(key.referencedColumns.joined(separator: ", ")))")
        + (key.onDelete == .noAction ? "" : " on delete \(key.onDelete.rawValue.lowercased())")
        + (key.onUpdate == .noAction ? "" : " on update \(key.onUpdate.rawValue.lowercased())")
        + (key.match.map { " match \($0.lowercased())" } ?? "") + key.deferral.summary
        + (key.isValidated ? "" : " not valid")
    case .exclusion(let exclusion): exclusion.summary
    }
  }

  private static func summary(of resolution: ConflictResolution?) -> String {
    resolution.map { " on conflict \($0.rawValue.lowercased())" } ?? ""
  }
}

extension IndexElement {
  /// The column or expression, without its direction.
  package var termText: String {
    switch term {
    case .column(let name): name
    case .expression(let expression): expression.text
    }
  }

  /// `name collate nocase desc`.
  package var summary: String {
    termText + (collation.map { " collate \($0)" } ?? "") + (operatorClass.map { " \($0)" } ?? "")
      + (isDescending ? " desc" : "") + (nullsFirst.map { $0 ? " nulls first" : " nulls last" } ?? "")
  }
}

extension [IndexElement] {
  fileprivate var summary: String { map(\.summary).joined(separator: ", ") }
}

extension Index {
  /// `unique (a, b desc) where a > 0`.
  package var summary: String {
    (isUnique ? "unique " : "") + (method.map { "using \($0) " } ?? "") + "(\(elements.summary))" + includes.included
      + (nullsAreEqual ? " nulls not distinct" : "")
      + (storage.isEmpty ? "" : " with (\(storage.text))")
      + (predicate.map { " where \($0.text)" } ?? "")
  }
}

extension ExclusionConstraint {
  /// `exclude using gist (period with &&)`.
  package var summary: String {
    let list = elements.map { "\($0.element.summary) with \($0.comparison)" }.joined(separator: ", ")
    return "exclude using \(method) (\(list))\(includes.included)"
      + (predicate.map { " where \($0.text)" } ?? "") + deferral.summary
  }
}

extension ConstraintDeferral {
  fileprivate var summary: String { self == .notDeferrable ? "" : " \(rawValue.lowercased())" }
}

extension [String] {
  /// What follows the columns of an index that carries others along.
  fileprivate var included: String { isEmpty ? "" : " include (\(joined(separator: ", ")))" }
}

extension Numbering {
  /// `identity always`, `serial start 5`.
  package var summary: String {
    let word = kind == .serial ? "serial" : "identity \(kind.rawValue)"
    return ([word] + options.summaries).joined(separator: " ")
  }
}

extension SequenceOptions {
  fileprivate var summaries: [String] {
    let numbers = [
      ("start", start), ("increment", increment), ("minimum", minimum), ("maximum", maximum), ("cache", cache),
    ]
    return numbers.compactMap { name, value in value.map { "\(name) \($0)" } } + (cycles ? ["cycle"] : [])
  }
}

extension SequenceDefinition {
  /// `bigint start 5 owned by video.number`.
  package var summary: String {
    ([type.summary] + options.summaries + (owner.map { ["owned by \($0.table).\($0.column)"] } ?? []))
      .joined(separator: " ")
  }
}

extension EnumType {
  /// `('sad', 'ok')`.
  package var summary: String { "(\(values.map { LiteralValue.string($0).summary }.joined(separator: ", ")))" }
}

extension Partition {
  /// `partition of measurement for values in (1)`.
  package var summary: String { "partition of \(parent) \(bound)" }
}
