import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';

/** The image of everything that speaks HTTP or TCP here: a shell, the tools of busybox and curl, 10 MB. */
export const CURL_IMAGE = 'docker.io/curlimages/curl:8.11.1';

/** Its user, `curl_user`, by number: `runAsNonRoot` does not know names. */
export const CURL_USER = 100;

/** What curl needs. */
export const CURL_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(10) },
  memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};
