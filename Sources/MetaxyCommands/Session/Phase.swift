/// The phases of a command, for `--timings`.
package enum Phase: String, Sendable {
  /// Finding and reading the configuration.
  case configuration
  /// Reading revision files.
  case revisions
  /// Reading feature sources: finding them, parsing, resolving names across files.
  case discovery
  /// Deriving tables from features.
  case derivation
  /// Computing the versions of features.
  case versions
  /// Reading the live tables.
  case introspection
  /// Normalising live expressions.
  case normalisation
  /// Comparing live and desired tables.
  case comparison
}

extension CommandContext {
  /// Runs a phase and reports its duration.
  func timed<Result, Failure: Error>(
    _ phase: Phase, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try work()
    report(.phase(phase, clock.now - start))
    return result
  }
}
