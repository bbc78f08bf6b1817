/// A word of a transcript.
public struct SpokenWord: Codable, Sendable {
  public var text: String
  public var start: Double

  public init(text: String, start: Double) {
    self.text = text
    self.start = start
  }
}

/// The positions of each word in a transcript.
public struct SearchIndex: Sendable {
  public var positions: [String: [Int]] = [:]
}
