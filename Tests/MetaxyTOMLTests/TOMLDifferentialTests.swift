import Foundation
import MetaxyErrors
import MetaxyTOML
import MetaxyTestSupport
import Testing

/// Python's own reader as the peer: it must be 3.11 or later, and on the path as `python3`.
@Suite(.timed) struct TOMLDifferentialTests {
  @Test func validDocumentsReadAsInPython() throws {
    let peers = try Peer.read(TOMLCorpus.valid)
    try #require(peers.count == TOMLCorpus.valid.count)
    for (document, peer) in zip(TOMLCorpus.valid, peers) {
      let ours = try #require(Ours.read(document), "refused: \(document)")
      #expect(ours as NSDictionary == peer as? NSDictionary, "\(document)")
    }
  }

  @Test func invalidDocumentsAreRefusedAsInPython() throws {
    let peers = try Peer.read(TOMLCorpus.invalid)
    try #require(peers.count == TOMLCorpus.invalid.count)
    for (document, peer) in zip(TOMLCorpus.invalid, peers) {
      #expect(peer == nil, "Python accepts: \(document)")
      #expect(Ours.read(document) == nil, "accepted: \(document)")
    }
  }

  @Test(arguments: TOMLCorpus.onlyInTOML11)
  func laterSyntaxIsRefused(document: String) {
    #expect(Ours.read(document) == nil)
  }

  /// Any prefix of a document is a document of its own: most are cut in the middle of something.
  @Test func prefixesAreJudgedAsInPython() throws {
    let whole = TOMLCorpus.valid.joined(separator: "\n[[next]]\n")
    let prefixes = stride(from: 0, to: whole.unicodeScalars.count, by: TestSize.count(17, long: 3)).map {
      String(String.UnicodeScalarView(whole.unicodeScalars.prefix($0)))
    }
    for (document, peer) in zip(prefixes, try Peer.read(prefixes)) {
      let ours = Ours.read(document)
      #expect((ours == nil) == (peer == nil), "\(document.suffix(80))")
    }
  }
}

/// The reader's answer in the form of the script below.
private enum Ours {
  static func read(_ text: String) -> [String: Any]? {
    (try? TOMLDocument(text, file: "test.toml")).map { table($0.root) }
  }

  private static func table(_ table: TOMLTable) -> [String: Any] {
    // Keys are encoded: `NSDictionary` would take two spellings of one letter for the same key.
    Dictionary(uniqueKeysWithValues: table.entries.map { (hex($0.key), value($0.value)) })
  }

  private static func value(_ value: TOMLValue) -> Any {
    switch value.content {
    case .string(let text): ["string", hex(text)]
    case .integer(let number): ["integer", String(number)]
    case .float(let number): ["float", number.isNaN ? "nan" : String(number.bitPattern)]
    case .boolean(let truth): ["boolean", String(truth)]
    case .dateTime(let dateTime): [kind(dateTime.kind), canonical(dateTime)]
    case .array(let values): ["array", values.map(Self.value)]
    case .table(let table): Self.table(table)
    }
  }

  private static func kind(_ kind: TOMLDateTime.Kind) -> String {
    switch kind {
    case .offsetDateTime: "offset"
    case .localDateTime: "local"
    case .localDate: "date"
    case .localTime: "time"
    }
  }

  /// The text as Python's `isoformat(timespec="microseconds")` writes it.
  private static func canonical(_ dateTime: TOMLDateTime) -> String {
    guard dateTime.kind != .localDate else { return dateTime.text }
    var text = dateTime.text.uppercased().replacingOccurrences(of: " ", with: "T")
    var offset = ""
    if dateTime.kind == .offsetDateTime {
      offset = text.hasSuffix("Z") ? "+00:00" : String(text.suffix(6))
      text.removeLast(text.hasSuffix("Z") ? 1 : 6)
    }
    let parts = text.split(separator: ".")
    let fraction = parts.count > 1 ? String(parts[1].prefix(6)) : ""
    return "\(parts[0])." + fraction.padding(toLength: 6, withPad: "0", startingAt: 0) + offset
  }

  private static func hex(_ text: String) -> String {
    text.utf8.map { String(format: "%02x", $0) }.joined()
  }
}

private enum Peer {
  private static let script = """
    import datetime, json, math, struct, sys, tomllib
    def hexed(text): return text.encode("utf-8").hex()
    def value(v):
        if isinstance(v, dict): return {hexed(k): value(x) for k, x in v.items()}
        if isinstance(v, list): return ["array", [value(x) for x in v]]
        if isinstance(v, bool): return ["boolean", str(v).lower()]
        if isinstance(v, int): return ["integer", str(v)]
        if isinstance(v, float):
            return ["float", "nan" if math.isnan(v) else str(struct.unpack(">Q", struct.pack(">d", v))[0])]
        if isinstance(v, datetime.datetime):
            return ["offset" if v.tzinfo else "local", v.isoformat(timespec="microseconds")]
        if isinstance(v, datetime.date): return ["date", v.isoformat()]
        if isinstance(v, datetime.time): return ["time", v.isoformat(timespec="microseconds")]
        return ["string", hexed(v)]
    def read(text):
        try: return value(tomllib.loads(text))
        except ValueError: return None
    with open(sys.argv[1], encoding="utf-8") as source: documents = json.load(source)
    json.dump([read(d) for d in documents], sys.stdout)
    """

  /// Returns what `tomllib` makes of each document: nil where it refuses.
  static func read(_ documents: [String]) throws -> [[String: Any]?] {
    let directory = try TemporaryDirectory()
    let file = "\(directory.path)/documents.json"
    try JSONEncoder().encode(documents).write(to: URL(filePath: file))
    let output = try Python.run(script, [file])
    let answers = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [Any])
    return answers.map { $0 as? [String: Any] }
  }
}
