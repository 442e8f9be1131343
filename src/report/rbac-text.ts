import { Grant, RoleRule } from '../lifecycle';
import { KubeObject } from '../vocabulary';
import { printable } from './printable';

/** Words that YAML 1.1 takes for something else than text, and text with signs, stand in quotes. */
function scalar(text: string): string {
  const isPlain = /^[a-z][a-z0-9./-]*$/i.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function list(words: readonly string[]): string {
  return `[${words.map(scalar).join(', ')}]`;
}

function map(entries: object, indent: string): string[] {
  return Object.entries(entries).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? [`${indent}${key}:`, ...map(value as object, `${indent}  `)] : [`${indent}${key}: ${scalar(String(value))}`]);
}

/** The first entry of a list item stands behind its dash. */
function item(lines: readonly string[], indent: string): string[] {
  return lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
}

function rule({ apiGroups, resources, resourceNames, verbs, otherwise }: RoleRule): string[] {
  const lines = [
    `apiGroups: ${list(apiGroups)}`,
    `resources: ${list(resources)}`,
    ...(resourceNames === undefined ? [] : [`resourceNames: ${list(resourceNames)}`]),
    `verbs: ${list(verbs)}`,
  ];
  return [...(otherwise === undefined ? [] : [`  # may be left out: ${otherwise}`]), ...item(lines, '  ')];
}

function document({ apiVersion, kind, metadata }: KubeObject, rest: readonly string[]): string {
  return ['---', ...map({ apiVersion, kind, metadata }, ''), ...rest].join('\n');
}

/** A Namespace as YAML, for those who must be there before the roles in them. */
export function namespaceText(name: string): string {
  return printable(document({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { name } } }, []));
}

/** Roles and their bindings as YAML, for kubectl and for those who review it. */
export function rbacText(grants: readonly Grant[]): string {
  return grants.map(({ role, binding }) => printable([
    document(role, ['rules:', ...role.rules.flatMap(rule)]),
    document(binding, [
      'roleRef:', ...map(binding.roleRef as object, '  '),
      'subjects:', ...(binding.subjects as readonly object[]).flatMap((subject) => item(map(subject, ''), '  ')),
    ]),
  ].join('\n'))).join('\n');
}
