/// An engine that tests run on.
package enum Engine: String, Sendable, CaseIterable {
  case sqlite, postgresql
}
