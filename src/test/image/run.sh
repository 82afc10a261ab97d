#!/usr/bin/env bash
# Builds the image without a Docker engine, from stand-ins for its base images, and runs it as jobs/ do: read-only, as
# an unprivileged user, without capabilities, in 512 MiB. It starts its own PostgreSQL on the loopback address. Run it
# as root, on Debian, with these packages:
#   apt-get install --no-install-recommends buildah podman runc debootstrap unzip maven openjdk-17-jdk-headless postgresql
# and a JDK 25 in JDK_25. Maven works offline: run "mvn -DskipTests package" first. All output stays in target/image.
set -euo pipefail
cd "$(dirname "$0")/../../.."
export JDK_17=${JDK_17:-/usr/lib/jvm/java-17-openjdk-amd64} JDK_25=${JDK_25:?the home of a JDK 25 is needed}

folder=$PWD/target/image
image=localhost/fuse-users:tested
base=localhost/stand-in/build:17 runtime=localhost/stand-in/runtime:25
port=${PORT:-25433}
mkdir -p "$folder"
cat > "$folder/storage.conf" <<CONF
[storage]
driver = "${STORAGE_DRIVER:-overlay}"
graphroot = "$folder/storage"
runroot = "$folder/run"
CONF
export CONTAINERS_STORAGE_CONF=$folder/storage.conf

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
# expect WHAT ACTUAL EXPECTED
expect() { [ "$2" = "$3" ] || fail "$1 is $2, not $3"; echo "ok: $1 is $2"; }

say "build"
src/test/image/stand-ins.sh "$folder" "$base" "$runtime"
buildah bud --isolation chroot --pull-never --volume "$HOME/.m2:/root/.m2" \
    --build-arg "BUILD_IMAGE=$base" --build-arg "RUNTIME_IMAGE=$runtime" --tag "$image" . > "$folder/build.log" 2>&1 \
    || { tail -20 "$folder/build.log"; fail "the image is not built"; }
size() { podman image inspect --format '{{.Size}}' "$1"; }
echo "image: $(($(size "$image") / 1000000)) MB, of which $(($(size "$runtime") / 1000000)) MB are the stand-in for its base"
# A cache that does not fit must not pass. Runs the same checks with a jar that is newer than the cache.
printf 'FROM %s\nUSER 0\nRUN touch /opt/fuse-users/lib/fuse-users.jar\n%s\n' "$image" \
    "$(sed -n '/^RUN loaded=/,/^    done$/p' Dockerfile)" > "$folder/Dockerfile.stale"
! buildah bud --isolation chroot --pull-never --file "$folder/Dockerfile.stale" "$folder/run" \
    > "$folder/stale.log" 2>&1 || fail "a stale class cache passes the build's check"
grep -q 'Unable to use AOT cache' "$folder/stale.log" || fail "the build's check ends for another reason: $(tail -3 "$folder/stale.log")"
echo "ok: a stale class cache ends the build"
unzip -p "$(podman image mount "$image")/opt/fuse-users/lib/fuse-users.jar" META-INF/sbom/application.cdx.json > "$folder/components.json" || true
podman image unmount "$image" > /dev/null
grep -q '"bomFormat" : "CycloneDX"' "$folder/components.json" || fail "the jar has no list of its components"
echo "ok: the jar has a list of its components"
expect "the version in the image's labels" \
    "$(podman image inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' "$image")" \
    "$(sed -n '/<\/parent>/,/<version>/s/.*<version>\(.*\)<\/version>/\1/p' pom.xml)"

say "database"
postgres=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
server=$(mktemp -d /tmp/fuse-users-image.XXXXXX)
chown postgres "$server"
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
stop_server() { as_postgres "$postgres/pg_ctl" --silent --pgdata="$server/data" --mode=immediate stop || true; rm -rf "$server"; }
trap stop_server EXIT
as_postgres "$postgres/initdb" --pgdata="$server/data" --username=owner --auth=trust > /dev/null
as_postgres setsid "$postgres/pg_ctl" --silent --wait --pgdata="$server/data" --log="$server/log" \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start
sql() { psql --host=127.0.0.1 --port="$port" --username=owner --dbname="${DATABASE:-fuse}" --no-psqlrc -qAt -c "$1"; }
DATABASE=postgres sql 'create database fuse'

