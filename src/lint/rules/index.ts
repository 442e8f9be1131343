import { Rule } from '../rule';
import { alwaysChanged } from './always-changed';
import { annotationNotString } from './annotation-not-string';
import { badAlways } from './bad-always';
import { badIgnore } from './bad-ignore';
import { badMutex } from './bad-mutex';
import { badRetry } from './bad-retry';
import { badRunOn } from './bad-run-on';
import { badTimeout } from './bad-timeout';
import { badWeight } from './bad-weight';
import { claimAsHook } from './claim-as-hook';
import { definitionAsHook } from './definition-as-hook';
import { duplicateEvent } from './duplicate-event';
import { evidenceDeleted } from './evidence-deleted';
import { hookAndResource } from './hook-and-resource';
import { hookInList } from './hook-in-list';
import { hookWithoutName } from './hook-without-name';
import { jobNameTooLong } from './job-name-too-long';
import { jobOutlivesHelm } from './job-outlives-helm';
import { jobWithoutBackoffLimit } from './job-without-backoff-limit';
import { jobWithoutDeadline } from './job-without-deadline';
import { logPolicyWithoutLogs } from './log-policy-without-logs';
import { misspeltAnnotation } from './misspelt-annotation';
import { mixedSourceEvent } from './mixed-source-event';
import { mutableImage } from './mutable-image';
import { namespaceAsHook } from './namespace-as-hook';
import { needsDeletedHook } from './needs-deleted-hook';
import { needsDeletedResource } from './needs-deleted-resource';
import { needsLaterHook } from './needs-later-hook';
import { needsResourceTooEarly } from './needs-resource-too-early';
import { neverCompletes } from './never-completes';
import { noBeforeHookCreation } from './no-before-hook-creation';
import { pausedJob } from './paused-job';
import { plainSecret } from './plain-secret';
import { podSecurity } from './pod-security';
import { policyOnHook } from './policy-on-hook';
import { policyWithoutHook } from './policy-without-hook';
import { restartPolicy } from './restart-policy';
import { runOnWithoutEffect } from './run-on-without-effect';
import { templateLeft } from './template-left';
import { ttlTooShort } from './ttl-too-short';
import { unknownDeletePolicy } from './unknown-delete-policy';
import { unknownEvent } from './unknown-event';
import { unknownLogPolicy } from './unknown-log-policy';
import { unknownResourcePolicy } from './unknown-resource-policy';

/** Every rule, in the order in which findings are told. */
export const RULES: readonly Rule[] = [
  badIgnore, unknownEvent, duplicateEvent, badWeight, badTimeout, badRetry, badMutex, badAlways, badRunOn, annotationNotString, unknownDeletePolicy,
  noBeforeHookCreation, unknownLogPolicy, logPolicyWithoutLogs, misspeltAnnotation, policyWithoutHook, hookAndResource, hookWithoutName, hookInList,
  templateLeft, needsResourceTooEarly, needsDeletedResource, needsLaterHook, needsDeletedHook, mixedSourceEvent, definitionAsHook, policyOnHook,
  unknownResourcePolicy, jobWithoutDeadline, jobOutlivesHelm, jobWithoutBackoffLimit, restartPolicy, ttlTooShort, pausedJob,
  jobNameTooLong, neverCompletes, claimAsHook, namespaceAsHook, evidenceDeleted, mutableImage, alwaysChanged,
  runOnWithoutEffect, plainSecret, podSecurity,
];
