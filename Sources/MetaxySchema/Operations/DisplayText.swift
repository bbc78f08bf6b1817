package import MetaxyFeatures
internal import MetaxyNames
internal import MetaxySQL

// Descriptions of objects in reports; dialects write them for engines.

extension ColumnType {
  /// The type, independent of the engine: `string(64)`, `numeric(12, 3)`.
  package var displayText: String {
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
  /// The value in the SQL of every engine.
  package var displayText: String {
    switch self {
    case .string(let text): SQLText.literal(text)
    case .integer(let digits), .float(let digits): digits
    case .boolean(let value): value ? "true" : "false"
    case .null: "NULL"
    }
  }
}

extension ColumnDefault {
  package var displayText: String {
    switch self {
    case .literal(let value): value.displayText
    case .currentTimestamp: "CURRENT_TIMESTAMP"
    case .expression(let expression): expression.text
    }
  }
}

extension Column {
  /// The definition: `string(64) not null default 'x'`.
  package var displayText: String {
    ChangeColumn.Aspect.allCases.compactMap { aspect in
      switch aspect {
      case .type: displayText(of: .type)
      case .nullable: isNullable ? nil : "not null"
      case .default: defaultValue.map { "default \($0.displayText)" }
      case .computed: generated.map { "generated as (\($0.expression.text))" }
      case .identity: identity?.displayText
      case .collation: collation.map { "collate \($0)" }
      case .comment, .storage: nil
      }
    }.joined(separator: " ")
  }

  /// Returns one aspect as text; nil if the column does not set it.
  func displayText(of aspect: ChangeColumn.Aspect) -> String? {
    switch aspect {
    case .type: type.displayText
    case .nullable:
      isNullable ? "null" : "not null" + (onConflict.map { " on conflict \($0.rawValue.lowercased())" } ?? "")
    case .default: defaultValue?.displayText
    case .computed: generated.map { ($0.isStored ? "stored " : "virtual ") + $0.expression.text }
    case .identity: identity?.displayText
    case .collation: collation
    case .comment: comment
    case .storage: storage.displayText
    }
  }
}

extension ColumnStorage {
  /// The storage: `external, compression lz4, statistics 500`; nil for the defaults.
  fileprivate var displayText: String? {
    let parts =
      [strategy, compression.map { "compression \($0)" }, statistics.map { "statistics \($0)" }].compactMap(\.self)
      + (options.isEmpty ? [] : [options.text])
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension StorageParameters {
  /// The clause of an index: ` with (fillfactor = 70)`; empty without parameters.
  fileprivate var clause: String { isEmpty ? "" : " with (\(text))" }
}

extension Constraint {
  /// The constraint: `unique (a, b)`, `check (height > 0)`, `foreign key (a) references video (id)`.
  package var displayText: String {
    switch self {
    case .primaryKey(let key):
      "primary key (\(key.elements.map(\.displayText).joined(separator: ", ")))\(key.includes.included)\(key.storage.clause)\(Self.displayText(of: key.onConflict))"
        + key.deferral.displayText
    case .unique(let unique):
      "unique \(unique.nullsAreEqual ? "nulls not distinct " : "")(\(unique.elements.map(\.displayText).joined(separator: ", ")))\(unique.includes.included)"
        + unique.storage.clause + Self.displayText(of: unique.onConflict) + unique.deferral.displayText
    case .check(let check):
      "check (\(check.expression.text))\(check.isInherited ? "" : " no inherit")\(check.isValidated ? "" : " not valid")"
    case .foreignKey(let key):
      "foreign key (\(key.columns.joined(separator: ", "))) references \(key.table)"
        + (key.referencedColumns.isEmpty ? "" : " (\(key.referencedColumns.joined(separator: ", ")))")
        + (key.onDelete == .noAction ? "" : " on delete \(key.onDelete.rawValue.lowercased())")
        + (key.onUpdate == .noAction ? "" : " on update \(key.onUpdate.rawValue.lowercased())")
        + (key.match.map { " match \($0.lowercased())" } ?? "") + key.deferral.displayText
        + (key.isValidated ? "" : " not valid")
    case .exclusion(let exclusion): exclusion.displayText
    }
  }

  private static func displayText(of resolution: ConflictResolution?) -> String {
    resolution.map { " on conflict \($0.rawValue.lowercased())" } ?? ""
  }
}

extension IndexElement {
  /// The column or expression, without direction.
  package var termText: String {
    switch term {
    case .column(let name): name
    case .expression(let expression): expression.text
    }
  }

  /// The element: `name collate nocase desc`.
  package var displayText: String {
    termText + (collation.map { " collate \($0)" } ?? "") + (operatorClass.map { " \($0)" } ?? "")
      + (isDescending ? " desc" : "") + (nullsFirst.map { $0 ? " nulls first" : " nulls last" } ?? "")
  }
}

extension [IndexElement] {
  fileprivate var displayText: String { map(\.displayText).joined(separator: ", ") }
}

extension Index {
  /// The index: `unique (a, b desc) where a > 0`.
  package var displayText: String {
    (isUnique ? "unique " : "") + (method.map { "using \($0) " } ?? "") + "(\(elements.displayText))"
      + includes.included
      + (nullsAreEqual ? " nulls not distinct" : "")
      + storage.clause
      + (predicate.map { " where \($0.text)" } ?? "")
  }
}

extension ExclusionConstraint {
  /// The constraint: `exclude using gist (period with &&)`.
  package var displayText: String {
    let list = elements.map { "\($0.element.displayText) with \($0.comparison)" }.joined(separator: ", ")
    return "exclude using \(method) (\(list))\(includes.included)\(storage.clause)"
      + (predicate.map { " where \($0.text)" } ?? "") + deferral.displayText
  }
}

extension ConstraintDeferral {
  fileprivate var displayText: String { self == .notDeferrable ? "" : " \(rawValue.lowercased())" }
}

extension [String] {
  /// The included columns of an index, as a suffix.
  fileprivate var included: String { isEmpty ? "" : " include (\(joined(separator: ", ")))" }
}

extension Identity {
  /// The identity: `identity always`, `serial start 5`.
  package var displayText: String {
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
  /// The sequence: `bigint start 5 owned by video.number`.
  package var displayText: String {
    let start = (isUnlogged ? ["unlogged"] : []) + [type.displayText]
    let end = owner.map { ["owned by \($0.table).\($0.column)"] } ?? []
    return (start + options.summaries + end).joined(separator: " ")
  }
}

extension EnumType {
  /// The values: `('sad', 'ok')`.
  package var displayText: String { "(\(values.map { LiteralValue.string($0).displayText }.joined(separator: ", ")))" }
}

extension Partition {
  /// The partition: `partition of measurement for values in (1)`.
  package var displayText: String { "partition of \(parent) \(bound)" }
}

extension TableSettings {
  /// Returns one aspect as text; nil for its default.
  func displayText(of aspect: ChangeTableSettings.Aspect) -> String? {
    switch aspect {
    case .rowSecurity:
      rowSecurity == RowSecurity()
        ? nil : (rowSecurity.isEnabled ? "enabled" : "disabled") + (rowSecurity.isForced ? ", forced" : "")
    case .replicaIdentity: replicaIdentity.displayText
    case .clustering: clusteredIndex
    case .inheritance: parents.isEmpty ? nil : "inherits " + parents.map(\.description).joined(separator: ", ")
    }
  }
}

extension ReplicaIdentity {
  fileprivate var displayText: String? {
    switch self {
    case .primaryKey: nil
    case .nothing: "nothing"
    case .full: "full"
    case .index(let name): "index \(name)"
    }
  }
}