# secret FOLDER USER: writes the files that a Secret mounts under /etc/fuse-users
secret() {
    mkdir -p "$1"
    printf 'jdbc:postgresql://127.0.0.1:%s/fuse' "$port" > "$1/spring.datasource.url"
    printf '%s' "$2" > "$1/spring.datasource.username"
    printf 'unused' > "$1/spring.datasource.password"
}
secret "$folder/owner" owner
secret "$folder/login" fuse_users
rm -rf "$folder/input" "$folder/reports"
mkdir "$folder/input" "$folder/reports"
chown 10001:10001 "$folder/reports"
# Kubernetes creates the file in this way.
install -m 666 /dev/null "$folder/termination-log"

# container NAME SECRET OPTION... -- ARGUMENT...: runs the image as the manifests do. It uses runc, because crun refuses
# machines with both kinds of cgroups, and sets its own limits, because podman's are higher than a sandbox may set.
container() {
    local name=$1 login=$2 options=()
    shift 2
    while [ "$1" != -- ]; do options+=("$1"); shift; done
    shift
    podman --runtime runc --cgroup-manager cgroupfs run --name "$name" --rm --network host \
        --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 --memory 512m --memory-swap 512m \
        --read-only --read-only-tmpfs=false --tmpfs /tmp --cap-drop all --security-opt no-new-privileges \
        --volume "$folder/termination-log:/dev/termination-log" --env FUSE_USERS_TERMINATION_LOG=/dev/termination-log \
        --volume "$folder/$login:/etc/fuse-users:ro" --volume "$folder/input:/input:ro" --volume "$folder/reports:/reports" \
        "${options[@]}" "$image" "$@"
}
nightly=(deactivate --yes --accept-skips --max-percent 100 --report-dir /reports /input)

say "migrate, under the owner's role"
container migrate owner -- migrate
sql "create role fuse_users login in role fuse_users_job;
     insert into communities (id, name, is_global) overriding system value select n, 'Community ' || n, n = 1 from generate_series(1, 20) n;
     insert into users (id, username, email, first_name, last_name)
         select n, 'user' || n, 'user' || n || '@example.org', 'Name', 'Of ' || n from generate_series(1, 200000) n;
     insert into community_memberships (community_id, user_id) select c, n from generate_series(1, 200000) n, generate_series(1, 5) c"
DATABASE=fuse sql 'vacuum analyze'

say "a nightly run, stopped by SIGTERM in the middle, and resumed by the same command"
(echo user_id; seq 100000) > "$folder/input/leavers.csv"
inactive() { sql 'select count(*) from users where not active'; }
container nightly login -- "${nightly[@]}" > "$folder/stopped.log" 2>&1 &
running=$!
until [ "$(inactive)" -gt 0 ]; do kill -0 "$running" || fail "the run ends before it changes anything: $(cat "$folder/stopped.log")"; sleep 0.05; done
podman inspect --format 'user {{.Config.User}}, read-only {{.HostConfig.ReadonlyRootfs}}, memory {{.HostConfig.Memory}}, capabilities {{.EffectiveCaps}}' nightly
podman kill --signal TERM nightly > /dev/null
stopped=0; wait "$running" || stopped=$?
expect "the exit code after SIGTERM" "$stopped" 143
tail -1 "$folder/stopped.log"
expect "the exit code in the termination message" "$(grep -o '"exit_code":[0-9]*' "$folder/termination-log")" '"exit_code":143'
before=$(inactive)
[ "$before" -gt 0 ] && [ "$before" -lt 100000 ] || fail "$before users are inactive, so that the run was not stopped in the middle"
echo "ok: $before of 100000 users are inactive by then"
resumed=0; container nightly login -- "${nightly[@]}" > "$folder/resumed.log" 2>&1 || resumed=$?
expect "the exit code of the same command" "$resumed" 0
grep -E '^Run [0-9]+,' "$folder/resumed.log"
expect "the number of runs" "$(sql 'select count(*) from fuse_batch.runs')" 1
expect "the number of inactive users" "$(inactive)" 100000
expect "the number of rows in the report" "$(wc -l < "$folder/reports/run-1/outcomes.csv")" 100001

