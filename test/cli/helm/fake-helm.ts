import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a program that stands for helm answers, by the first words of its arguments; `fails` is what it complains about. */
export type Answers = Readonly<Record<string, { readonly prints: string } | { readonly fails: string }>>;

/** A program that answers as helm would, and keeps what it was asked. */
export class FakeHelm {
  readonly program: string;
  readonly #folder: string;

  constructor(folder: string, answers: Answers) {
    this.#folder = folder;
    this.program = join(folder, 'helm');
    writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers));
    writeFileSync(this.program, `#!${process.execPath}
const fs = require('fs');
const args = process.argv.slice(2);
const files = args.filter((arg) => arg.startsWith('--values=')).map((arg) => fs.readFileSync(arg.slice(9), 'utf8'));
fs.appendFileSync(__dirname + '/asked', JSON.stringify({ args, files, variables: Object.keys(process.env).filter((name) => name.startsWith('HELM_')) }) + '\\n');
const answers = JSON.parse(fs.readFileSync(__dirname + '/answers.json', 'utf8'));
const key = Object.keys(answers).find((each) => (args.join(' ') + ' ').startsWith(each + ' '));
const answer = answers[key] || { fails: 'no answer for ' + args.join(' ') };
if (answer.fails !== undefined) {
  process.stderr.write('level=WARN msg=remark\\nError: ' + answer.fails + '\\n');
  process.exit(1);
}
process.stdout.write(answer.prints);
`, { mode: 0o755 });
  }

  /** The arguments of each run, what stood in the files of values, and which variables of helm were set. */
  asked(): { readonly args: readonly string[]; readonly files: readonly string[]; readonly variables: readonly string[] }[] {
    const path = join(this.#folder, 'asked');
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as ReturnType<FakeHelm['asked']>[number]) : [];
  }
}
