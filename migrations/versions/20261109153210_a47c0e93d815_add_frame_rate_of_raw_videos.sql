-- add frame rate of raw videos
--
-- Revision: a47c0e93d815
-- Revises: 3f9a61be0c2d
-- Created: 2026-11-09T15:32:10Z
-- Verified: sqlite 3.40 schema+rows; statements 34eec5744707

-- metaxy:upgrade sqlite
ALTER TABLE "video__raw" ADD COLUMN "frames_per_second" FLOAT;

-- metaxy:downgrade sqlite
-- DS103: loses the values of `video__raw.frames_per_second`
ALTER TABLE "video__raw" DROP COLUMN "frames_per_second";
