import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/shared/package.js'
import type { TestMessage } from '../../src/shared/wire/index.js'
import { type HostAnswers, lasting, startControlHost } from '../support/control-host.js'
import { until } from '../support/until.js'

const aTest = (changes: TestMessage): TestMessage => ({
  ...{ group: 'chat', test: '0', run_id: 'r1', plan: { amount: '10' }, started_at: '1000000' },
  ...changes,
})
const running = aTest({ state: 'RUNNING', running: true, sent: '5' })
const done = aTest({ state: 'DONE', end: 'COMPLETED', sent: '10' })
const telling = (...tests: readonly TestMessage[]): HostAnswers => ({
  WatchTests: (_, gone) => lasting(gone, ...tests.map((one) => ({ tests: [one] }))),
})

/** A terminal of 80 columns in which a command runs. */
const onTerminal = (args: readonly string[]) => {
  const command = [process.execPath, join(packageRoot, 'bin', 'infra.js'), ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', `stty cols 80 rows 24; ${command}`, '/dev/null'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm' },
  })
  const shown = { text: '' }
  child.stdout.on('data', (chunk: Buffer) => (shown.text += chunk.toString()))
  return { child, shown, closed: once(child, 'close') as Promise<[number | null]> }
}

test(
  'on a terminal, watch draws one line of each host again, through an outage, and ends with the next step',
  { timeout: 60_000 },
  async () => {
    if (!existsSync('/usr/bin/script')) throw new Error('script is missing: apt-get install bsdutils')
    const first = await startControlHost(telling(running))
    const port = Number(first.address.split(':')[1])
    await using other = await startControlHost(telling(done))
    const hosts = [first, other].flatMap(({ address }) => ['--host', address])
    const { child, shown, closed } = onTerminal(['test', 'watch', 'chat', '0', ...hosts])
    try {
      await until('half is shown', () => shown.text.includes('5 of 10'))
      await first[Symbol.asyncDispose]()
      await until('the outage is shown', () => shown.text.includes('away: '))
      await using _back = await startControlHost(telling(done), { port })
      expect((await closed)[0]).toBe(0)
    } finally {
      child.kill()
    }
    const escape = String.fromCharCode(27)
    const last = shown.text.slice(shown.text.lastIndexOf(`${escape}[2A`))
    const lines = last.replaceAll(/\u001b\[\d+[AK]/g, '').split('\r\n')
    expect(lines).toEqual([
      `${first.address}  ████████████████████ 100 %  10 of 10  done`,
      `${other.address}  ████████████████████ 100 %  10 of 10  done`,
      '',
      'All tests are done. Show the verdict with:',
      `  infra test report r1 ${hosts.join(' ')}`,
      '',
    ])
  },
)
