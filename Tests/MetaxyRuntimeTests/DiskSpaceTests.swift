import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyRuntime
import Testing

struct DiskSpaceTests {
  @Test func copyThatJustFitsIsLet() throws {
    #expect(throws: Never.self) { try DiskSpace(needed: 4096, available: 4096).require("to copy", "a.db") }
    #expect { try DiskSpace(needed: 4097, available: 4096).require("to copy", "a.db") } throws: {
      ($0 as? MetaxyError)?.code == .noSpace
    }
  }

  @Test func shortageIsToldWithItsNumbers() throws {
    let error = #expect(throws: MetaxyError.self) {
      try DiskSpace(needed: 1_550_000_000, available: 300).require("to rebuild `video`", "metaxy.db")
    }
    #expect(error?.code == .noSpace)
    #expect(
      error?.message
        == "not enough disk space to rebuild `video`: a copy of `metaxy.db` may need 1.6 GB, and its disk has 300 bytes free"
    )
    #expect(error?.hints == ["free space on that disk, then run the command again"])
  }

  @Test(arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (1049, "1.0 kB"), (1050, "1.1 kB"), (999_949, "999.9 kB"),
    (999_950, "1.0 MB"), (20_000_000_000, "20.0 GB"), (Int.max, "9223.4 PB"),
  ])
  func bytesAreShownInDecimalUnits(bytes: Int, text: String) throws {
    let error = #expect(throws: MetaxyError.self) {
      try DiskSpace(needed: bytes, available: -1).require("to copy", "a.db")
    }
    #expect(error?.code == .noSpace)
    #expect(error?.message.contains(" may need \(text), and ") ?? false)
  }

  @Test func filesThatAreMissingTakeNothing() throws {
    let space = try DiskSpace(copying: ["/nothing-here.db", "/nothing-here.db-wal"])
    #expect(space.needed == 0)
    #expect(space.available >= 0)
  }
}
