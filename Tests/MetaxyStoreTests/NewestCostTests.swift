import Foundation
import Metaxy
import MetaxyDatabase
import MetaxyErrors
import MetaxyNames
import MetaxyTestSupport
import Synchronization
import Testing

@testable import MetaxyStore

/// What a read costs: the statements that a store runs for it.
@Suite(.timed, .oneAfterAnother) struct NewestCostTests {
  private func opened(_ database: TestDatabase) async throws -> (MetadataStore, StatementLog) {
    let plain = try await database.store()
    let log = StatementLog()
    let store = MetadataStore(
      LoggedDatabase(database: await plain.database, log: log), await plain.dialect, registry: plain.registry,
      hashAlgorithm: .md5,
      requiresRecordedSnapshot: true, createsTables: false)
    try await store.connect()
    await plain.close()
    return (store, log)
  }

  @Test(arguments: Engine.allCases)
  func aReadIsOneQuery(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    let (store, log) = try await opened(database)
    try await store.write([Video.sample(1), Video.sample(2)]) { $0.given }
    let before = engine == .sqlite ? ["SELECT schema_version FROM pragma_schema_version"] : []
    for read in [
      { _ = try await store.read(Video.self).all() }, { _ = try await store.read(Video.self).count() },
      { _ = try await store.read(Video.self).select(Video.Columns.path).all() },
      { _ = try await store.read(Video.self).aggregate(.count) },
    ] as [() async throws -> Void] {
      try await read()
      log.clear()
      try await read()
      #expect(log.statements.dropLast() == before[...])
      #expect(log.statements.last?.hasPrefix("SELECT") == true)
    }
    _ = try await store.read(Video.self).joined(with: Crop.self).all()
    log.clear()
    _ = try await store.read(Video.self).joined(with: Crop.self).all()
    #expect(log.statements.dropLast() == (before + before)[...])
  }

  /// A key over the ID columns makes the search for the newest row unnecessary, as long as there is one.
  @Test(arguments: Engine.allCases)
  func aKeyTakesThePlaceOfTheSearch(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    try database.run("CREATE UNIQUE INDEX one ON video (feature_version, sample_id)")
    let (store, log) = try await opened(database)
    try await store.write([Video.sample(1), Video.sample(2)]) { $0.given }
    func searches(_ request: RowRequest<Video>) async throws -> Bool {
      log.clear()
      _ = try await request.all()
      return log.statements.last?.contains("several") ?? false
    }
    let videos = store.read(Video.self)
    #expect(try await !searches(videos))
    #expect(try await !searches(videos))
    // PostgreSQL has no version of a schema: a key is asked for again.
    #expect(log.statements.count == 2)
    #expect(try await !searches(videos.version("video-0")))
    // Rows without a version may be several in spite of the key.
    #expect(try await searches(videos.version(.allVersions)))
    try database.run(
      "INSERT INTO video SELECT data_version, NULL, NULL, NULL, sample_id, path, 99, NULL FROM video")
    try database.run(
      "INSERT INTO video SELECT data_version, NULL, NULL, NULL, sample_id, path, 100, NULL FROM video WHERE feature_version IS NOT NULL"
    )
    if engine == .sqlite {
      let seconds: [Double] = try await videos.version(.allVersions).select(Video.Columns.durationSeconds).all()
      #expect(seconds.sorted() == [10, 10, 100, 100])
    } else {
      #expect(await failure { try await videos.version(.allVersions).all() }?.code == .newestRowAmbiguous)
    }
    // Another program drops the key, and writes a second row.
    try database.run(
      """
      DROP INDEX one;
      INSERT INTO video SELECT data_version, feature_version, NULL, NULL, sample_id, 'second', 1, NULL FROM video
        WHERE feature_version IS NOT NULL AND sample_id = 's1'
      """)
    if engine == .sqlite {
      #expect(try await videos.all().map(\.path).sorted() == ["/v/2.mp4", "second"])
    } else {
      #expect(await failure { try await videos.all() }?.code == .newestRowAmbiguous)
    }
    #expect(try await searches(videos.where(Video.Columns.sampleId == "s2")))
  }

