internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyJSON
internal import MetaxyNames

/// Finds in the rows of a ``RecordedUpdateQuery`` the samples that are out of date.
struct RecordedUpdateReader<Root: Feature>: UpdateReading {
  private let family: RecordedFamily
  private let readers: [DependencyReader]

  init(_ family: RecordedFamily) {
    self.family = family
    readers = family.dependencies.indices.map(family.reader)
  }

  func read(_ row: [SQLValue]) throws(MetaxyError) -> UpdatedSample<Root>? {
    let keys = family.idColumns.count
    let id = SampleID<Root>(family.child, columns: family.idColumns, Array(row[..<keys]))
    let stored = keys + 2 * readers.count
    guard let mark = row[stored + 1].integer.flatMap(UpdateMark.init), mark != .orphaned else {
      return UpdatedSample(change: .orphaned, id: id, dataVersion: [:])
    }
    var parents: [ProvenanceRecipe.Parent] = []
    for position in readers.indices {
      parents.append(try parent(position, row[keys + position], row[keys + readers.count + position], id))
    }
    let fields = family.child.feature.fields
    let hashes = family.recipe.provenance(of: parents)
    let expected = RowVersion(provenance: family.hashing.hash(of: hashes, fields), hashes, .release01)
    if mark == .stored, isStored(expected, row[stored]) { return nil }
    var versions: [FieldKey: String] = [:]
    for field in fields { versions[field.key] = hashes[field.key.memberName] }
    return UpdatedSample(change: mark == .new ? .new : .changed, id: id, dataVersion: versions)
  }

  /// Returns what a dependency gives to a sample.
  private func parent(
    _ position: Int, _ hashes: SQLValue, _ provenance: SQLValue, _ id: SampleID<Root>
  ) throws(MetaxyError) -> ProvenanceRecipe.Parent {
    let rows = family.dependencies[position]
    do throws(UnusableRow) {
      return try readers[position].parent(
        rows.findsSeveral ? found(hashes) : one(hashes, provenance))
    } catch {
      throw .rowUnreadable(
        rows.parent.feature.key, id: id.description, column: SystemColumn01.dataVersionByField.rawValue,
        "the sample \(error.reason)", cause: nil)
    }
  }

  private func one(_ hashes: SQLValue, _ provenance: SQLValue) -> [DependencyRow] {
    hashes == .null ? [] : [DependencyRow(hashes, provenance: provenance, copies: 1)]
  }

  /// Returns the rows of a list that the engine wrote, in their order.
  private func found(_ list: SQLValue) -> [DependencyRow] {
    guard let text = list.text, case .array(let rows)? = try? JSONValue(parsing: text, file: "hashes") else {
      return []
    }
    var found: [(place: Int, row: DependencyRow)] = []
    for row in rows {
      guard case .array(let values) = row, values.count == 3, case .number(let place) = values[0] else { continue }
      let row = DependencyRow(Self.value(values[1]), provenance: Self.value(values[2]), copies: 1)
      found.append((Int(place) ?? 0, row))
    }
    return found.sorted { $0.place < $1.place }.map(\.row)
  }

  private static func value(_ json: JSONValue) -> SQLValue {
    if case .string(let text) = json { .text(text) } else { .null }
  }

  /// Returns whether all stored rows of a sample have the expected provenance.
  private func isStored(_ expected: RowVersion, _ stored: SQLValue) -> Bool {
    RecordedUpdateQuery.stored(stored.text, isOneToOne: family.isOneToOne).allSatisfy { provenance in
      RowVersion(provenance: provenance, FieldHashes([]), .release01).isComputed(as: expected)
    }
  }
}
