-- widen rows affected to 64 bits
--
-- Revision: c2e5d9140b86
-- Revises: 8d21f0c45b7a
-- Created: 2026-11-30T08:00:00Z
-- Verified: sqlite 3.40 schema+rows; statements de60f5b080ed

-- metaxy:upgrade sqlite foreign_keys:off expects:"metaxy-system__migration_events"(columns: error_message, event_type, feature_key, migration_id, project, rows_affected, timestamp; indexes: "ix_metaxy-system__migration_events_project_migration_i_72a59064", "ix_metaxy-system__migration_events_timestamp")
CREATE TABLE "_metaxy_new_metaxy-system__migration_events" (
  "project" VARCHAR NOT NULL,
  "migration_id" VARCHAR NOT NULL,
  "event_type" VARCHAR NOT NULL,
  "timestamp" DATETIME NOT NULL,
  "feature_key" VARCHAR NOT NULL,
  "rows_affected" BIGINT NOT NULL,
  "error_message" VARCHAR NOT NULL
);
INSERT INTO "_metaxy_new_metaxy-system__migration_events" (rowid, "project", "migration_id", "event_type", "timestamp", "feature_key", "rows_affected", "error_message")
SELECT rowid, "project", "migration_id", "event_type", "timestamp", "feature_key", "rows_affected", "error_message" FROM "metaxy-system__migration_events";
CREATE TEMP TABLE "_metaxy_check_rows" (
  "check1" CONSTRAINT "rows of metaxy-system__migration_events were lost in the copy" CHECK ("check1" = 0)
);
INSERT INTO temp."_metaxy_check_rows" SELECT
  (SELECT count(*) FROM "metaxy-system__migration_events") - (SELECT count(*) FROM "_metaxy_new_metaxy-system__migration_events");
DROP TABLE temp."_metaxy_check_rows";
DROP TABLE "metaxy-system__migration_events";
ALTER TABLE "_metaxy_new_metaxy-system__migration_events" RENAME TO "metaxy-system__migration_events";
CREATE INDEX "ix_metaxy-system__migration_events_project_migration_i_72a59064" ON "metaxy-system__migration_events" ("project", "migration_id", "event_type");
CREATE INDEX "ix_metaxy-system__migration_events_timestamp" ON "metaxy-system__migration_events" ("timestamp");

-- metaxy:downgrade sqlite foreign_keys:off expects:"metaxy-system__migration_events"(columns: error_message, event_type, feature_key, migration_id, project, rows_affected, timestamp; indexes: "ix_metaxy-system__migration_events_project_migration_i_72a59064", "ix_metaxy-system__migration_events_timestamp")
CREATE TABLE "_metaxy_new_metaxy-system__migration_events" (
  "project" VARCHAR NOT NULL,
  "migration_id" VARCHAR NOT NULL,
  "event_type" VARCHAR NOT NULL,
  "timestamp" DATETIME NOT NULL,
  "feature_key" VARCHAR NOT NULL,
  "rows_affected" INTEGER NOT NULL,
  "error_message" VARCHAR NOT NULL
);
-- metaxy:allow MF106 SQLite's integers have 64 bits
INSERT INTO "_metaxy_new_metaxy-system__migration_events" (rowid, "project", "migration_id", "event_type", "timestamp", "feature_key", "rows_affected", "error_message")
SELECT rowid, "project", "migration_id", "event_type", "timestamp", "feature_key", "rows_affected", "error_message" FROM "metaxy-system__migration_events";
CREATE TEMP TABLE "_metaxy_check_rows" (
  "check1" CONSTRAINT "rows of metaxy-system__migration_events were lost in the copy" CHECK ("check1" = 0)
);
INSERT INTO temp."_metaxy_check_rows" SELECT
  (SELECT count(*) FROM "metaxy-system__migration_events") - (SELECT count(*) FROM "_metaxy_new_metaxy-system__migration_events");
DROP TABLE temp."_metaxy_check_rows";
DROP TABLE "metaxy-system__migration_events";
ALTER TABLE "_metaxy_new_metaxy-system__migration_events" RENAME TO "metaxy-system__migration_events";
CREATE INDEX "ix_metaxy-system__migration_events_project_migration_i_72a59064" ON "metaxy-system__migration_events" ("project", "migration_id", "event_type");
CREATE INDEX "ix_metaxy-system__migration_events_timestamp" ON "metaxy-system__migration_events" ("timestamp");