  /// Keys that do not hold for all rows, or for more columns, change nothing.
  @Test(arguments: Engine.allCases)
  func otherKeysAreNoneOfSamples(engine: Engine) async throws {
    let database = try TestDatabase(engine)
    try database.run(
      """
      CREATE UNIQUE INDEX u1 ON video (sample_id, path);
      CREATE UNIQUE INDEX u2 ON video (sample_id) WHERE duration_seconds > 5;
      CREATE UNIQUE INDEX u3 ON video (lower(sample_id || path));
      CREATE INDEX plain ON video (sample_id, feature_version)
      """)
    let (store, log) = try await opened(database)
    try await store.write([Video.sample(1)]) { $0.given }
    log.clear()
    #expect(try await store.read(Video.self).all().count == 1)
    #expect(log.statements.last?.contains("several") == true)
    // An ID column that may be NULL allows several rows.
    try database.run(
      """
      DROP TABLE video__crop;
      CREATE TABLE video__crop (data_version JSON, feature_version VARCHAR NOT NULL, feature_spec_version VARCHAR,
        snapshot_version VARCHAR, sample_id VARCHAR, width INTEGER NOT NULL, UNIQUE (sample_id, feature_version))
      """)
    log.clear()
    #expect(try await store.read(Crop.self).all().isEmpty)
    #expect(log.statements.last?.contains("several") == true)
    try database.run(
      """
      DROP TABLE video__crop;
      CREATE TABLE video__crop (data_version JSON, feature_version VARCHAR NOT NULL, feature_spec_version VARCHAR,
        snapshot_version VARCHAR, sample_id VARCHAR NOT NULL, width INTEGER NOT NULL,
        PRIMARY KEY (sample_id, feature_version))
      """)
    let fresh = try await opened(database)
    #expect(try await fresh.0.read(Crop.self).version(.allVersions).all().isEmpty)
    #expect(fresh.1.statements.last?.contains("several") == false)
  }
}

/// The statements that connections have run.
final class StatementLog: Sendable {
  private let texts = Mutex<[String]>([])

  var statements: [String] { texts.withLock { $0 } }
  func clear() { texts.withLock { $0 = [] } }
  func add(_ sql: String) { texts.withLock { $0.append(sql) } }
}

/// A database that notes every statement.
private struct LoggedDatabase: RowDatabase {
  let database: any RowDatabase
  let log: StatementLog

  var displayName: String { database.displayName }
  var exists: Bool { database.exists }

  func openForRows(_ purpose: RowPurpose) throws(MetaxyError) -> any RowConnection {
    LoggedConnection(try database.openForRows(purpose), log)
  }
  func openForDefinitions() throws(MetaxyError) -> (connection: any RowConnection, lock: any RunLock) {
    try database.openForDefinitions()
  }
  func typeName(of type: ColumnType) -> String { database.typeName(of: type) }
  func placeholder(_ position: Int) -> String { database.placeholder(position) }
}

private final class LoggedConnection: RowConnection {
  private let connection: any RowConnection
  private let log: StatementLog

  init(_ connection: any RowConnection, _ log: StatementLog) {
    self.connection = connection
    self.log = log
  }

  var interruptor: any Interruptor { connection.interruptor }
  var keepsCursorsApart: Bool { connection.keepsCursorsApart }
  var defaultSchema: String { connection.defaultSchema }

  func columns(of table: TableName) throws(MetaxyError) -> [StoredColumn]? { try connection.columns(of: table) }
  func keys(of table: TableName) throws(MetaxyError) -> [StoredKey] {
    log.add("keys")
    return try connection.keys(of: table)
  }
  func hasSchema(_ name: String) throws(MetaxyError) -> Bool { try connection.hasSchema(name) }
  func hasType(_ name: String, schema: String?) throws(MetaxyError) -> Bool {
    try connection.hasType(name, schema: schema)
  }
  func append(_ values: [SQLValue], to table: TableName, columns: [String]) throws(AppendFailure) {
    try connection.append(values, to: table, columns: columns)
  }
  func cursor(
    _ sql: String, _ parameters: [SQLValue], partSize: Int?, joinsWholeTables: Bool
  ) throws(MetaxyError) -> any RowCursor {
    log.add(sql)
    return try connection.cursor(sql, parameters, partSize: partSize, joinsWholeTables: joinsWholeTables)
  }
  func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    log.add(sql)
    return try connection.execute(sql, parameters)
  }
  func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    log.add(sql)
    return try connection.query(sql, parameters)
  }
  func beginTransaction() throws(MetaxyError) { try connection.beginTransaction() }
  func commitTransaction() throws(MetaxyError) { try connection.commitTransaction() }
  func rollbackTransaction() { connection.rollbackTransaction() }
  func hasTable(_ name: TableName) throws(MetaxyError) -> Bool { try connection.hasTable(name) }
}
