# Whether $ADDRESS accepts connections.
# shellcheck shell=sh disable=SC2034
try() {
  # A telnet server would say something now: curl waits for it until $PATIENCE is over, in vain. What counts is that it has connected.
  answer=$(curl --silent --noproxy '*' --max-time "$PATIENCE" --output /dev/null --write-out '%{time_connect} %{errormsg}' "telnet://$ADDRESS" </dev/null) || true
  problem=${answer#* }
  case $answer in
    '' | 0.000000*) return 1 ;;
    *) return 0 ;;
  esac
}
