internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures

/// Decodes joined rows from the values of a query.
struct JoinedReader<Row> {
  let read: ([SQLValue]) throws(MetaxyError) -> Row
}

/// How joined rows are decoded; a new ``JoinedReader`` is made for each fetch, because it keeps state.
struct JoinedReading<Row: Sendable>: Sendable {
  private let make: @Sendable ([JoinedTable]) -> JoinedReader<Row>
  /// The number of features.
  private let count: Int

  private init(count: Int, _ make: @escaping @Sendable ([JoinedTable]) -> JoinedReader<Row>) {
    self.count = count
    self.make = make
  }

  func reader(_ tables: [JoinedTable]) -> JoinedReader<Row> { make(tables) }

  /// Returns the reading of the rows of one feature.
  static func first<First: Feature>(_ type: First.Type) -> Self where Row == StoredRow<First> {
    Self(count: 1) { tables in
      let reader = RowReader<First>(tables[0].layout, from: tables[0].start)
      return JoinedReader { row throws(MetaxyError) in try reader.read(row) }
    }
  }

  /// Returns the reading of the rows with one of another feature.
  func required<Other: Feature, Longer: Sendable>(
    _ type: Other.Type, _ append: @escaping @Sendable (Row, StoredRow<Other>) -> Longer
  ) -> JoinedReading<Longer> {
    JoinedReading<Longer>(count: count + 1) { [count] tables in
      let former = make(tables)
      let reader = RowReader<Other>(tables[count].layout, from: tables[count].start)
      return JoinedReader { row throws(MetaxyError) in append(try former.read(row), try reader.read(row)) }
    }
  }

  /// Returns the reading of the rows with one of another feature, or nil where there is none.
  func optional<Other: Feature, Longer: Sendable>(
    _ type: Other.Type, _ append: @escaping @Sendable (Row, StoredRow<Other>?) -> Longer
  ) -> JoinedReading<Longer> {
    JoinedReading<Longer>(count: count + 1) { [count] tables in
      let former = make(tables)
      let reader = RowReader<Other>(tables[count].layout, from: tables[count].start)
      let presence = tables[count].presence
      return JoinedReader { row throws(MetaxyError) in
        let first = try former.read(row)
        if let presence, row[presence] == .null { return append(first, nil) }
        return append(first, try reader.read(row))
      }
    }
  }
}
