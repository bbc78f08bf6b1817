CREATE SCHEMA text_rules;
CREATE COLLATION text_rules.numeric_order (provider = icu, locale = 'en-u-kn-true');
CREATE COLLATION text_rules."Any Case" (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TEXT SEARCH CONFIGURATION text_rules.plain (COPY = pg_catalog.simple);
