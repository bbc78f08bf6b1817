/// The compiler plug-in behind `@Feature`, `@FeatureBase`, `@Column` and `@Transient`.
///
/// The compiler starts it once for each of its own processes, sends one message after the other to its standard input,
/// waits for the answer to each, and closes the pipe when it is done.
///
/// It does without swift-syntax: that library's build is most of what a macro costs its users, and these macros only copy
/// text. What they paste is checked by the compiler, what a declaration means by the `metaxy` command.
@main
enum Main {
  static func main() {
    // What is no message leaves nobody to answer: the compiler reports a plug-in that stops, and the pipe is its own.
    while let request = Transport.next(), let answer = Answer(to: request) {
      guard Transport.send(answer) else { return }
    }
  }
}

extension Answer {
  /// Answers every request that is JSON; one that is not known gets the expansion `null`, as compilers expect.
  init?(to request: [UInt8]) {
    guard let request = Request(request) else { return nil }
    if request.getCapability != nil {
      self.init(getCapabilityResult: Capabilities())
    } else {
      self.init(expandMacroResult: Expansion(expandedSource: request.expandAttachedMacro.map(\.expandedSource)))
    }
  }
}
