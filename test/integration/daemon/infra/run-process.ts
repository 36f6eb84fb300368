/** One daemon's groups and tests beside a fake Berty: runs a test until it is done or killed; prints what is handed over. */
import { writeSync } from 'node:fs'
import { parseHeader } from '../../../../src/daemon/infra/message/index.js'
import { FakeLink, FakeNet } from '../../../support/fake-berty-port.js'
import { aCid, aPlan } from '../../../support/infra-builders.js'
import { openInfraParts } from '../../../support/infra-daemon.js'
import { takeTime } from '../../../support/take-time.js'

const [path, amount] = process.argv.slice(2) as [string, string]
const berty = new FakeNet().peer('one')
berty.onSend = async (body) => {
  const sequence = parseHeader(body)?.sequence
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
