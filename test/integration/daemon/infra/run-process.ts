/** One daemon's groups and tests beside a fake Berty: runs a test until it is done or killed; prints what is handed over. */
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseHeader } from '../../../../src/daemon/infra/message/index.js'
import { FakeLink, FakeNet } from '../../../support/fake-berty-port.js'
import { aCid, aKey, aPlan } from '../../../support/infra-builders.js'
import { openInfraParts } from '../../../support/infra-daemon.js'
import { takeTime } from '../../../support/take-time.js'

const [path, amount] = process.argv.slice(2) as [string, string]
const berty = new FakeNet().peer('one')
const chat = aKey('group chat')
// A Berty outlives the daemon beside it, and its list has what it took.
const list = join(path, 'list')
for (const body of existsSync(list) ? readFileSync(list, 'utf8').split('\n').slice(0, -1) : [])
  berty.receive(chat, '', { ...ofOwn(body), body })

function ofOwn(body: string) {
  return { cid: aCid(String(parseHeader(body)?.sequence)), device: berty.keysIn(chat).device }
}
berty.onSend = async (body) => {
  const sequence = parseHeader(body)?.sequence
  appendFileSync(list, `${body}\n`)
  writeSync(1, `${sequence}\n`)
  // As long as a quick Berty takes: a kill is to find something under way.
  await takeTime(2)
  return { outcome: 'sent', cid: aCid(String(sequence)) }
}
const parts = await openInfraParts(path, new FakeLink(berty))
if (parts.groups.list().length === 0) {
  await parts.groups.create('chat', { reuse: false })
  await parts.tests.define('chat', '0', aPlan({ amount: Number(amount), intervalMs: 1 }))
  await parts.tests.start('chat', '0', { run: 'r' })
}
parts.tests.onChange(() => {
  if (parts.tests.list({})[0]?.state === 'done') void parts[Symbol.asyncDispose]()
})
