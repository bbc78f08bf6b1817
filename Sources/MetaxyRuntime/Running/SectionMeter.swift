internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxySQL

/// Measures the losses of one section, and refuses those that its statements do not consent to.
struct SectionMeter {
  let meter: any LossMeter
  let section: RevisionSection
  /// The tokens of its statements.
  let tokens: [[SQLToken]]
  /// Its number among the sections of its direction; the first is 1.
  let number: Int
  let step: RunStep
  private let allowedRules: Set<String>

  init(meter: any LossMeter, section: RevisionSection, tokens: [[SQLToken]], number: Int, step: RunStep) {
    self.meter = meter
    self.section = section
    self.tokens = tokens
    self.number = number
    self.step = step
    allowedRules = Self.rules(of: section.statements)
  }

  /// Runs a statement of the section by calling `body`, and returns how many rows it changed.
  ///
  /// - Throws: `would_lose_data`; the transaction must then be rolled back.
  func measure(at index: Int, _ body: () throws(MetaxyError) -> Int) throws(MetaxyError) -> Int {
    let statement = section.statements[index]
    let result = try meter.measure(
      MeasuredStatement(
        sql: statement.sql, tokens: tokens[index], following: tokens[(index + 1)...],
        allowedRules: Self.rules(of: [statement]), allowedRulesOfSection: allowedRules), body)
    try require(
      result.losses, allowances: result.areEarlier ? [] : statement.allowances,
      at: result.areEarlier ? section.position : statement.position)
    return result.changedRows
  }

  private static func rules(of statements: [RevisionStatement]) -> Set<String> {
    Set(statements.flatMap(\.allowances).map { $0.rule.uppercased() })
  }

  /// Refuses what the end of the section loses, such as by deferred triggers: each of its statements may consent.
  func finish() throws(MetaxyError) {
    try require(
      try meter.finish(), allowances: section.statements.flatMap(\.allowances),
      at: section.position ?? section.statements.last?.position)
  }

  private func require(
    _ losses: [MeasuredLoss], allowances: [Allowance], at position: SQLPosition?
  ) throws(MetaxyError) {
    let refused = losses.filter { !allowances.allow($0.rule) }
    guard refused.isEmpty else {
      throw .lostData(refused, place: position.map { "\(step.file.path):\($0.line)" } ?? step.file.path, number, step)
    }
  }
}
