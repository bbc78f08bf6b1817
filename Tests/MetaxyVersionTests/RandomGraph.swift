import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxyTestSupport

/// A graph by chance: wide, deep, full of diamonds, with keys that nearly collide.
struct RandomGraph {
  private(set) var definitions: [FeatureDefinition] = []
  let project: String
  let length: Int?

  /// The shape goes by `number`, so that each occurs.
  init(number: Int, using random: inout SplitMix64) {
    project = ["shop", "a-b_c", "default"][number % 3]
    length = [nil, 8, 13, 64, 100][number % 5]
    let count = number % 8 == 0 ? 0 : Int.random(in: 1...30, using: &random)
    var keys: Set<FeatureKey> = []
    while keys.count < count { keys.insert(FeatureKey(Self.parts(using: &random))) }
    // A set's own order is another one in each process.
    for (position, key) in keys.sorted().shuffled(using: &random).enumerated() {
      definitions.append(definition(key, at: position, deep: number.isMultiple(of: 2), using: &random))
    }
    definitions.shuffle(using: &random)
  }

  /// The same letter as one scalar and as two, letters beyond the BMP and before it, parts whose joined texts are equal.
  private static let words = [
    "a", "a1", "11", "1", "b", "c", "a.b", "b.c", "a-b", "Z", "\u{E9}", "e\u{301}", "\u{FF5E}", "\u{1F600}", "_x",
    "x y",
    "日本", "\u{1E9B}\u{323}", "\u{212B}", "\u{C5}", "\"", "\\", "\u{7F}", "\u{0}",
  ]

  private static func parts(using random: inout SplitMix64) -> [String] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in words.randomElement(using: &random) ?? "a" }
  }

  private func definition(
    _ key: FeatureKey, at position: Int, deep: Bool, using random: inout SplitMix64
  ) -> FeatureDefinition {
    let nearest = deep ? max(0, position - 2) : 0
    var upstream = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in
      position == 0 ? nil : definitions[Int.random(in: nearest..<position, using: &random)]
    }
    if let first = upstream.first, Int.random(in: 0..<8, using: &random) == 0 { upstream.append(first) }
    let dependencies = upstream.map { FeatureDependency(feature: .key($0.key)) }
    var definition = FeatureDefinition(
      key: key, typeName: "T\(position)", source: SourceLocation(file: "g", line: position + 1, column: 1),
      idColumns: ["id", "e\u{301}"],
      dependencies: dependencies.isEmpty && Bool.random(using: &random) ? nil : dependencies,
      fields: fields(upstream, using: &random))
    if Bool.random(using: &random) { definition.metadata = .object([.init("m", Self.value(depth: 3, using: &random))]) }
    if Bool.random(using: &random) {
      definition.attributes = .object([.init("\u{E9}", .null), .init("e\u{301}", Self.value(depth: 2, using: &random))])
    }
    return definition
  }

  private func fields(_ upstream: [FeatureDefinition], using random: inout SplitMix64) -> [FieldSpec] {
    var keys: Set<FieldKey> = []
    let count = Int.random(in: 0...5, using: &random)
    while keys.count < count { keys.insert(FieldKey(Self.parts(using: &random))) }
    return keys.sorted().shuffled(using: &random).map { key in
      FieldSpec(
        key: key, codeVersion: Self.words.randomElement(using: &random) ?? "1",
        dependencies: Bool.random(using: &random) ? nil : fieldDependencies(upstream, using: &random))
    }
  }

  private func fieldDependencies(
    _ upstream: [FeatureDefinition], using random: inout SplitMix64
  ) -> [FieldDependency] {
    upstream.compactMap { feature in
      guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
      let keys = feature.fields.map(\.key).filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
      return FieldDependency(
        feature: .key(feature.key), fields: Bool.random(using: &random) ? nil : keys + keys.prefix(1))
    }
  }

  private static func value(depth: Int, using random: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return [.null, .boolean(true), .boolean(false)].randomElement(using: &random) ?? .null
    case 1: return .string(words.randomElement(using: &random) ?? "")
    case 2: return .number(String(Int64.random(in: .min ... .max, using: &random)) + "0123456789")
    case 3: return .number(numbers.randomElement(using: &random) ?? "0")
    case 4:
      let double = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random))
      return .number(double.isFinite ? "\(double)" : double.isNaN ? "NaN" : double < 0 ? "-Infinity" : "Infinity")
    // Around the places where the notation changes.
    case 5: return .number("\(Double.random(in: 1..<10, using: &random))e\(Int.random(in: -7...24, using: &random))")
    case 6: return .array((0..<3).map { _ in value(depth: depth - 1, using: &random) })
    default:
      let names = words.shuffled(using: &random).prefix(4)
      return .object(names.map { .init($0, value(depth: depth - 1, using: &random)) })
    }
  }

  private static let numbers = [
    "-0", "-0.0", "0.0", "1E5", "1e22", "1.50", "100", "0.0001", "0.00001", "9999999999999998.0", "1e16", "1e400",
    "-1e400",
    "5e-324", "2.2250738585072011e-308", "123456789012345678901234567890", "1e-400", "4.35", "9007199254740993.0",
  ]

  private init(_ definitions: [FeatureDefinition]) { (self.definitions, project, length) = (definitions, "shop", nil) }

  /// Features that each depend on the one before.
  static func chain(of count: Int) -> RandomGraph {
    RandomGraph(
      (0..<count).map { plain(FeatureKey("f\($0)"), dependencies: $0 == 0 ? [] : [FeatureKey("f\($0 - 1)")]) })
  }

  /// Features on which one depends, with all of their fields.
  static func star(of count: Int) -> RandomGraph {
    let points = (0..<count).map { plain(FeatureKey("f\($0)"), dependencies: []) }
    return RandomGraph(points + [plain("hub", dependencies: points.map(\.key))])
  }

  private static func plain(_ key: FeatureKey, dependencies: [FeatureKey]) -> FeatureDefinition {
    FeatureDefinition(
      key: key, typeName: "T", source: SourceLocation(file: "g", line: 1, column: 1),
      dependencies: dependencies.map { FeatureDependency(feature: .key($0)) },
      fields: (0..<5).map { FieldSpec(key: FieldKey("x\($0)"), codeVersion: "\($0)") })
  }

  /// The graph as an exported one.
  var json: JSONValue {
    .object([
      .init("project", .string(project)), .init("hash_truncation_length", length.map { JSONValue($0) } ?? .null),
      .init(
        "features",
        .array(
          definitions.map { .object([.init("spec", $0.spec), .init("class_path", .string($0.typeName))]) })),
    ])
  }
}
