# Waits until try succeeds, for $TIMEOUT seconds.
# shellcheck shell=sh disable=SC2154
started=$(date +%s)
until try; do
  waited=$(($(date +%s) - started))
  if [ "$waited" -ge "$TIMEOUT" ]; then
    echo "waited $waited s for $WHAT: $problem" >&2
    exit 1
  fi
  echo "waiting for $WHAT: $problem"
  sleep "$INTERVAL"
done
echo "$WHAT is there"
