-- add video feature tables
--
-- Revision: 3f9a61be0c2d
-- Revises:
-- Created: 2026-11-02T09:15:41Z
-- Verified: sqlite 3.40 schema (there are no tables before it); statements ca78dd051a69

-- metaxy:upgrade sqlite
CREATE TABLE "video__crop" (
  "data_version" JSON,
  "feature_version" VARCHAR,
  "feature_spec_version" VARCHAR,
  "snapshot_version" VARCHAR,
  "sample_id" VARCHAR NOT NULL,
  "path" VARCHAR NOT NULL,
  "sha256" VARCHAR(64) NOT NULL,
  "left" INTEGER NOT NULL,
  "top" INTEGER NOT NULL,
  "width" INTEGER NOT NULL,
  "height" INTEGER NOT NULL,
  CONSTRAINT "ck_video__crop_2866c791" CHECK (width > 0 AND height > 0)
);
CREATE INDEX "ix_video__crop_sample_id_feature_version" ON "video__crop" ("sample_id", "feature_version");
CREATE TABLE "video__raw" (
  "data_version" JSON,
  "feature_version" VARCHAR,
  "feature_spec_version" VARCHAR,
  "snapshot_version" VARCHAR,
  "sample_id" VARCHAR NOT NULL,
  "path" VARCHAR NOT NULL,
  "container" VARCHAR(4) NOT NULL CONSTRAINT "ck_video__raw_container" CHECK ("container" IN ('mp4', 'mov', 'webm')),
  "duration_seconds" FLOAT NOT NULL,
  "ingested_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "ck_video__raw_02581add" CHECK (duration_seconds > 0)
);
CREATE INDEX "ix_video__raw_sample_id_feature_version" ON "video__raw" ("sample_id", "feature_version");
CREATE TABLE "video__transcript" (
  "data_version" JSON,
  "feature_version" VARCHAR,
  "feature_spec_version" VARCHAR,
  "snapshot_version" VARCHAR,
  "sample_id" VARCHAR NOT NULL,
  "language" VARCHAR(35) NOT NULL DEFAULT 'en',
  "text" VARCHAR NOT NULL,
  "words" JSON NOT NULL
);
CREATE INDEX "ix_video__transcript_sample_id_feature_version" ON "video__transcript" ("sample_id", "feature_version");

-- metaxy:downgrade sqlite
DROP INDEX "ix_video__transcript_sample_id_feature_version";

-- DS102: loses the table `video__transcript` with its rows
DROP TABLE "video__transcript";
DROP INDEX "ix_video__raw_sample_id_feature_version";

-- DS102: loses the table `video__raw` with its rows
DROP TABLE "video__raw";
DROP INDEX "ix_video__crop_sample_id_feature_version";

-- DS102: loses the table `video__crop` with its rows
DROP TABLE "video__crop";
