const { transformSync } = require('esbuild');
/** Turns TypeScript, and packages that ship only ES modules, into what jest can require. */
module.exports = {
  process: (source, path) =>
    transformSync(source, {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      sourcefile: path,
      sourcemap: 'inline',
    }),
};
