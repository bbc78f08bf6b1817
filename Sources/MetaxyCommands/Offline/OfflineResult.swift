internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRevisions

/// What a check without a database adds to its report.
package struct OfflineResult: Sendable {
  /// How the files of a dialect were read.
  package enum Method: String, Sendable {
    /// Every section ran in a database in memory.
    case statements
    /// The records beside the files were added up.
    case records
  }

  /// A revision that cannot be applied to an empty database.
  package struct Failure: Sendable {
    package var dialect: String
    package var code: String
    package var message: String
    var hints: [Hint]

    /// - Parameter hints: what can be done about it; those of the error are about a database.
    init(_ error: MetaxyError, on dialect: StoreDialect, hints: [Hint] = []) {
      self.dialect = dialect.rawValue
      code = error.code.rawValue
      message = ([error.message] + error.causes.map(\.description)).joined(separator: ": ")
      self.hints = hints
    }

    var line: String { "cannot be applied to an empty database (\(dialect)): \(message)" }
  }

  /// How each dialect was compared, in the order of the comparison.
  private var methods: [(dialect: String, method: Method)] = []
  package private(set) var failures: [Failure] = []
  /// What was not compared, as sentences.
  package private(set) var notCompared: [String] = []

  mutating func note(_ method: Method, of dialect: StoreDialect) {
    guard !methods.contains(where: { $0.dialect == dialect.rawValue }) else { return }
    methods.append((dialect.rawValue, method))
  }

  mutating func note(_ failure: Failure) { failures.append(failure) }

  mutating func noteNotCompared(_ sentences: [String]) { notCompared = (notCompared + sentences).uniqued }

  /// The methods, for people.
  var methodText: String {
    methods.map { dialect, method in
      switch method {
      case .statements: "\(dialect): every statement ran in memory"
      case .records: "\(dialect): by the records, no statement ran"
      }
    }.joined(separator: "; ")
  }

  var methodJSON: JSONValue { .object(methods.map { .init($0.dialect, .string($0.method.rawValue)) }) }
}
