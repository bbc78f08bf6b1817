extension PostgreSQLCluster {
  /// Creates a cluster in the working directory and starts its server. The cluster is a copy: the directory `$1` keeps a
  /// fresh one for each version of the server. A background process stops the server and removes the working directory
  /// when no process holds the pipe `alive` open any more. Prints the directory of the server's programs.
  ///
  /// The server refuses to run as root, so root runs it as another user. It listens only on a socket in the directory,
  /// and it does not sync to disk: a crash of the machine ends the tests anyway.
  static let startScript = #"""
    exec 3<alive
    for place in "$(dirname "$(command -v initdb)")" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) \
      /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /usr/local/pgsql/bin
    do
      if [ -x "$place/initdb" ] && [ -x "$place/pg_ctl" ] && [ -x "$place/psql" ]; then programs=$place; break; fi
    done
    if [ -z "$programs" ]; then
      rm -rf "$PWD"
      echo "PostgreSQL is not installed here: 'apt install postgresql', or 'brew install postgresql'; or name a server in METAXY_TEST_POSTGRESQL_URL" >&2
      exit 1
    fi
    as=
    if [ "$(id -u)" -eq 0 ]; then
      if id postgres >/dev/null 2>&1; then user=postgres; else user=$(id -un 65534); fi
      chown "$user" .
      if command -v runuser >/dev/null; then as="runuser -u $user --"; else as="sudo -u $user"; fi
    fi

    fail() { cat log >&2; cd /; rm -rf "$OLDPWD"; exit 1; }
    new="$1/postgresql-$("$programs/initdb" --version | tr -c '[:alnum:].\n' _)"
    if ! cp -R "$new" data 2>/dev/null; then
      rm -rf data
      $as "$programs/initdb" --pgdata=data --username=metaxy --auth=trust --encoding=UTF8 --locale=C --no-sync \
        >log 2>&1 3<&- || fail
      # In one step: another run may look for it now.
      cp -R data "$new.$$" && { [ -e "$new" ] || mv "$new.$$" "$new"; }
      rm -rf "$new.$$"
    fi
    # Before the line that trusts everybody.
    { echo 'local all +metaxy_guarded scram-sha-256'; cat data/pg_hba.conf; } >hba && cat hba >data/pg_hba.conf || fail
    chmod 700 data
    [ -z "$as" ] || chown -R "$user" data || fail
    $as "$programs/pg_ctl" --pgdata=data --log=data/log --wait start -o "-k '$PWD' -c listen_addresses='' -c fsync=off \
      -c full_page_writes=off -c autovacuum=off -c max_wal_size=256MB -c max_connections=200 -c password_encryption=scram-sha-256" \
      >log 2>&1 3<&- || { cat data/log >>log; fail; }

    (
      trap '' INT HUP
      cat <&3
      for pid in */postmaster.pid; do $as "$programs/pg_ctl" --pgdata="${pid%/*}" --mode=immediate stop; done
      cd / && rm -rf "$OLDPWD"
    ) >/dev/null 2>&1 </dev/null &
    "$programs/psql" -X -q -h "$PWD" -U metaxy -d postgres -c 'CREATE ROLE metaxy_guarded' >&2 || exit 1
    echo "$programs"
    """#
}
