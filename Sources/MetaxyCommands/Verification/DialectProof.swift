/// What the proof of a revision on one dialect showed.
struct DialectProof: Sendable {
  let dialect: String
  /// The version of the engine that ran it; nil if none did.
  var version: String?
  var outcome: Outcome
  /// The columns and tables whose values the upgrade loses with its statements: `video.size`.
  var losses: [String] = []

  enum Outcome: Sendable {
    /// Both directions leave the recorded schema, and keep the rows.
    case proven(RowProof)
    /// The proof was not possible.
    case notVerified(String)
    /// A direction fails, or leaves something else.
    case differs([ProofDifference])
  }

  /// The differences; none if it is proven, or not verified.
  var differences: [ProofDifference] { if case .differs(let found) = outcome { found } else { [] } }
  /// Why the proof was not possible.
  var reason: String? { if case .notVerified(let reason) = outcome { reason } else { nil } }
}

/// What was shown about rows.
enum RowProof: Sendable, Hashable {
  case kept
  /// Only the schema was compared, for this reason.
  case none(String)
}

/// A difference between what a revision leaves and what it should leave.
struct ProofDifference: Sendable, Hashable {
  enum Stage: String, Sendable {
    case upgrade = "upgrade"
    case downgrade = "downgrade"
    case secondUpgrade = "second upgrade"
  }

  /// The run after which it was found.
  var stage: Stage
  var text: String
}
