// What the pages take for granted, set up for a check that follows them: a registered service, and hosts with a Berty each.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
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
    const lines = createInterface({ input: child.stdout })
    const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [''])])
    if (line === '') throw new Error(`sandbox ${args.join(' ')} ended before it was ready`)
    return JSON.parse(line)
  }
  let network
  let hosts
  return {
    /** Puts into `place` what the page's reader has. Answers what he does by hand after a line that begins so, and his names. */
    async prepare(page, place) {
      if (page === 'docs/operators.md') return { acts: {}, names: {} }
      network ??= await start()
      writeFileSync(join(place, 'key'), network.keys.client, { mode: 0o600 })
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

/** Shell words that do what `snetd init` asks for: they put this network's values where the file has capitals. */
function fillIn(configFile) {
  const { data_dir, daemon_endpoint, ...values } = JSON.parse(readFileSync(configFile, 'utf8'))
  const program = `const fs = require('node:fs'), file = 'snetd.config.json', mine = JSON.parse(fs.readFileSync(file))
fs.writeFileSync(file, JSON.stringify({ ...mine, ...${JSON.stringify(values)}, daemon_endpoint: '127.0.0.1:0', data_dir: 'data' }))`
  return `node -e '${program.replaceAll("'", `'\\''`)}'`
}
