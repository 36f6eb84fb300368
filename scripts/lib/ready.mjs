// What the commands of a fresh clone share: install and build when needed. No dependencies. Stdout stays untouched.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** What writes oclif.manifest.json. */
export const OCLIF = 'node_modules/oclif/bin/run.js'

/** Ends the command: what is missing, and the line to type. */
function stop(what, line) {
  process.stderr.write(`Error: ${what}.\n${line ? `Type:  ${line}\n` : ''}`)
  process.exit(1)
}

/** Of the packages for development, those that the program is built with and the sandboxes run. */
const TOOLS = ['esbuild', '@foundry-rs/anvil']

/**
 * Node new enough, packages as in the lock and, unless `build` is false, dist/ as in src/. Where nothing is installed yet,
 * `toRun` installs a third of the packages: what runs, and the tools to build it and to try it.
 */
export function makeReady({ build = true, toRun = false } = {}) {
  requireNode()
  const [wanted, installed] = [readLock('package-lock.json'), readLock('node_modules/.package-lock.json')]
  if (!isInstalled(toRun ? packagesToRun(wanted) : wanted, installed)) {
    if (toRun && wanted && !installed) installToRun(wanted)
    else installAll()
  }
  if (build && !isBuilt()) buildAll()
}

/** The lock without what only development needs, but with the tools. */
export function packagesToRun(lock) {
  if (!lock) return undefined
  const { packages } = lock
  const kept = new Set(Object.keys(packages).filter((path) => !packages[path].dev && !packages[path].devOptional))
  const keep = (name) => {
    const path = `node_modules/${name}`
    if (!packages[path] || kept.has(path)) return
    kept.add(path)
    const { dependencies, optionalDependencies } = packages[path]
    Object.keys({ ...dependencies, ...optionalDependencies }).forEach(keep)
  }
  TOOLS.forEach(keep)
  return { packages: Object.fromEntries([...kept].map((path) => [path, packages[path]])) }
}

/** Everything the lock asks for is there in its version; what is for other platforms may be absent. */
export function isInstalled(wanted, installed) {
  if (!wanted || !installed) return false
  return Object.entries(wanted.packages).every(([path, { version, optional, link }]) => {
    const found = installed.packages[path]
    return path === '' || link || (found ? found.version === version : optional === true)
  })
}

/** The npm that started this script, else the one on the path. */
export function npm(args, options) {
  const { npm_execpath: own } = process.env
  return own ? spawnSync(process.execPath, [own, ...args], options) : spawnSync('npm', args, options)
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) stop(`Node 20.19 or newer is needed, this is ${process.version}`)
}

/** Versions and checksums are those of the lock: npm takes what it lists as it lists it. */
function installToRun({ packages }) {
  const took = told('Installing what the sandbox needs, half a minute the first time')
  const tools = TOOLS.map((name) => `${name}@${packages[`node_modules/${name}`].version}`)
  const flags = ['--no-save', '--save-prod', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = npm(['install', ...flags, ...tools], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) stop('the packages could not be installed', `cd ${root} && npm ci`)
  took('Installed')
}

function installAll() {
  const took = told('Installing packages (npm ci), a minute or two the first time')
  const { status } = npm(['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) stop('the packages could not be installed', `cd ${root} && npm ci`)
  took('Installed')
}

function buildAll() {
  const took = told('Building')
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 2, 2] })
  if (status !== 0) stop('the program could not be built', `cd ${root} && npm run build`)
  took('Built')
}

/** Tells what begins; what it returns tells that it is done, and how long it took. */
function told(what) {
  const start = performance.now()
  process.stderr.write(`${what} …\n`)
  return (done) => process.stderr.write(`${done} in ${Math.round((performance.now() - start) / 1000)} s.\n`)
}

function isBuilt() {
  const built = mtimeOf('dist/.built')
  // What was built without the tool that lists the commands has the list of the repository, and the tool may list others.
  if (built > 0 && existsSync(join(root, OCLIF)) && readFileSync(join(root, 'dist/.built'), 'utf8') !== '') return false
  if (!existsSync(join(root, 'oclif.manifest.json'))) return false
  // A folder's own time tells of files that went away.
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((file) => join('src', file))
  return ['src', 'package.json', 'scripts/build.mjs', ...sources].every((file) => mtimeOf(file) < built)
}

const mtimeOf = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0

function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'))
  } catch {
    return undefined
  }
}
