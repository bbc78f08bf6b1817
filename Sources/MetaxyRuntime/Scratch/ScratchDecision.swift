/// What a scratch database does with a statement of a `.sql` file, decided from its tokens before anything runs.
///
/// A statement runs only if it is on an engine's list of statements that define something in the current database and
/// reach nothing else. A statement that no list contains is refused.
package enum ScratchDecision: Sendable, Hashable {
  /// Runs `sql`: the statement itself, or one that defines the same and runs less.
  case run(String)
  /// Runs `sql`, which defines an object that is not managed, such as a view that a table's definition may refer to.
  case runUnmanaged(String, kind: String)
  /// Restores the settings that the session had before the file.
  case restoreSettings
  /// Leaves the statement out: its effect is not managed, and no table depends on it, as on rows and privileges.
  case skipUnmanaged(kind: String)
  /// Leaves the statement out: it means nothing for definitions.
  case skip(kind: String)
  /// Begins or ends a transaction of the file. Nothing else happens: the file is read as a whole or not at all.
  case beginTransaction
  case endTransaction
  /// Runs `sql` for the rest of the file's transaction; outside a transaction, the setting would end with its statement.
  case runLocally(String, setting: String)
  /// Refuses the whole file.
  case refuse(kind: String, reason: String)
}

extension ScratchDecision {
  /// The reason for statements on no list.
  package static let unknownReason = "it is not known to define tables, or what they need, and nothing else"
  package static let serverReason = "it acts on the whole server, not on one database"
  package static let codeReason = "its code would run while the file is read"
  package static let queryReason = "functions that it calls would run while the file is read"
  package static let undoReason = "what it undoes is not part of the definition: leave both out"
  package static let temporaryReason = "a temporary object ends with its session, so it defines nothing"
}
