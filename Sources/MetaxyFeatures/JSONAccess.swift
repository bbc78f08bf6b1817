/// A value within the JSON of a column: the way to it, and the form in which it is read.
package struct JSONAccess: Sendable, Hashable {
  /// A step from a JSON value to one within it.
  package enum Step: Sendable, Hashable {
    /// The member of an object.
    case member(ScalarString)
    /// The element of an array, from 0; a negative position counts from the end.
    case element(Int)
  }

  /// How a JSON value is read; one of another kind is read as NULL.
  package enum Form: Sendable, Hashable {
    case text, integer, number, truth
    /// The name of the value's kind.
    case kind
    /// The JSON itself.
    case json
  }

  package let steps: [Step]
  package let form: Form

  package init(_ steps: [Step], _ form: Form) {
    self.steps = steps
    self.form = form
  }

  /// The way as it is shown: `[0]["start"]`.
  package var path: String {
    steps.map { step in
      switch step {
      case .member(let name): "[\"\(name.text)\"]"
      case .element(let position): "[\(position)]"
      }
    }.joined()
  }
}
