import MetaxyCommands
import Synchronization

/// The progress events of commands.
final class ProgressEvents: Sendable {
  private let told = Mutex<[ProgressEvent]>([])

  var all: [ProgressEvent] { told.withLock(\.self) }

  func hear(_ narration: ProgressEvent) { told.withLock { $0.append(narration) } }
}
