// What is measured, compiled as the daemon is: what compiles while it runs, names each function anew.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './ready.mjs'

/** Resolves with the folder of the programs. */
export async function buildBench() {
  const outdir = join(root, 'node_modules/.cache/snetd-bench')
  await build({
    entryPoints: readdirSync(join(root, 'bench')).map((file) => join(root, 'bench', file)),
    ...{ outdir, bundle: true, splitting: true, packages: 'external' },
    ...{ format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'warning' },
  })
  return outdir
}
