/** Owns a data directory until it is killed; with `pay` it commits in a loop and prints each acknowledged amount. */
import { writeSync } from 'node:fs'
import { openDataDir, openStorage } from '../../../../src/daemon/storage/index.js'
import { channelId, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { quietLog } from '../../../support/quiet-log.js'

const [path, task] = process.argv.slice(2) as [string, string]
const log = quietLog()
const dataDir = await openDataDir({ path }, { log }).catch(() => process.exit(3))
const { channels } = await openStorage(
  {
    type: 'embedded',
    dataDir,
    identity: { network: 'n', organization: 'o', group: 'g', mpe: 'm', backend: 'embedded' },
  },
  { log },
)
writeSync(1, `${(await channels.read(channelId(7n)))?.authorized ?? 0n}\n`)
while (task === 'pay') {
  await using hold = await channels.hold(channelId(7n))
  const authorized = cogs((hold.record?.authorized ?? 0n) + 1n)
  await hold.commit({ channel: aRecord({ authorized }) })
  writeSync(1, `${authorized}\n`)
}
