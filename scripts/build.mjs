// npm run build: bundles the sources into dist/ and, where its tool is installed, writes oclif.manifest.json.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { OCLIF, root } from './lib/ready.mjs'

const dist = join(root, 'dist')

/** Packages that stay outside the bundle, because they would not work inside it. */
const EXTERNAL = {
  '@opentelemetry/*': 'its CommonJS has no names where a bundle loads it on demand',
  '@grpc/reflection': 'finds its own .proto files beside its code',
  etcd3: 'finds its own .proto files beside its code',
  'grpc-health-check': 'finds its own .proto file beside its code',
  lmdb: 'finds its prebuilt binding beside its own files',
  secp256k1: 'finds its prebuilt binding beside its own files, and falls back without a word',
  typescript: 'oclif asks for it only to run commands from their sources',
}

/** What runs by itself. */
const PROGRAMS = [
  'src/client/program.ts',
  'src/content/compiler.ts',
  'src/daemon/log-hooks/module-process.ts',
  'src/ethereum/recovery/thread.ts',
]

const started = new Date()
const commands = readdirSync(join(root, 'src/commands'), { recursive: true })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(root, 'src/commands', file))

const { metafile } = await build({
  entryPoints: [...PROGRAMS.map((file) => join(root, file)), ...commands],
  outdir: dist,
  outbase: join(root, 'src'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(EXTERNAL),
  // Of its ES modules only the hash that is used comes along: the other form has two dozen, which each start would read.
  alias: { 'hash-wasm': 'hash-wasm/dist/index.esm.js' },
  // CommonJS inside an ES module has no `require` of its own.
  banner: {
    js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
  },
  // Names stay as they are written, for stack traces; the rest of what only people read costs time at each start.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  absWorkingDir: root,
  logLevel: 'warning',
})

// What an earlier build left behind goes only now: a build that fails leaves the last good one in place.
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name)
  if (entry.isFile() && !(relative(root, file) in metafile.outputs)) rmSync(file)
}

const listsCommands = existsSync(join(root, OCLIF))
if (listsCommands) writeManifest()
writeFileSync(join(dist, 'build.json'), JSON.stringify({ built_on: started.toISOString(), revision: revision() }))
// Bears the time before the first source was read: what changed since then asks for another build.
const stamp = join(dist, '.built')
writeFileSync(stamp, listsCommands ? '' : 'without a new list of commands')
utimesSync(stamp, started, started)

/** Lists the commands and their flags, so that help needs to load none of them. */
function writeManifest() {
  execFileSync(process.execPath, [join(root, OCLIF), 'manifest'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // The tool would ask the registry for a newer version of itself.
    env: { ...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: 'true' },
  })
  // The tool lists commands as their folders happen to be read: in an order of ours the file says the same each time.
  const manifestFile = join(root, 'oclif.manifest.json')
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const ordered = Object.keys(manifest.commands).sort()
  manifest.commands = Object.fromEntries(ordered.map((id) => [id, manifest.commands[id]]))
  writeFileSync(manifestFile, JSON.stringify(manifest, null, 2))
}

/** The commit of the sources; unknown where they came without their history. */
function revision() {
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' })
  return status === 0 && existsSync(join(root, '.git')) ? stdout.trim() : undefined
}
