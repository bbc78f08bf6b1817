internal import MetaxyEssentials

/// The variables that the program was started with.
package enum ProcessEnvironment {
  package static var variables: [String: String] { ProcessInfo.processInfo.environment }
}
