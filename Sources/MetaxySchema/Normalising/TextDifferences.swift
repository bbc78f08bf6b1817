import MetaxyFeatures

/// The expressions of a table that differ in text from the live table, so that only the engine can decide whether they
/// are equivalent.
///
/// Checks, policies, indexes and exclusion constraints are identified by their positions in the desired table.
package struct TextDifferences: Sendable, Hashable {
  /// Columns with a raw type.
  package private(set) var types: [String] = []
  package private(set) var defaults: [String] = []
  package private(set) var generated: [String] = []
  package private(set) var checks: [Int] = []
  package private(set) var policies: [Int] = []
  package private(set) var indexes: [Int] = []
  package private(set) var exclusions: [Int] = []

  package init(_ pair: TablePair, rules: some ComparisonRules) {
    for column in pair.desired.columns {
      guard let live = rules.column(column.name, of: pair.live) else { continue }
      if case .raw = column.type, !rules.isSame(live.type, column.type, in: pair.desired.options) {
        types.append(column.name)
      }
      if live.defaultValue != nil, column.defaultValue != nil, !rules.isSame(live.defaultValue, column.defaultValue) {
        defaults.append(column.name)
      }
      if live.generated != nil, column.generated != nil, !rules.isSame(live.generated, column.generated) {
        generated.append(column.name)
      }
    }
    checks = Self.unmatched(pair.live.checks, pair.desired.checks) { rules.isSame($0.expression, $1.expression) }
    policies = pair.desired.policies.indices.filter { place in
      let desired = pair.desired.policies[place]
      return pair.live.policies.contains { $0.name == desired.name && !rules.hasSameConditions($0, desired) }
    }
    indexes = Self.unmatched(pair.live.indexes, pair.desired.indexes, where: \.hasExpressions) {
      rules.isSame($0.elements, $1.elements) && rules.isSame($0.predicate, $1.predicate)
    }
    exclusions = Self.unmatched(pair.live.exclusions, pair.desired.exclusions) {
      rules.isSame($0.elements.map(\.element), $1.elements.map(\.element)) && rules.isSame($0.predicate, $1.predicate)
    }
  }

  package var isEmpty: Bool {
    types.isEmpty && defaults.isEmpty && generated.isEmpty && checks.isEmpty && policies.isEmpty
      && indexes.isEmpty && exclusions.isEmpty
  }

  /// Returns the positions of desired elements that are not live, if there is a live element that may be equivalent.
  private static func unmatched<Element>(
    _ live: [Element], _ desired: [Element], where isConcerned: (Element) -> Bool = { _ in true },
    isSame: (Element, Element) -> Bool
  ) -> [Int] {
    let desired = desired.enumerated().filter { isConcerned($0.element) }
    guard live.contains(where: { live in isConcerned(live) && !desired.contains { isSame(live, $0.element) } }) else {
      return []
    }
    return desired.filter { desired in !live.contains { isSame($0, desired.element) } }.map(\.offset)
  }
}

extension Index {
  /// Whether it contains more than column names.
  fileprivate var hasExpressions: Bool {
    predicate != nil
      || elements.contains { element in
        if case .expression = element.term { return true }
        return element.operatorClass != nil
      }
  }
}
