CREATE FUNCTION next_rank(queue text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
