import MetaxyCommands
import Synchronization

/// What was said while commands ran.
final class Narrations: Sendable {
  private let told = Mutex<[Narration]>([])

  var all: [Narration] { told.withLock(\.self) }

  func hear(_ narration: Narration) { told.withLock { $0.append(narration) } }
}
