internal import MetaxyFeatures

/// ID columns must exist, and the program must supply their values: a value that the database generates would identify a
/// new sample at each insert.
extension FeatureRules {
  package var missingIDColumns: [Violation] {
    idColumns.enumerated().filter { position(of: $1) == nil }.map { place, id in
      Violation(
        subject: .idColumn(place),
        message: "the ID column `\(id)` of `\(label)` \(form.missing)"
          + suggestion(for: id, among: columns.map(\.name)))
    }
  }

  package var nullableIDColumns: [Violation] {
    positions(of: idColumns).filter { columns[$0].isNullable }.map { position in
      Violation(
        subject: .columnType(position),
        message: "the ID column `\(columns[position].name)` of `\(label)` must not be \(form.nullable)")
    }
  }

  package var filledIDColumns: [Violation] {
    positions(of: idColumns).flatMap { position in
      reasons(of: position).map { source, reason in
        Violation(
          subject: .source(source, ofColumn: position),
          message:
            "the ID column `\(columns[position].name)` of `\(label)` must not be filled by the database: \(reason)"
        )
      }
    }
  }

  private func reasons(of position: Int) -> [(Source, String)] {
    let column = columns[position]
    var reasons: [(Source, String)] = []
    if column.hasDefault { reasons.append((.defaultValue, "it has a default")) }
    if column.isGenerated { reasons.append((.expression, "it is a generated column")) }
    if let text = column.type?.serverGeneratedType { reasons.append((.type, "`\(text)` fills itself")) }
    // A single-column INTEGER key is an alias of SQLite's rowid, so SQLite generates its values.
    if key == [column.name], column.type?.isRowID(in: options) == true {
      reasons.append((.type, "SQLite fills a lone `INTEGER PRIMARY KEY` itself"))
    }
    return reasons
  }
}
