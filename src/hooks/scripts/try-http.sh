# Whether $URL answers with $EXPECT_STATUS; where that is empty, with anything from 200 to 399, as for the probes of Kubernetes.
# shellcheck shell=sh disable=SC2034
try() {
  answer=$(curl --silent --globoff --max-time "$PATIENCE" --output /dev/null --write-out '%{http_code} %{errormsg}' --url "$URL") || true
  status=${answer%% *}
  problem=${answer#* }
  [ -n "$problem" ] || problem="it answers with status $status"
  case $EXPECT_STATUS/$status in
    "$status/$status" | /2?? | /3??) return 0 ;;
    *) return 1 ;;
  esac
}
