package import MetaxyDatabase
package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyNames

/// The table of one feature in a store, to write its rows to files and read them back: the columns of the sources, as the
/// database has them.
package struct FeatureTable {
  package let key: FeatureKey
  /// The feature version of the sources, or of the program.
  package let currentVersion: String
  package let samples: SampleTable
  package let database: any RowDatabase
  package let connection: any RowConnection
  /// Who asked, whose options hints name.
  package let caller: RowsCaller
  let columns: [TableColumn]

  /// - Parameter desired: the columns of the sources; nil where another program defines the table, whose columns all count then.
  /// - Throws: `table_missing`, `table_drifted`.
  package init(
    _ key: FeatureKey, currentVersion: String, _ samples: SampleTable, desired: [(name: String, type: ColumnType)]?,
    _ database: any RowDatabase, _ connection: any RowConnection, for caller: RowsCaller
  ) throws(MetaxyError) {
    self.key = key
    self.currentVersion = currentVersion
    self.samples = samples
    self.database = database
    self.connection = connection
    self.caller = caller
    guard let live = try connection.columns(of: samples.name) else {
      throw .tableMissing(key, samples.name, database.displayName)
    }
    var problems: [String] = []
    columns = TableColumn.columns(desired, live, in: samples, database, &problems)
    let names = Set(columns.map { ScalarString($0.form.name) })
    if problems.isEmpty {
      let needed = samples.idColumns + samples.generation.systemColumnNames
      problems = needed.filter { !names.contains(ScalarString($0)) }.map { "it has no column `\($0)`" }
    }
    guard problems.isEmpty else { throw .tableDrifted(key, samples.name, problems, database.displayName) }
  }

  var idColumns: [TableColumn] { samples.idColumns.compactMap(column) }

  /// Returns the column with a name; nil if there is none.
  func column(_ name: String) -> TableColumn? {
    columns.first { ScalarString($0.form.name) == ScalarString(name) }
  }

  /// Returns the ID columns with their values, for messages.
  func displayID(_ values: some Sequence<SQLValue>) -> String {
    zip(samples.idColumns, values).map { "`\($0)` \($1.displayText)" }.joined(separator: ", ")
  }
}
