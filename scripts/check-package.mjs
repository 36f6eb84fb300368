// npm run check:package: the packed package, installed elsewhere with scripts blocked, runs under both names.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './lib/ready.mjs'

const scratch = mkdtempSync(join(tmpdir(), 'snetd-package-'))
const run = (program, args, cwd) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
try {
  const [{ filename, size }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch], root))
  writeFileSync(join(scratch, 'package.json'), '{"private": true}\n')
  run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`], scratch)
  for (const name of ['snetd', 'infra']) {
    const help = run(join(scratch, 'node_modules/.bin', name), ['serve', '--help'], scratch)
    if (!help.includes(`$ ${name} serve`)) throw new Error(`${name} serve --help does not speak its name:\n${help}`)
  }
  console.log(`${filename}: ${Math.round(size / 1024)} KiB, runs as snetd and as infra`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
