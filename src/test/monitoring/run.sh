#!/usr/bin/env bash
# Shows two things that the build cannot: the alert rules are valid and fire when they should (promtool), and a real
# Pushgateway keeps the pushed metrics. Needs promtool and prometheus-pushgateway (Debian: prometheus,
# prometheus-pushgateway), curl, and a checkout, whose demo database it creates again.
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
gateway=
cleanup() {
    if [ -n "$gateway" ]; then
        kill "$gateway" 2>/dev/null || true
        wait "$gateway" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap cleanup EXIT

# promtool reads plain rule files, not the operator's resource around the rules.
sed '1,/^spec:$/d; s/^  //' jobs/components/alerts/rules.yaml > "$work/rules.yaml"
cp src/test/monitoring/alerts-test.yaml "$work"
promtool check rules "$work/rules.yaml"
promtool test rules "$work/alerts-test.yaml"

port=${PUSHGATEWAY_PORT:-19091}
# Its own file, because Debian's default file restores the metrics of an earlier run.
prometheus-pushgateway --web.listen-address="127.0.0.1:$port" --persistence.file="$work/gateway.data" \
    > "$work/gateway.log" 2>&1 &
gateway=$!
for _ in $(seq 50); do
    curl --fail --silent "http://127.0.0.1:$port/-/ready" > "$work/ready" && break
    sleep 0.1
done

# A new demo database, so that the figures are known.
export MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ENABLED=true
export MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ADDRESS=127.0.0.1:$port
export MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_GROUPINGKEY_NAMESPACE=fuse-users
rm -rf target/demo-postgres
fuse_users() {
    mvn --batch-mode --quiet spring-boot:run -Dspring-boot.run.arguments="$* --report-dir $work/reports" \
        > "$work/out.txt" 2> "$work/err.txt" || true
}
metric() {
    curl --fail --silent "http://127.0.0.1:$port/metrics" | awk -v name="$1" 'index($0, name) == 1 { print $2 }'
}
expect() {
    local found
    found=$(metric "$1")
    if [ "$found" != "$2" ]; then
        echo "FAILED: $1 is '$found' and should be '$2'; the program said:" >&2
        cat "$work/out.txt" "$work/err.txt" >&2
        exit 1
    fi
    echo "ok: $1 $found"
}
labels='dry_run="false",instance="",job="fuse-users",namespace="fuse-users"'
deactivate="command=\"deactivate\",$labels"

expect fuse_users ""
fuse_users deactivate --yes --accept-skips input/users.csv
expect "fuse_users_exit_code{$deactivate}" 0
expect "fuse_users_run_rows{$deactivate,outcome=\"DEACTIVATED\"}" 214
expect "fuse_users_run_skipped_rows{$deactivate}" 22
success=$(metric "fuse_users_last_success_timestamp_seconds{$deactivate}")

# Refused: the exit code changes, the last success and the last run's figures stay.
fuse_users deactivate --yes --max-users 0 --user 7
expect "fuse_users_exit_code{$deactivate}" 77
expect "fuse_users_last_success_timestamp_seconds{$deactivate}" "$success"
expect "fuse_users_run_rows{$deactivate,outcome=\"DEACTIVATED\"}" 214

# A run without rows replaces all figures of the run before; another command has its own group.
echo user_id > "$work/nobody.csv"
fuse_users deactivate --yes "$work/nobody.csv"
expect "fuse_users_run_rows{$deactivate,outcome=\"DEACTIVATED\"}" 0
expect "fuse_users_run_deleted_rows{$deactivate,table=\"none\"}" 0
expect "fuse_users_run_deleted_rows{$deactivate,table=\"oauth_tokens\"}" ""
fuse_users undo --yes 1
expect "fuse_users_run_rows{command=\"undo\",$labels,outcome=\"REACTIVATED\"}" 214
expect "fuse_users_exit_code{$deactivate}" 0
expect "push_failure_time_seconds{$deactivate}" 0
echo "The Pushgateway keeps the pushed metrics, and the alert rules work."
