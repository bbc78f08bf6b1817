import MetaxyHashing
import Testing

@Suite struct HashTests {
  private static func hex(_ bytes: [UInt8]) -> String { Hexadecimal.text(of: bytes) }

  /// <https://www.rfc-editor.org/rfc/rfc1321#appendix-A.5>
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
    ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ])
  func md5IsThatOfTheStandard(text: String, hash: String) {
    #expect(Self.hex(MD5.hash(Array(text.utf8))) == hash)
  }

  /// <https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values>
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256IsThatOfTheStandard(text: String, hash: String) {
    #expect(Self.hex(SHA256.hash(Array(text.utf8))) == hash)
  }

  /// The digests of all lengths from 0 to 300, digested together, as Python's `hashlib` has them: each way to end a block.
  @Test func everyLengthIsPadded() {
    let messages = (0...300).map { length in (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) } }
    #expect(Self.hex(MD5.hash(messages.flatMap(MD5.hash))) == "bbc8219ce2f09cb1b1235ce3b7ef018c")
    #expect(
      Self.hex(SHA256.hash(messages.flatMap(SHA256.hash)))
        == "7d917fbd2cf49ddff9ad0a8706bba32d204e92e71d2e369c5a03d6af29278c9f")
  }
}

@Suite struct HexadecimalTests {
  @Test func bytesAreTwoDigitsEach() {
    let bytes: [UInt8] = [0, 9, 0x0A, 0x7F, 0xFF]
    #expect(Hexadecimal.text(of: bytes) == "00090a7fff")
    #expect(Hexadecimal.bytes("00090a7fff".utf8) == bytes)
    #expect(Hexadecimal.bytes("00090A7FFF".utf8) == bytes)
  }

  @Test(arguments: ["0", "abc", "0g", "-1", " 1", "é"])
  func otherTextsAreNoBytes(text: String) {
    #expect(Hexadecimal.bytes(text.utf8) == nil)
  }
}
