internal import MetaxyFeatures
internal import MetaxyNames

/// The column that orders the rows of a sample is a property that differs among these rows.
extension FeatureRules {
  package var orderViolations: [Violation] {
    guard let order, let reason = orderProblem(order) else { return [] }
    return [Violation(subject: .order, message: "the column `\(order)` that orders the rows of `\(label)` \(reason)")]
  }

  private func orderProblem(_ order: String) -> String? {
    guard let position = position(of: order) else {
      // The rule on missing columns accepts system columns.
      return generation.systemColumnNames.containsExactly(order) ? "is a system column, not a property" : nil
    }
    switch columns[position].type {
    case .json, .jsonb: return "holds JSON, which has no order"
    default: return idColumns.containsExactly(order) ? "is an ID column, the same in all rows of a sample" : nil
    }
  }
}
