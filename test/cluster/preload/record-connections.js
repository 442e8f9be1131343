/* Loaded before the command line: writes down whatever it does towards the network, and every process it starts, a line each. */
const { appendFileSync } = require('node:fs');
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const file = process.env.RECORD_CONNECTIONS;

function record(line) {
  appendFileSync(file, `${line}\n`);
}

/** Calls `tell` with the arguments before the method does its work. */
function listen(object, method, tell) {
  const real = object[method];
  object[method] = function (...args) {
    record(tell(...args));
    return real.apply(this, args);
  };
}

function target(args) {
  // net.connect hands its arguments on as one list.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return first.path ? `socket ${first.path}` : `tcp ${first.host ?? 'localhost'}:${first.port}`;
  return typeof first === 'string' && Number.isNaN(Number(first)) ? `socket ${first}` : `tcp ${typeof second === 'string' ? second : 'localhost'}:${first}`;
}

listen(net.Socket.prototype, 'connect', (...args) => target(args));
listen(dgram.Socket.prototype, 'send', () => 'udp');
listen(dgram.Socket.prototype, 'connect', () => 'udp');
listen(childProcess.ChildProcess.prototype, 'spawn', ({ file: program }) => `process ${program}`);
for (const method of ['spawnSync', 'execFileSync', 'execSync']) listen(childProcess, method, (program) => `process ${program}`);
for (const resolver of [dns, dns.promises]) {
  for (const method of Object.keys(resolver).filter((name) => /^(lookup|resolve|reverse)/.test(name))) listen(resolver, method, (name) => `dns ${name}`);
}
