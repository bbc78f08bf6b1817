// Containers for the methods of `Encoder` that cannot throw: the error is thrown for the first value.

struct RefusingEncoder: Encoder {
  let problem: any Error
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingKeyedContainer(problem))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusingContainer(problem) }
  func singleValueContainer() -> any SingleValueEncodingContainer { RefusingContainer(problem) }
}

/// A list or single value that refuses every value.
struct RefusingContainer: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let problem: any Error
  var codingPath: [any CodingKey] { [] }
  var count: Int { 0 }

  init(_ problem: any Error) { self.problem = problem }

  func encodeNil() throws { throw problem }
  func encode(_ value: some Encodable) throws { throw problem }
  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RefusingKeyedContainer(problem))
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { RefusingEncoder(problem: problem) }
}

/// A keyed container that refuses every value.
struct RefusingKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let problem: any Error
  var codingPath: [any CodingKey] { [] }

  init(_ problem: any Error) { self.problem = problem }

  func encodeNil(forKey key: Key) throws { throw problem }
  func encode(_ value: some Encodable, forKey key: Key) throws { throw problem }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(RefusingKeyedContainer<Nested>(problem)) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { RefusingContainer(problem) }
  func superEncoder() -> any Encoder { RefusingEncoder(problem: problem) }
  func superEncoder(forKey key: Key) -> any Encoder { RefusingEncoder(problem: problem) }
}
