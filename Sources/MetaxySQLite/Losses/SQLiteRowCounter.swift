internal import CSQLite
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQLiteDriver

/// Counts rows with temporary triggers that call a function of the program.
///
/// The update hook would not do: SQLite does not call it for tables without rowid, for rows that REPLACE deletes, and in a
/// DELETE without WHERE. https://sqlite.org/c3ref/update_hook.html A trigger also knows the values before and after.
final class SQLiteRowCounter {
  /// What happens to rows.
  enum Event: Int {
    case insert, delete, overwrite
  }

  /// The numbers of events by the tables' places and the events.
  private var counts: [Int: [Int]] = [:]
  private var triggers: [String] = []
  private unowned let session: SQLiteConnection

  private static let function = "_metaxy_count_row"
  private static let triggerPrefix = "_metaxy_measure_"

  init(_ session: SQLiteConnection) throws(MetaxyError) {
    self.session = session
    let result = sqlite3_create_function_v2(
      session.handle, Self.function, 2, SQLITE_UTF8 | SQLITE_INNOCUOUS, Unmanaged.passUnretained(self).toOpaque(),
      { call, _, values in
        guard let context = sqlite3_user_data(call), let values else { return }
        Unmanaged<SQLiteRowCounter>.fromOpaque(context).takeUnretainedValue()
          .count(Int(sqlite3_value_int64(values[0])), Int(sqlite3_value_int64(values[1])))
      }, nil, nil, nil)
    guard result == SQLITE_OK else { throw session.failure(of: "sqlite3_create_function_v2") }
  }

  deinit { sqlite3_create_function_v2(session.handle, Self.function, 2, SQLITE_UTF8, nil, nil, nil, nil, nil) }

  private func count(_ table: Int, _ event: Int) {
    guard event >= 0, event < 3 else { return }
    counts[table, default: [0, 0, 0]][event] += 1
  }

  /// Begins to count an event of a table.
  ///
  /// - Parameters:
  ///   - place: a number by which the count is asked for.
  ///   - condition: the condition on `OLD` and `NEW` under which a row counts; nil for every row.
  func watch(_ table: String, _ place: Int, _ event: Event, when condition: String? = nil) throws(MetaxyError) {
    let name = "\(Self.triggerPrefix)\(place)_\(event.rawValue)"
    let verb = ["INSERT", "DELETE", "UPDATE"][event.rawValue]
    let when = condition.map { " WHEN \($0)" } ?? ""
    try session.execute(
      "CREATE TEMP TRIGGER \(SQLText.identifier(name)) AFTER \(verb) ON main.\(SQLText.identifier(table))\(when)"
        + " BEGIN SELECT \(Self.function)(\(place), \(event.rawValue)); END", [])
    triggers.append(name)
  }

  /// Ends counting, and returns how often the events of the tables occurred.
  func stop() throws(MetaxyError) -> (Int, Event) -> Int {
    for name in triggers { try session.execute("DROP TRIGGER IF EXISTS temp.\(SQLText.identifier(name))", []) }
    triggers = []
    let result = counts
    counts = [:]
    return { place, event in result[place]?[event.rawValue] ?? 0 }
  }
}
