import MetaxyFeatures
import MetaxyRuntime
import MetaxySchema

/// A rule with revisions in which it must find something, and with similar ones in which it must not.
struct LintCase: Sendable, CustomStringConvertible {
  enum Revision: Sendable {
    case sql(String)
    /// Written by hand, with a record.
    case recorded(String, @Sendable (inout Schema) -> Void)
    /// Rendered by the dialect.
    case rendered(@Sendable (inout Schema) -> Void)
    /// Written by hand, with what a scratch database showed of each statement.
    case measured(String, [Int: StatementMeasurement])
  }

  var rule: String
  var dialect: String
  var fires: [Revision]
  var isSilent: [Revision]

  var description: String { "\(rule) \(dialect)" }

  /// A case of hand-written statements.
  init(_ rule: String, _ dialect: String, _ fires: [String], silent: [String]) {
    self.init(rule, dialect, fires: fires.map { .sql($0) }, isSilent: silent.map { .sql($0) })
  }

  init(_ rule: String, _ dialect: String, fires: [Revision], isSilent: [Revision]) {
    self.rule = rule
    self.dialect = dialect
    self.fires = fires
    self.isSilent = isSilent
  }
}
