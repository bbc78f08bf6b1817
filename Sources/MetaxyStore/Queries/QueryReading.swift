internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// Decodes the rows of a query in SQL.
struct QueryReader<Row> {
  let read: ([SQLValue]) throws(MetaxyError) -> Row
}

/// How the rows of a query in SQL are decoded; a new ``QueryReader`` is made for each fetch, because it keeps state.
struct QueryReading<Row: Sendable>: Sendable {
  /// Returns the reader of an answer with columns of these names.
  let reader: @Sendable (_ columns: [String], _ dialect: StoreDialect) throws(MetaxyError) -> QueryReader<Row>

  /// Reads the columns by their places.
  init<each Value: Decodable & Sendable>(columns: repeat (each Value).Type) where Row == (repeat each Value) {
    var count = 0
    for _ in repeat each columns { count += 1 }
    let expected = count
    reader = { names, dialect throws(MetaxyError) in
      guard names.count == expected else { throw .otherColumns(names, expected: expected) }
      let forms = names.map { ColumnCodec(.answer($0), dialect) }
      return QueryReader { row throws(MetaxyError) in
        var values = AnswerValues(row: row, forms: forms)
        do {
          return (repeat try values.next((each Value).self))
        } catch {
          throw .answerUnreadable(error)
        }
      }
    }
  }

  /// Reads the columns by their names.
  init(_ type: Row.Type) where Row: Decodable {
    reader = { names, dialect throws(MetaxyError) in
      let feature = RegisteredFeature(
        "query", type: nil, project: "", table: "", idColumns: [], columns: names.map { .answer($0) }, fields: [],
        featureVersion: "", specVersion: "")
      let decoder = RowDecoder(
        RowLayout(feature, dialect, .seed), from: 0, missing: "the query has no such column")
      return QueryReader { row throws(MetaxyError) in
        do {
          return try decoder.decode(type, row)
        } catch {
          throw .answerUnreadable(error)
        }
      }
    }
  }
}

/// Decodes the values of a row one after the other.
private struct AnswerValues {
  let row: [SQLValue]
  let forms: [ColumnCodec]
  private var position = 0
  private let json = JSONText()

  init(row: [SQLValue], forms: [ColumnCodec]) {
    self.row = row
    self.forms = forms
  }

  mutating func next<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let form = forms[position]
    defer { position += 1 }
    do throws(ColumnProblem) {
      return try form.optionalValue(row[position], type, json)
    } catch {
      throw CellProblem(column: form.name, reason: error.reason, cause: error.cause)
    }
  }
}

extension RegisteredColumn {
  /// A column of an answer, whose values are read as they come.
  fileprivate static func answer(_ name: String) -> RegisteredColumn {
    RegisteredColumn(name, codingKey: name, type: .raw(""), isNullable: true)
  }
}
