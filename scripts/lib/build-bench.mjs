// What is measured, compiled as the daemon is: what compiles while it runs, names each function anew.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './ready.mjs'

/** Where programs lie that are started; what else is in bench/ is part of them. */
const FOLDERS = ['bench', 'bench/programs']

/** Resolves with the folder of the programs. */
export async function buildBench() {
  const outdir = join(root, 'node_modules/.cache/snetd-bench')
  const entryPoints = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder)).map((file) => join(root, folder, file)),
  )
  await build({
    entryPoints: entryPoints.filter((file) => file.endsWith('.ts')),
    ...{ outdir, outbase: join(root, 'bench'), bundle: true, splitting: true, packages: 'external' },
    ...{ format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'warning' },
  })
  return outdir
}