say "start to exit, 500 rows, in the container"
entry_point=$(podman image inspect --format '{{join .Config.Entrypoint " "}}' "$image")
times=()
for round in $(seq 10); do
    (echo user_id; seq $((100000 + round)) 100 $((149900 + round))) > "$folder/input/round.csv"
    times+=("$(container timed login --entrypoint bash -- -c "TIMEFORMAT=%3R; time $entry_point deactivate --yes --accept-skips --report-dir /reports /input/round.csv > /tmp/out 2>&1" 2>&1)")
done
printf '%s\n' "${times[@]:1}" | sort -n | awk '{t[NR] = $1} END {print "median " t[int((NR + 1) / 2)] " s, of " NR " runs from " t[1] " to " t[NR] " s"}'

say "the toolbox: a compressed file on standard input, planned and applied, and SIGTERM in the middle of another"
container toolbox login --workdir / --env FUSE_USERS_OPTS=-XX:MaxRAMPercentage=25 --entrypoint sh -- \
    -c "$(sed -n '/^ *stop() {$/,/^ *wait$/p' jobs/toolbox/deployment.yaml)" > "$folder/toolbox.log" 2>&1 &
running=$!
in_toolbox() { podman --runtime runc --cgroup-manager cgroupfs exec -i toolbox fuse-users "$@"; }
# run_of LOG: the number of the run in the log
run_of() { sed -n 's/^Run \([0-9]*\) on .*/\1/p' "$folder/$1.log"; }
until in_toolbox version > /dev/null 2>&1; do kill -0 "$running" || fail "the toolbox ends: $(cat "$folder/toolbox.log")"; sleep 0.2; done
(echo user_id; seq 150001 150100) | gzip > "$folder/hundred.csv.gz"
before=$(inactive)
planned=0; in_toolbox deactivate --dry-run - < "$folder/hundred.csv.gz" > "$folder/planned.log" 2>&1 || planned=$?
expect "the exit code of the plan" "$planned" 0
applied=0; in_toolbox deactivate --yes --plan "$(run_of planned)" - < "$folder/hundred.csv.gz" > "$folder/applied.log" 2>&1 || applied=$?
expect "the exit code of the run" "$applied" 0
expect "the number of users that it deactivates" "$(($(inactive) - before))" 100
expect "the number of rows in its report" "$(wc -l < "$folder/reports/run-$(run_of applied)/outcomes.csv")" 101
head -c 150 "$folder/hundred.csv.gz" > "$folder/cut.csv.gz"
cut=0; in_toolbox deactivate --yes - < "$folder/cut.csv.gz" > "$folder/cut.log" 2>&1 || cut=$?
expect "the exit code of a gzip file that is cut short" "$cut" 65
(echo user_id; seq 150101 200000) | in_toolbox deactivate --yes --max-percent 100 - > "$folder/stopped.log" 2>&1 &
command=$!
until [ "$(inactive)" -gt "$((before + 100))" ]; do kill -0 "$command" || fail "the run ends before it changes anything: $(cat "$folder/stopped.log")"; sleep 0.05; done
podman kill --signal TERM toolbox > /dev/null
stopped=0; wait "$command" || stopped=$?
expect "the exit code of the run in a toolbox that ends" "$stopped" 143
toolbox=0; wait "$running" || toolbox=$?
expect "the exit code of the toolbox" "$toolbox" 0
[ "$(inactive)" -lt "$((before + 50000))" ] || fail "the run was not stopped in the middle"
echo
echo "image: all passed"
