internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySchema

/// The number of characters of a hash to keep. A graph has one, because the hash of a feature is part of the hashes
/// downstream.
struct TruncationLength {
  /// nil for all.
  private(set) var characters: Int?
  private(set) var diagnostics: [Diagnostic] = []

  /// The number that generation 0.1 keeps if nothing sets it.
  private static let default01 = 8

  /// Takes the configured number, or that of the exported graphs if they agree, or the default of the generation.
  init(of exports: [ExportedGraph], configured: Int?, besideSwift hasSwift: Bool, _ generation: Generation = .seed) {
    let lengths = exports.compactMap(\.truncationLength)
    characters = configured ?? lengths.first?.characters ?? (generation == .seed ? nil : Self.default01)
    diagnostics = lengths.filter { $0.characters != characters }.map { other in
      Diagnostic(
        "\(Self.words(other.characters)) of a hash are kept here, and \(Self.words(characters)) elsewhere: a graph has one"
          + " `hash_truncation_length`", at: other.source,
        notes: configured == nil
          ? lengths.prefix(1).map { .init("the first value in an exported graph is here", at: $0.source) }
          : [.init("`hash_truncation_length` of the configuration is the other value")])
    }
    if configured == nil, hasSwift, characters != nil, let first = lengths.first {
      diagnostics.append(
        Diagnostic(
          .warning, "\(Self.words(characters)) of a hash are kept for the features in Swift, too", at: first.source,
          notes: [.init("the configuration's `hash_truncation_length` can set it for all")]))
    }
  }

  private static func words(_ characters: Int?) -> String { characters.map { "\($0) characters" } ?? "all characters" }
}
