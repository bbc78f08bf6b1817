internal import MetaxyErrors
package import MetaxyFeatures

/// The value that existing rows get in a column that is added, or in place of NULL where that is no longer allowed; not a
/// default of the database.
package enum Backfill: Sendable, Hashable {
  /// The initial value of a property. A column that is added with a default has that.
  case initial(LiteralValue)
  /// The value of `@Column(backfill:)` or `--backfill`, even if the column has a default.
  case declared(ColumnDefault)

  /// The value; nil for NULL.
  package var value: ColumnDefault? {
    switch self {
    case .initial(.null), .declared(.literal(.null)): nil
    case .initial(let literal): .literal(literal)
    case .declared(let value): value
    }
  }

  /// The value of `@Column(backfill:)` or `--backfill`; nil for others.
  package var declaredValue: ColumnDefault? { if case .declared = self { value } else { nil } }
}

extension Column {
  /// Returns the value that existing rows get when the column is added; nil for NULL, or its default.
  ///
  /// - Parameter hasDefault: whether the column has a default other than NULL.
  package func addedValue(hasDefault: Bool) -> ColumnDefault? {
    guard generated == nil else { return nil }
    return backfill?.declaredValue ?? (hasDefault ? nil : backfill?.value)
  }
}

// An initial value is a plain literal in a record, so that it reads as in the source.
extension Backfill {
  var json: JSONValue {
    switch self {
    case .initial(let literal): literal.json
    case .declared(.currentTimestamp): ColumnDefault.expression("CURRENT_TIMESTAMP").json
    case .declared(let value): value.json
    }
  }

  init(json: JSONValue) throws(MetaxyError) {
    let isDeclared = json["literal"] != nil || json["expression"] != nil
    self = try isDeclared ? .declared(ColumnDefault(json: json)) : .initial(LiteralValue(json: json))
  }
}
