// What the scripts share. Node's own modules only: these run before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** Runs a program to its end; its stdout goes where `stdout` says ('inherit', 'stderr' or 'pipe'). */
export function run(command, args, { stdout = 'inherit', cwd = root, env = process.env } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['inherit', stdout === 'stderr' ? 2 : stdout, stdout === 'pipe' ? 'pipe' : 2],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.once('error', fail)
    child.once('close', (code, signal) => done({ code: code ?? 1, signal, output }))
  })
}

export function fail(message, hint) {
  process.stderr.write(`Error: ${message}\nHint:  ${hint}\n`)
  process.exit(2)
}

/** Installs what the lock file names, when that has not been done since it changed. */
export async function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node ${process.versions.node} is too old`, 'Install Node 20.19 or newer.')
  const done = join(root, 'node_modules', '.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs) return
  process.stderr.write('Installing packages (npm ci) …\n')
  const { code } = await run('npm', ['ci'], { stdout: 'stderr' })
  if (code !== 0) fail('npm ci failed', 'See its messages above; the registry has to be reachable.')
}

/** Builds dist/ when a source is newer than it. */
export async function ensureBuilt() {
  const built = join(root, 'dist', '.built')
  const sources = [...filesBelow(join(root, 'src')), join(root, 'package.json'), join(root, 'scripts', 'build.mjs')]
  if (existsSync(built) && sources.every((file) => statSync(file).mtimeMs <= statSync(built).mtimeMs)) return
  const { code, output } = await run('npm', ['run', '--silent', 'build'], { stdout: 'pipe' })
  if (code !== 0) fail(`the build failed:\n${output}`, 'Mend the sources.')
}

export function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))
