import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mutant } from './mutants';

/** A defect may keep a test from ever ending; that is no proof either. In milliseconds. */
const LONGEST = 240_000;

const ROOT = join(__dirname, '..', '..');

/** What a run of tests came to. */
export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** Files that could not even be run: a mutant that breaks the program proves nothing. */
  readonly broken: number;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** A copy of the sources and the tests, in which defects can be planted. */
export class Copy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mutants-'));

  constructor() {
    for (const part of ['src', 'test', 'docs', 'package.json', 'tsconfig.json']) cpSync(join(ROOT, part), join(this.#folder, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.#folder, 'node_modules'));
  }

  /** Runs test files, with a defect if there is one. */
  run(tests: readonly string[], mutant?: Mutant): TestRun {
    if (mutant) this.#write(mutant.file, this.#read(mutant.file).replace(mutant.search, () => mutant.replace));
    try {
      return this.#jest(tests);
    } finally {
      if (mutant) this.#write(mutant.file, readFileSync(join(ROOT, mutant.file), 'utf8'));
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #jest(tests: readonly string[]): TestRun {
    const report = join(this.#folder, 'report.json');
    const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
    const { PROPERTY_RUNS: _runs, PROPERTY_SEED: _seed, FAULTS: _faults, ...env } = process.env;
    const { stderr } = spawnSync(process.execPath, [jest, '--ci', '--json', `--outputFile=${report}`, '--runTestsByPath', ...tests], {
      cwd: this.#folder, env: { ...env, PROPERTY_SHRINK: 'no' }, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 28, timeout: LONGEST,
    });
    try {
      const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as Report;
      return { passed: numPassedTests, failed: numFailedTests, broken: numRuntimeErrorTestSuites };
    } catch (cause) {
      throw new Error(`jest wrote no report: ${stderr}`, { cause });
    } finally {
      rmSync(report, { force: true });
    }
  }

  #read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8');
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.#folder, file), text);
  }
}
