import Foundation
import MetaxyCLI
import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport
import Testing

/// The page of all commands and the manual page, which are made from what `--help` says. `make catalogue` writes them.
@Suite struct CommandReferenceTests {
  private static let pages = [
    ("Sources/Metaxy/Metaxy.docc/CommandReference.md", \CommandReference.article), ("docs/metaxy.1", \.manual),
  ]

  @Test func thePagesAreCurrent() throws {
    let reference = try CommandReference(Program.helpDump)
    for (path, text) in Self.pages {
      let page = Repository.path(path)
      if ProcessInfo.processInfo.environment["METAXY_WRITE_CATALOGUE"] != nil {
        try Files.write(reference[keyPath: text], to: page, replacing: true)
      }
      #expect(try Files.text(at: page) == reference[keyPath: text], "run `make catalogue`")
    }
  }

  /// Every command and every flag has a sentence.
  @Test func nothingIsWithoutHelp() throws {
    let commands = try CommandReference(Program.helpDump).commands
    #expect(commands.count > 20)
    for command in commands {
      #expect(!(command.abstract ?? "").isEmpty, "\(command.path)")
      for argument in command.arguments ?? [] where argument.shouldDisplay {
        #expect(!(argument.abstract ?? "").isEmpty, "\(command.path) \(argument.title)")
      }
    }
  }
}
