import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from '../cluster/command';
import { cacheFolder, makeOnce } from '../cluster/tool-cache';
import { Program } from './engine-run';

const REQUIREMENTS = resolve(__dirname, '../tools/pulumi-python/requirements.txt');

/** Python with Pulumi's packages, in a virtual environment that is made once. */
async function python(): Promise<string> {
  const prefix = (await run('python3', ['-c', 'import sys; print(sys.base_prefix, sys.version)'])).trim();
  const folder = cacheFolder('pulumi-python', readFileSync(REQUIREMENTS, 'utf8'), prefix);
  await makeOnce(folder, async (unfinished) => {
    await run('python3', ['-m', 'venv', unfinished]);
    const flags = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', `--requirement=${REQUIREMENTS}`];
    await run(join(unfinished, 'bin/python'), ['-m', 'pip', 'install', ...flags]);
  });
  return join(folder, 'bin/python');
}

/** A program in Python, served to the engine by a process of its own, as Pulumi's Automation API serves inline programs. */
export async function pythonProgram(main: string): Promise<Program> {
  const interpreter = await python();
  return {
    serve: async () => {
      const child = spawn(interpreter, [join(__dirname, 'serve-program.py'), main], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
      const port = await new Promise<string>((found, reject) => {
        child.on('error', reject).on('close', (code) => reject(new Error(`The program was not served: python exited with ${code}`)));
        createInterface(child.stdout).once('line', found);
      });
      return { address: `127.0.0.1:${port}`, stop: () => void child.kill() };
    },
  };
}
