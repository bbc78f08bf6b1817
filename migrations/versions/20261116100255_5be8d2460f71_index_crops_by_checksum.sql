-- index crops by checksum
--
-- Revision: 5be8d2460f71
-- Revises: a47c0e93d815
-- Created: 2026-11-16T10:02:55Z
-- Verified: sqlite 3.40 schema+rows; statements 525005842e97

-- metaxy:upgrade sqlite
CREATE INDEX "ix_video__crop_sha256" ON "video__crop" ("sha256");

-- metaxy:downgrade sqlite
DROP INDEX "ix_video__crop_sha256";
