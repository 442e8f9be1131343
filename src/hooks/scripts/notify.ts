// Made from notify.sh by projenrc/embed-scripts.ts.

/** Posts $BODY to the address in $URL, which is a secret: it is no argument of any process, and not in what is printed. */
export const NOTIFY = `#!/bin/sh
# Posts $BODY to the address in $URL, which is a secret: it is no argument of any process, and not in what is printed.
set -eu

# Whoever made the Secret with echo put an end of line into it.
address=$(printf '%s' "$URL")
case $address in
  *[[:space:]\\"\\\\]*) problem='the address in the Secret holds characters that no URL may hold' ;;
  http://* | https://*)
    problem=
    answer=$(
      curl --silent --globoff --max-time "$PATIENCE" --retry "$RETRIES" --retry-connrefused --retry-delay 2 --output /dev/null \\
        --write-out '%{http_code} %{errormsg}' --header 'Content-Type: application/json' --data-raw "$BODY" --config - <<END
url = "$address"
END
    ) || problem=\${answer#* }
    status=\${answer%% *}
    case $status in
      2??) ;;
      *) [ -n "$problem" ] || problem="the receiver answers with status $status" ;;
    esac
    ;;
  *) problem='the address in the Secret is no http:// or https:// URL' ;;
esac

if [ -z "$problem" ]; then
  echo 'the message was delivered'
elif [ "$REQUIRED" = true ]; then
  echo "the message was not delivered: $problem" >&2
  exit 1
else
  echo "the message was not delivered: $problem. The release goes on." >&2
fi
`;
