-- create metaxy system tables
--
-- Revision: 8d21f0c45b7a
-- Revises:
-- Created: 2026-11-02T09:14:07Z
-- Verified: sqlite 3.40 schema (there are no tables before it); statements cb17ea401d52

-- metaxy:upgrade sqlite
CREATE TABLE "metaxy-system__feature_versions" (
  "project" VARCHAR NOT NULL,
  "feature_key" VARCHAR NOT NULL,
  "feature_version" VARCHAR NOT NULL,
  "feature_spec_version" VARCHAR NOT NULL,
  "feature_tracking_version" VARCHAR NOT NULL,
  "recorded_at" DATETIME NOT NULL,
  "feature_spec" VARCHAR NOT NULL,
  "feature_class_path" VARCHAR NOT NULL,
  "snapshot_version" VARCHAR NOT NULL
);
CREATE INDEX "ix_metaxy-system__feature_versions_project_feature_key_c756dab2" ON "metaxy-system__feature_versions" ("project", "feature_key", "snapshot_version");
CREATE INDEX "ix_metaxy-system__feature_versions_recorded_at" ON "metaxy-system__feature_versions" ("recorded_at");
CREATE INDEX "ix_metaxy-system__feature_versions_snapshot_version" ON "metaxy-system__feature_versions" ("snapshot_version");
CREATE TABLE "metaxy-system__migration_events" (
  "project" VARCHAR NOT NULL,
  "migration_id" VARCHAR NOT NULL,
  "event_type" VARCHAR NOT NULL,
  "timestamp" DATETIME NOT NULL,
  "feature_key" VARCHAR NOT NULL,
  "rows_affected" INTEGER NOT NULL,
  "error_message" VARCHAR NOT NULL
);
CREATE INDEX "ix_metaxy-system__migration_events_project_migration_i_72a59064" ON "metaxy-system__migration_events" ("project", "migration_id", "event_type");
CREATE INDEX "ix_metaxy-system__migration_events_timestamp" ON "metaxy-system__migration_events" ("timestamp");

-- metaxy:downgrade sqlite
DROP INDEX "ix_metaxy-system__migration_events_timestamp";
DROP INDEX "ix_metaxy-system__migration_events_project_migration_i_72a59064";

-- DS102: loses the table `metaxy-system__migration_events` with its rows
DROP TABLE "metaxy-system__migration_events";
DROP INDEX "ix_metaxy-system__feature_versions_snapshot_version";
DROP INDEX "ix_metaxy-system__feature_versions_recorded_at";
DROP INDEX "ix_metaxy-system__feature_versions_project_feature_key_c756dab2";

-- DS102: loses the table `metaxy-system__feature_versions` with its rows
DROP TABLE "metaxy-system__feature_versions";
