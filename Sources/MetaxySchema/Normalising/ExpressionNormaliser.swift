import MetaxyFeatures

/// Rewrites the expressions of a live table to those of the desired table where they are equivalent, so that equal
/// objects compare as equal.
///
/// An engine prints expressions in its own form: `height > 0 AND kind IN ('a')` becomes
/// `(height > 0) AND (kind = 'a'::text)`. The canonical form of the desired expressions is the text that the engine
/// prints for them. Where the live table contains this form, it is replaced by the desired expression. So operations contain the
/// expressions that the user wrote, not the engine's.
package struct ExpressionNormaliser<Rules: ComparisonRules>: Sendable {
  let rules: Rules

  package init(rules: Rules) { self.rules = rules }

  /// Returns the live table of `pair` with the desired expressions.
  ///
  /// - Parameter canonical: the desired table as the engine prints it, with its objects in the same order.
  package func normalised(_ pair: TablePair, canonical: Table) -> Table {
    var live = pair.live
    for (desired, canonical) in zip(pair.desired.columns, canonical.columns) {
      guard let index = live.columns.firstIndex(where: { rules.isSame(name: $0.name, desired.name) }) else { continue }
      normalise(&live.columns[index], desired, canonical, live.options)
    }
    for (desired, canonical) in zip(pair.desired.checks, canonical.checks) {
      for index in live.checks.indices where rules.isSame(live.checks[index].expression, canonical.expression) {
        live.checks[index].expression = desired.expression
      }
    }
    for (desired, canonical) in zip(pair.desired.policies, canonical.policies) {
      for index in live.policies.indices
      where live.policies[index].name == desired.name && rules.hasSameConditions(live.policies[index], canonical) {
        live.policies[index].using = desired.using
        live.policies[index].check = desired.check
      }
    }
    for (desired, canonical) in zip(pair.desired.indexes, canonical.indexes) {
      for index in live.indexes.indices where isSame(live.indexes[index], canonical) {
        live.indexes[index].elements = desired.elements
        live.indexes[index].predicate = desired.predicate
      }
    }
    for (desired, canonical) in zip(pair.desired.exclusions, canonical.exclusions) {
      for index in live.exclusions.indices where isSame(live.exclusions[index], canonical) {
        live.exclusions[index].elements = desired.elements
        live.exclusions[index].predicate = desired.predicate
      }
    }
    return live
  }

  private func normalise(_ live: inout Column, _ desired: Column, _ canonical: Column, _ options: [TableOption]) {
    let comparator = ColumnComparator(rules: rules)
    for aspect in ChangeColumn.Aspect.allCases
    where aspect != .comment && comparator.isSame(in: aspect, live, canonical, options: options) {
      live.take(aspect, from: desired)
    }
  }

  func isSame(_ live: Index, _ canonical: Index) -> Bool {
    rules.isSame(live.elements, canonical.elements) && rules.isSame(live.predicate, canonical.predicate)
  }

  func isSame(_ live: ExclusionConstraint, _ canonical: ExclusionConstraint) -> Bool {
    rules.isSame(live.elements.map(\.element), canonical.elements.map(\.element))
      && live.elements.map(\.comparison) == canonical.elements.map(\.comparison)
      && rules.isSame(live.predicate, canonical.predicate)
  }
}
