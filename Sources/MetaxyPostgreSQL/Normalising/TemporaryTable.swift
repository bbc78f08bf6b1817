internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// A temporary table with the parts of a desired table that differ in text from the live one.
struct TemporaryTable {
  let pair: TablePair
  private let differences: TextDifferences
  private let dialect: PostgreSQLDialect

  init(_ pair: TablePair, _ differences: TextDifferences, _ dialect: PostgreSQLDialect) {
    self.pair = pair
    self.differences = differences
    self.dialect = dialect
  }

  private var writer: SQLWriter { SQLWriter(dialect) }
  private var name: TableName { TableName(pair.desired.name.name, schema: "pg_temp") }

  /// Creates the table part by part and returns the parts that PostgreSQL refuses, which cannot be compared.
  func make(_ trial: RolledBackTransaction) throws(MetaxyError) -> [UndecidedPart] {
    let creation = try writer.createTable(bareTable)
    if let error = try trial.failure(of: creation) { return [UndecidedPart(ofTable: pair.desired.name, error)] }
    var undecided: [UndecidedPart] = []
    for (sql, what) in try generatedColumns + defaults + checks + policies + exclusions + indexes {
      guard let error = try trial.failure(of: sql), let what else { continue }
      let name = pair.desired.name
      undecided.append(
        UndecidedPart(of: name, "cannot compare \(what) of `\(name)` with the live schema: \(error.message)"))
    }
    return undecided
  }

  /// Returns the desired table with all printed parts in PostgreSQL's form.
  func canonical(_ printed: Table) -> Table {
    var table = pair.desired
    for index in table.columns.indices {
      guard let column = printed.columns.first(where: { $0.name == table.columns[index].name }) else { continue }
      take(column, into: &table.columns[index])
    }
    for place in differences.checks {
      guard let check = printed.checks.first(where: { $0.name?.text == Self.name(.check, place) }) else { continue }
      table.checks[place].expression = check.expression
    }
    for place in differences.policies {
      guard let policy = printed.policies.first(where: { $0.name == Self.name(.policy, place) }) else { continue }
      table.policies[place].using = policy.using
      table.policies[place].check = policy.check
    }
    for place in differences.exclusions {
      guard let exclusion = printed.exclusions.first(where: { $0.name?.text == Self.name(.exclusion, place) }) else {
        continue
      }
      table.exclusions[place].elements = exclusion.elements
      table.exclusions[place].predicate = exclusion.predicate
    }
    for place in differences.indexes {
      guard let index = printed.indexes.first(where: { $0.name.text == Self.name(.index, place) }) else { continue }
      table.indexes[place].elements = index.elements
      table.indexes[place].predicate = index.predicate
    }
    return table
  }

  private func take(_ printed: Column, into column: inout Column) {
    if differences.types.contains(column.name) {
      column.type = printed.type
      // In PostgreSQL, the type `serial` stands for a type, a sequence and a default.
      if var identity = printed.identity {
        identity.sequence?.schema = pair.desired.name.schema
        column.identity = identity
        column.isNullable = printed.isNullable
      }
    }
    if differences.defaults.contains(column.name) { column.defaultValue = printed.defaultValue ?? column.defaultValue }
    if differences.generated.contains(column.name) { column.generated = printed.generated ?? column.generated }
  }

  /// The table with only its columns and without expressions, which could refer to any column.
  private var bareTable: Table {
    let columns = pair.desired.columns.filter { $0.generated == nil }
    return Table(name: name, columns: columns.map { Column(name: $0.name, type: $0.type, collation: $0.collation) })
  }

  private typealias Piece = (sql: String, what: String?)

  /// All generated columns: a check may refer to an unchanged one. Only refused ones that differ are reported.
  private var generatedColumns: [Piece] {
    get throws(MetaxyError) {
      try pair.desired.columns.filter { $0.generated != nil }.map { column throws(MetaxyError) in
        let definition = try writer.definition(
          of: Column(
            name: column.name, type: column.type, generated: column.generated, collation: column.collation),
          in: [], with: [])
        let isDifferent = differences.generated.contains(column.name)
        return (alter("ADD COLUMN \(definition)"), isDifferent ? "the expression of the column `\(column.name)`" : nil)
      }
    }
  }

  private var defaults: [Piece] {
    pair.desired.columns.filter { differences.defaults.contains($0.name) }.compactMap { column in
      column.defaultValue.map { value in
        (
          alter("ALTER COLUMN \(dialect.quoted(column.name)) SET DEFAULT \(dialect.text(of: value))"),
          "the default of the column `\(column.name)`"
        )
      }
    }
  }

  private var checks: [Piece] {
    differences.checks.map { place in
      let check = CheckConstraint(
        name: .derived(Self.name(.check, place)), expression: pair.desired.checks[place].expression)
      let what = "the check `\(check.expression.text(for: dialect.name))`"
      return (alter("ADD \(writer.clause(.check(check)))"), what)
    }
  }

  private var policies: [Piece] {
    differences.policies.map { place in
      var policy = pair.desired.policies[place]
      let what = "the policy `\(policy.name)`"
      policy.name = Self.name(.policy, place)
      return (dialect.createPolicy(policy, on: name), what)
    }
  }

  private var exclusions: [Piece] {
    differences.exclusions.map { place in
      var exclusion = pair.desired.exclusions[place]
      let what = "the constraint `\(exclusion.name?.text ?? exclusion.displayText)`"
      exclusion.name = .derived(Self.name(.exclusion, place))
      return (alter("ADD \(writer.clause(.exclusion(exclusion)))"), what)
    }
  }

  private var indexes: [Piece] {
    differences.indexes.map { place in
      var index = pair.desired.indexes[place]
      let what = "the index `\(index.name.text)`"
      index.name = .derived(Self.name(.index, place))
      return (writer.createIndex(index, on: name), what)
    }
  }

  private func alter(_ change: String) -> String { "ALTER TABLE \(writer.name(name)) \(change)" }

  private enum Kind: String {
    case check, policy, exclusion, index
  }

  /// Returns a name that identifies a part of the table, independent of its own name.
  private static func name(_ kind: Kind, _ place: Int) -> String { "metaxy_\(kind.rawValue)_\(place)" }
}
