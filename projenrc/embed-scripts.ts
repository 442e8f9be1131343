import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The shell scripts of hooks travel inside manifests: each becomes a TypeScript module beside it, because a jsii package holds nothing but `lib/`. */
const FOLDER = 'src/hooks/scripts';

/** The module that holds a script: `backup.sh` becomes `export const BACKUP`. */
export function moduleOf(file: string, script: string): string {
  const name = basename(file, '.sh').replaceAll('-', '_').toUpperCase();
  const [, purpose] = /^(?:#!\/bin\/sh\n)?# (.+)\n/.exec(script) ?? []; // what is a part of others is no program of its own
  if (!purpose) throw new Error(`${file} must begin with a comment of one line that says what it does, below "#!/bin/sh" if it is a whole script`);
  if (script.includes('{{')) throw new Error(`${file} holds "{{", which Helm would evaluate in a chart`);
  const text = script.replace(/\\|`|\$\{/g, (special) => `\\${special}`);
  return `// Made from ${basename(file)} by projenrc/embed-scripts.ts.\n\n/** ${purpose} */\nexport const ${name} = \`${text}\`;\n`;
}

if (require.main === module) {
  for (const file of readdirSync(FOLDER).filter((each) => each.endsWith('.sh'))) {
    writeFileSync(join(FOLDER, file.replace(/\.sh$/, '.ts')), moduleOf(file, readFileSync(join(FOLDER, file), 'utf8')));
  }
}
