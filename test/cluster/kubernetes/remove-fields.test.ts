import { removeFields } from '../../../src/cluster/kubernetes/remove-fields';

const POD = { spec: { nodeName: 'n', containers: [{ name: 'web', image: 'x', args: ['a', 'b'] }, { name: 'sidecar', image: 'y' }], ports: [{ port: 80, protocol: 'TCP' }] } };
const CONTAINERS = POD.spec.containers;

test.each<[string, object, object]>([
  ['nothing of an empty set', {}, POD],
  ['a field', { 'f:spec': { 'f:nodeName': {} } }, { spec: { ...POD.spec, nodeName: undefined } }],
  ['a field with all that is in it, where it is owned itself', { 'f:spec': { '.': {}, 'f:nodeName': {} } }, {}],
  ['an item by its keys', { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } } } }, { spec: { ...POD.spec, containers: [CONTAINERS[1]] } }],
  ['an item by several keys', { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': {} } } }, { spec: { ...POD.spec, ports: [] } }],
  ['a field of an item', { 'f:spec': { 'f:containers': { 'k:{"name":"sidecar"}': { 'f:image': {} } } } }, { spec: { ...POD.spec, containers: [CONTAINERS[0], { name: 'sidecar' }] } }],
  [
    'an item by its value',
    { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:args': { 'v:"a"': {} } } } } },
    { spec: { ...POD.spec, containers: [{ ...CONTAINERS[0], args: ['b'] }, CONTAINERS[1]] } },
  ],
  ['what is not there', { 'f:spec': { 'f:other': {}, 'f:containers': { 'k:{"name":"gone"}': {} }, 'f:nodeName': { 'f:deep': {} } }, 'f:x': {} }, POD],
])('it removes %s', (_, fields, left) => {
  expect(removeFields(POD, fields as never)).toEqual(left);
});
