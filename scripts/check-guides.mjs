// npm run check:guides: types what README.md and the guides tell their readers to type, line by line, with the program packed
// and installed as they say, install scripts blocked. Prints what it leaves out, and why.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandsOf, scriptOf, unknownCommands } from './lib/guide.mjs'
import { makeReady, root } from './lib/ready.mjs'
import { openScenes } from './lib/guide-scenes.mjs'

/** Those named on the command line, or all. */
const PAGES =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ['README.md', 'docs/providers.md', 'docs/getting-paid.md', 'docs/python-clients.md', 'docs/operators.md']

makeReady()
const ids = Object.keys(JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')).commands)
const world = mkdtempSync(join(tmpdir(), 'snetd-guides-'))
const scenes = openScenes()
let failed = 0
try {
  for (const page of PAGES) failed += (await follow(page)) ? 0 : 1
  failed += namesAreSpoken() ? 0 : 1
} finally {
  await scenes.close()
  rmSync(world, { recursive: true, force: true })
  for (const file of readdirSync(root)) if (/^snetd-.*\.tgz$/.test(file)) rmSync(join(root, file))
}
process.exitCode = failed > 0 ? 1 : 0

/** True when every line of the page did what it is there for. */
async function follow(page) {
  const markdown = readFileSync(join(root, page), 'utf8')
  const unknown = unknownCommands(
    markdown,
    ids.map((id) => id.replaceAll(':', ' ')),
  )
  for (const words of unknown) console.log(`${page} names "${words}", which is no command`)
  const commands = commandsOf(markdown)
  const place = join(world, page.replaceAll(/\W/g, '-'))
  mkdirSync(place)
  const { acts, names } = await scenes.prepare(page, place)
  const script = join(place, '.script')
  writeFileSync(script, scriptOf(commands, { acts, names }))
  const bash = spawn('bash', [script], { cwd: place, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [bash.stdout, bash.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const [code] = await once(bash, 'close')
  if (code !== 0) console.log(`${page} cannot be followed (exit ${code}):\n${said.trimEnd()}`)
  const left = commands.filter(({ leftOut }) => leftOut !== undefined)
  console.log(`${page}: ${commands.length - left.length} lines typed`)
  for (const { line, leftOut } of left) console.log(`  left out: ${line} (${leftOut})`)
  return code === 0 && unknown.length === 0
}

function environment() {
  const prefix = join(world, 'prefix')
  return {
    ...process.env,
    PATH: `${join(prefix, 'bin')}:${process.env.PATH}`,
    CLONE: root,
    HOME: world,
    npm_config_prefix: prefix,
    npm_config_cache: process.env.npm_config_cache ?? join(process.env.HOME ?? '', '.npm'),
    npm_config_ignore_scripts: 'true',
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  }
}

/** The installed program speaks the name that was typed. */
function namesAreSpoken() {
  return ['snetd', 'infra'].every((name) => {
    const help = spawnSync(name, ['serve', '--help'], { cwd: world, env: environment(), encoding: 'utf8' }).stdout
    if (help.includes(`$ ${name} serve`)) return true
    console.log(`${name} serve --help does not speak its name:\n${help}`)
    return false
  })
}
