/// The compiler plug-in that implements `@Feature`, `@FeatureBase`, `@Column` and `@Transient`.
///
/// The compiler starts it once for each compiler process, sends messages one after the other to its standard input,
/// waits for the answer to each, and closes the pipe at the end.
///
/// It does not use swift-syntax: building that library is most of the cost of a macro for its users, and these macros
/// only copy text. The compiler checks the pasted text; the `metaxy` command checks the meaning of a declaration.
@main
enum Main {
  static func main() {
    // Invalid input ends the loop: there is no request to answer, and the compiler reports a plug-in that exits.
    while let request = Transport.next(), let answer = Answer(to: request) {
      guard Transport.send(answer) else { return }
    }
  }
}

extension Answer {
  /// Creates the answer to a request; nil if it is not JSON. An unknown request gets the expansion `null`, as compilers
  /// expect.
  init?(to request: [UInt8]) {
    guard let request = Request(request) else { return nil }
    if request.getCapability != nil {
      self.init(getCapabilityResult: Capabilities())
    } else {
      self.init(expandMacroResult: Expansion(expandedSource: request.expandAttachedMacro.map(\.expandedSource)))
    }
  }
}
