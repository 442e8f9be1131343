// Made from cache-warm.sh by projenrc/embed-scripts.ts.

/** Asks for every URL that is an argument, $CONCURRENCY of them at a time. */
export const CACHE_WARM = `#!/bin/sh
# Asks for every URL that is an argument, $CONCURRENCY of them at a time.
set -eu

ask() {
  curl --silent --show-error --fail --globoff --location --max-time "$PATIENCE" --retry "$RETRIES" --retry-all-errors --retry-delay 2 \\
    --output /dev/null --write-out '%{http_code} in %{time_total} s: %{url_effective}\\n' --url "$1"
}

# Every worker has the URLs whose number, divided by the number of workers, leaves its own.
work() {
  worker=$1
  shift
  number=0
  failed=0
  for url in "$@"; do
    if [ $((number % CONCURRENCY)) -eq "$worker" ]; then ask "$url" || failed=1; fi
    number=$((number + 1))
  done
  return "$failed"
}

worker=0
workers=
while [ "$worker" -lt "$CONCURRENCY" ]; do
  work "$worker" "$@" &
  workers="$workers $!"
  worker=$((worker + 1))
done

failed=0
for worker in $workers; do wait "$worker" || failed=1; done
if [ "$failed" -eq 0 ]; then
  echo "all $# are warm"
elif [ "$REQUIRED" = true ]; then
  echo 'some are not warm' >&2
  exit 1
else
  echo 'some are not warm; the release goes on' >&2
fi
`;
