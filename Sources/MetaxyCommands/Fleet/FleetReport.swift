internal import MetaxyErrors
package import MetaxyFeatures

/// The result of a command on several databases.
package struct FleetReport: Report {
  /// The result on one of them.
  struct Entry: Sendable {
    enum Outcome: String, Sendable, CaseIterable {
      case done
      /// The command succeeded, and its answer is "differs".
      case differs
      case failed
      case notRun = "not_run"
    }

    var store: String
    var database: String?
    var outcome: Outcome
    var result: JSONValue?
    var line: String
    var error: MetaxyError?
    var annotations: [Annotation] = []
  }

  var entries: [Entry] = []

  init() {}

  mutating func add<Answer>(_ members: [FleetMember], _ outcomes: [FleetOutcome<Answer>]) {
    entries += zip(members, outcomes).map(Entry.init)
  }

  package var hasFailed: Bool { count(.failed) + count(.notRun) > 0 }
  package var differs: Bool { count(.differs) > 0 }

  private func count(_ outcome: Entry.Outcome) -> Int { entries.count { $0.outcome == outcome } }

  package var json: JSONValue {
    .object(
      [.init("stores", .array(entries.map(Self.json)))]
        + Entry.Outcome.allCases.map { .init($0.rawValue, JSONValue(count($0))) })
  }

  package var annotations: [Annotation] {
    entries.flatMap { entry in
      entry.annotations.map { annotation in
        var annotation = annotation
        annotation.message = "\(entry.store): \(annotation.message)"
        return annotation
      }
    }
  }

  private static func json(of entry: Entry) -> JSONValue {
    .object([
      .init("store", .string(entry.store)), .init("database", JSONValue(entry.database)),
      .init("outcome", .string(entry.outcome.rawValue)), .init("result", entry.result ?? .null),
      .init("error", entry.error?.details ?? .null),
    ])
  }

  package var text: String {
    let counts = Entry.Outcome.allCases.filter { count($0) > 0 }.map { outcome in
      "\(count(outcome)) \(outcome == .notRun ? "not run" : outcome.rawValue)"
    }
    return
      (entries.map { "\($0.store): \($0.line)" }
      + ["\(Wording.count(entries.count, "database")): \(counts.joined(separator: ", "))"]).joined(separator: "\n")
  }
}

extension FleetReport.Entry {
  fileprivate init<Answer: Report>(_ member: FleetMember, _ outcome: FleetOutcome<Answer>) {
    store = member.name
    database = member.database
    switch outcome {
    case .answer(let answer):
      self.outcome = answer.differs ? .differs : .done
      result = answer.json
      line = answer.line
      annotations = answer.annotations
    case .failure(let error):
      self.outcome = .failed
      line = "failed: \(error.message.split(separator: "\n").joined(separator: " "))"
      self.error = error
    case .notRun:
      self.outcome = .notRun
      line = "not run"
    }
  }
}
