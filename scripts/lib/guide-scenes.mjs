// What the pages take for granted, set up for a check that follows them: a registered service, and hosts with a Berty each.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './ready.mjs'

/** The provider's network and the operator's hosts; each is started when the first page needs it. */
export function openScenes() {
  const running = []
  const start = async (...args) => {
    const child = spawn(process.execPath, [join(root, 'bin/run.js'), 'sandbox', ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    running.push(child)
    return await firstLine(child, `sandbox ${args.join(' ')}`)
  }
  let network
  let hosts
  return {
    /** Puts into `place` what the page's reader has. Answers what he does by hand after a line that begins so, and his names. */
    async prepare(page, place) {
      if (page === 'docs/operators.md') return await standAtHosts(place, running)
      if (page === 'docs/python-clients.md') return { acts: {}, names: { '/tmp/sandbox': join(place, 'sandbox') } }
      network ??= await start()
      writeFileSync(join(place, 'key'), network.keys.client, { mode: 0o600 })
      if (page === 'docs/getting-paid.md') {
        copyFileSync(network.config_file, join(place, 'snetd.config.json'))
        for (const name of ['client', 'provider']) {
          writeFileSync(join(place, `${name}.key`), network.keys[name], { mode: 0o600 })
        }
      }
      if (page === 'README.md') copyFileSync((hosts ??= await start('infra')).inventory, join(place, 'hosts.yaml'))
      const names = { 'your-org': network.org, 'your-service': network.service }
      return { acts: { 'snetd init': [fillIn(network.config_file)] }, names }
    },
    async close() {
      await Promise.all(
        running.map(async (child) => {
          if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit')
        }),
      )
    },
  }
}

const HOSTS = ['london', 'tokyo', 'paris']

/** Three hosts with a Berty each, all on loopback; their daemons start once the page has named what it passes to `infra`. */
async function standAtHosts(place, running) {
  const bertys = await startBertys(running)
  const ports = await Promise.all(HOSTS.map(freePort))
  const peers = HOSTS.map((name, at) => `  ${name}: { address: "127.0.0.1:${ports[at]}" }`)
  writeFileSync(join(place, 'hosts.yaml'), ['peers:', ...peers, ''].join('\n'))
  writeFileSync(join(place, 'groups.txt'), 'talk\n')
  for (const [at, name] of HOSTS.entries()) {
    const config = {
      ...{ gate_enabled: false, infra_enabled: true, infra_token_file: 'token', data_dir: `${name}-data` },
      // All hosts are at one address here, so the certificate of the first is right for each.
      ...{ infra_tls_cert: 'london.pem', infra_tls_key: 'london.key' },
      ...{
        infra_endpoint: `127.0.0.1:${ports[at]}`,
        infra_berty_endpoint: bertys[at],
        log: { level: 'warn' },
        metrics_endpoint: 'off',
      },
    }
    writeFileSync(join(place, `${name}.json`), JSON.stringify(config), { mode: 0o600 })
  }
  const acts = { 'H=': HOSTS.map((name) => `stays_up 'snetd serve -c ${name}.json'`) }
  const names = {
    'IP:10.0.0.7': 'IP:127.0.0.1',
    '10.0.0.7': `127.0.0.1:${ports[0]}`,
    '10.0.0.8': `127.0.0.1:${ports[1]}`,
  }
  return { acts, names }
}

/** The endpoints of fake Bertys in a process of their own. */
async function startBertys(running) {
  const program = `import { createBertyNetwork } from './src/sandbox/berty/index.js'
const net = createBertyNetwork({ seed: 'guides' })
const peers = []
for (const name of ${JSON.stringify(HOSTS)}) peers.push(await net.startPeer({ name }))
console.log(JSON.stringify(peers.map(({ endpoint }) => endpoint)))`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  return await firstLine(child, 'fake Bertys')
}

/** What a program of ours says once it is ready, as JSON. */
async function firstLine(child, what) {
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(() => [''])
  const [line] = await Promise.race([once(lines, 'line'), ended])
  if (line === '') throw new Error(`${what} ended before it was ready`)
  return JSON.parse(line)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Shell words that do what `snetd init` asks for: they put this network's values where the file has capitals. */
function fillIn(configFile) {
  const { data_dir, daemon_endpoint, ...values } = JSON.parse(readFileSync(configFile, 'utf8'))
  const program = `const fs = require('node:fs'), file = 'snetd.config.json', mine = JSON.parse(fs.readFileSync(file))
fs.writeFileSync(file, JSON.stringify({ ...mine, ...${JSON.stringify(values)}, daemon_endpoint: '127.0.0.1:0', data_dir: 'data' }))`
  return `node -e '${program.replaceAll("'", `'\\''`)}'`
}
