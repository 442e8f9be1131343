# Lets try have $ATTEMPTS attempts.
# shellcheck shell=sh disable=SC2154
attempt=1
until try; do
  echo "$WHAT, attempt $attempt of $ATTEMPTS: $problem" >&2
  if [ "$attempt" -ge "$ATTEMPTS" ]; then
    echo "$WHAT is not healthy" >&2
    exit 1
  fi
  attempt=$((attempt + 1))
  sleep "$INTERVAL"
done
echo "$WHAT is healthy"
