/**
 * Owns a data directory until it is killed; with `pay` it commits in a loop, with a count beside each amount, and prints
 * each acknowledged amount, with `count` it raises a number in a table and prints that, with `infra` it opens the store
 * of the control daemon instead. Exits with 3 and says why when it cannot.
 */
import { writeSync } from 'node:fs'
import { openDataDir } from '../../../../src/daemon/data-dir/index.js'
import { openInfraStore } from '../../../../src/daemon/infra/store/index.js'
import { openStorage } from '../../../../src/daemon/storage/index.js'
import { toSnetError } from '../../../../src/shared/errors.js'
import { channelId, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { quietLog } from '../../../support/quiet-log.js'
import { COUNTS, raise } from '../../../support/count-table.js'

const [path, task] = process.argv.slice(2) as [string, string]
const log = quietLog()
const refused = (fault: Error): never => {
  const { kind, message } = toSnetError(fault)
  // That another one lives here is what tests of many starters want.
  if (kind !== 'unavailable') writeSync(2, `${kind}: ${message}\n`)
  process.exit(3)
}
const dataDir = await openDataDir({ path }, { log }).catch(refused)
if (task === 'infra') await openInfraStore(path).catch(refused)
const { channels, ...storage } = await openStorage(
  {
    type: 'embedded',
    dataDir,
    identity: { network: 'n', organization: 'o', group: 'g', mpe: 'm' },
  },
  { log },
).catch(refused)
const counts = storage.table(COUNTS)
if (task === 'count') writeSync(1, `${(await counts.read('calls')) ?? 0n}\n`)
else writeSync(1, `${(await channels.read(channelId(7n)))?.authorized ?? 0n}\n`)
while (task === 'pay') {
  await using hold = await channels.hold(channelId(7n))
  const authorized = cogs((hold.record?.authorized ?? 0n) + 1n)
  await hold.commit({ channel: aRecord({ authorized }), beside: counts.plan('paid', (now = 0n) => now + 1n) })
  writeSync(1, `${authorized}\n`)
}
while (task === 'count') writeSync(1, `${await raise(counts, 'calls')}\n`)
