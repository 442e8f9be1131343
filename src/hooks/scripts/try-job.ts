// Made from try-job.sh by projenrc/embed-scripts.ts.

/** Whether the Job $JOB of this namespace has completed. One that has failed never will: then nobody waits any longer. */
export const TRY_JOB = `# Whether the Job $JOB of this namespace has completed. One that has failed never will: then nobody waits any longer.
# shellcheck shell=sh disable=SC2034
account=/var/run/secrets/kubernetes.io/serviceaccount
case $KUBERNETES_SERVICE_HOST in
  *:*) server="[$KUBERNETES_SERVICE_HOST]:$KUBERNETES_SERVICE_PORT" ;;
  *) server=$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT ;;
esac

try() {
  # Read every time, for it is renewed; not an argument, for others may see those.
  token=$(cat "$account/token")
  namespace=$(cat "$account/namespace")
  answer=$(
    curl --silent --noproxy '*' --max-time "$PATIENCE" --cacert "$account/ca.crt" --config - --write-out '\\n%{http_code} %{errormsg}' \\
      --url "https://$server/apis/batch/v1/namespaces/$namespace/jobs/$JOB?pretty=false" <<END
header = "Authorization: Bearer $token"
END
  ) || true
  case $answer in
    *'"type":"Complete","status":"True"'*) return 0 ;;
    *'"type":"Failed","status":"True"'*)
      echo "$WHAT has failed: see its logs" >&2
      exit 1
      ;;
    *'
200 '*) problem='it has not ended yet' ;;
    *'
401 '* | *'
403 '*) problem="the service account may not read it: it needs the right to get jobs" ;;
    *'
404 '*) problem='there is no such Job' ;;
    *'
000 '*) problem=\${answer##*'
000 '} ;;
    *) problem="the API server answers with status \${answer##*'
'}" ;;
  esac
  return 1
}
`;
