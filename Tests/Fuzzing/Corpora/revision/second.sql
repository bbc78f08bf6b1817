-- second
--
-- Revision: 65264da14ea6
-- Revises: e3cef0a258c7
-- Created: 2026-11-30T19:19:04Z
-- Snapshot: 9aaf91bce1cf5cc1247c07209154f764d11e6af4c2589d57c09fc8a0f3a6c3b3  the feature graph that this revision brings the tables to
-- Verified: sqlite 3.40 schema+rows; statements 2937699775c8

-- metaxy:upgrade sqlite
ALTER TABLE "faces" RENAME COLUMN "height" TO "tall";
DROP INDEX "ix_faces_height";
CREATE INDEX "ix_faces_tall" ON "faces" ("tall");

-- metaxy:downgrade sqlite
DROP INDEX "ix_faces_tall";
CREATE INDEX "ix_faces_height" ON "faces" ("tall");
ALTER TABLE "faces" RENAME COLUMN "tall" TO "height";
