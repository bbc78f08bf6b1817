internal import MetaxyFeatures
package import MetaxyNames
package import MetaxySchema

// Recognises generated names.
extension PostgreSQLDialect {
  /// PostgreSQL names every constraint; a name that it would have generated counts as no name.
  package func generatesName(_ name: String, for constraint: Constraint, of table: Table) -> Bool {
    switch constraint {
    case .primaryKey: return GeneratedName.isGenerated(name, "pkey", table.name.name)
    case .unique(let unique): return isGenerated(name, table, unique.columns + unique.includes, "key")
    case .foreignKey(let key): return isGenerated(name, table, key.columns, "fkey")
    case .exclusion(let exclusion):
      return isGenerated(name, table, exclusion.elements.map(\.element.generatedName) + exclusion.includes, "excl")
    case .check(let check):
      // A check of one column is named after the column.
      let columns = table.columns.map(\.name).filter(check.expression.names.contains)
      return GeneratedName.isGenerated(name, "check", table.name.name, columns.count == 1 ? columns[0] : nil)
    }
  }

  package func generatesName(_ name: String, for index: Index, of table: Table) -> Bool {
    isGenerated(name, table, index.elements.map(\.generatedName) + index.includes, "idx")
  }

  package func generatesName(_ sequence: TableName, for column: Column, of table: Table) -> Bool {
    sequence.schema == table.name.schema
      && GeneratedName.isGenerated(sequence.name, "seq", table.name.name, column.name)
  }

  package func generatedSequence(of column: String, in table: TableName) -> TableName? {
    SequenceName.usual(of: column, in: table)
  }

  private func isGenerated(_ name: String, _ table: Table, _ parts: [String], _ label: String) -> Bool {
    var names: [String] = []
    for part in parts {
      let taken = (1...).lazy.map { part + String($0) }.first { !names.contains($0) }
      names.append(names.contains(part) ? taken ?? part : part)
    }
    return GeneratedName.isGenerated(name, label, table.name.name, names.joined(separator: "_"))
  }
}

extension IndexElement {
  /// The element's part of the index's name: the function of a call, `expr` for any other expression.
  fileprivate var generatedName: String {
    switch term {
    case .column(let name): name
    case .expression(let expression): ExpressionText.calledFunction(expression) ?? "expr"
    }
  }
}
