// npm run check: format, lint, types, import rules, generated files, and a lock file that npm 10 and 11 both install.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, filesBelow, readJson, root, run } from './lib.mjs'

await ensureInstalled()
await ensureBuilt()
const tool =
  (path, ...args) =>
  () =>
    run(process.execPath, [join(root, 'node_modules', path), ...args], { stdout: 'pipe' })

const steps = {
  format: tool('prettier/bin/prettier.cjs', '--check', '.'),
  lint: tool('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  types: tool('typescript/bin/tsc', '--project', root),
  imports: checkImports,
  manifest: checkManifest,
  'reference pages': () =>
    run(process.execPath, [join(root, 'scripts', 'generate.mjs'), '--check'], { stdout: 'pipe' }),
  'lock file entries': checkLock,
  'npm ci with npm 10': () => checkInstall('10'),
  'npm ci with npm 11': () => checkInstall('11'),
}

let failed = 0
for (const [name, step] of Object.entries(steps)) {
  const start = performance.now()
  const { code, output } = await step()
  process.stdout.write(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`,
  )
  if (code !== 0) {
    failed++
    process.stdout.write(`${output.trimEnd()}\n`)
  }
}
process.stdout.write(`${Object.keys(steps).length - failed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)

/** A rule sees nothing in a module that was not read: so there have to be as many modules as there are sources. */
async function checkImports() {
  const cruiser = 'dependency-cruiser/bin/dependency-cruise.mjs'
  const { code, output } = await tool(cruiser, 'src', '--config', join(root, '.dependency-cruiser.cjs'))()
  const cruised = await tool(
    cruiser,
    'src',
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
  )()
  const { modules } = JSON.parse(cruised.output)
  const read = modules.filter(({ source }) => source.startsWith('src/')).length
  const there = filesBelow(join(root, 'src')).filter((file) => file.endsWith('.ts')).length
  return read < there ? { code: 1, output: `${output}only ${read} of ${there} modules were read` } : { code, output }
}

async function checkManifest() {
  const committed = readFileSync(join(root, 'oclif.manifest.json'), 'utf8')
  const directory = mkdtempSync(join(tmpdir(), 'snetd-manifest-'))
  try {
    for (const part of ['package.json', 'bin', 'dist', 'proto'])
      cpSync(join(root, part), join(directory, part), { recursive: true })
    await run('ln', ['-s', join(root, 'node_modules'), join(directory, 'node_modules')])
    const made = await run(process.execPath, [join(root, 'node_modules/oclif/bin/run.js'), 'manifest', directory], {
      stdout: 'pipe',
      cwd: directory,
    })
    if (made.code !== 0) return made
    const isFresh = readFileSync(join(directory, 'oclif.manifest.json'), 'utf8') === committed
    return { code: isFresh ? 0 : 1, output: isFresh ? '' : 'oclif.manifest.json is stale: npm run build' }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** A lock without an entry for another platform's package is refused by npm's own `npm ci` there. */
async function checkLock() {
  const { packages } = readJson(join(root, 'package-lock.json'))
  const isFound = (from, name) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
      if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true
      if (at === '') return false
    }
  }
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isFound(path, name)),
  )
  const registries = Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http')).length
  const faults = [
    ...missing.map((name) => `Missing: ${name}`),
    ...(registries > 0 ? [`${registries} entries name a registry`] : []),
  ]
  return { code: faults.length === 0 ? 0 : 1, output: faults.join('\n') }
}

async function checkInstall(major) {
  const directory = mkdtempSync(join(tmpdir(), 'snetd-install-'))
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(root, file), join(directory, file))
    return await run('npx', ['--yes', `npm@${major}`, 'ci', '--prefer-offline'], { stdout: 'pipe', cwd: directory })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
