/** Sends and receives in two tests until it is killed; prints the number of each send once its intention is durable. */
import { writeSync } from 'node:fs'
import { openInfraStore } from '../../../../../src/daemon/infra/store/index.js'
import { aCid, aKey, aReceived, aSent } from '../../../../support/infra-builders.js'

const store = await openInfraStore(process.argv[2] as string)

async function send(test: string): Promise<void> {
  const first = (store.lastSequence('r', { group: 'g', test }) ?? -1) + 1
  for (let sequence = first; ; sequence++) {
    await store.beginSend('r', { group: 'g', test, sequence, sentAt: sequence, size: 3, epoch: 0 })
    writeSync(1, `${test} ${sequence}\n`)
    void store.endSend('r', aSent({ test, sequence, cid: aCid(`${test}-${sequence}`) }), 1)
    // Each message is received twice, as a history that is read again brings it.
    for (let round = 0; round < 2; round++) {
      const cid = aCid(`received-${test}-${sequence - round}`)
      if (sequence - round >= 0 && store.isNew('g', cid)) void store.putReceived(aReceived({ cid, run: 'r', test }))
    }
    void store.putAck('r', test, { group: 'g', cid: aCid(`${test}-${sequence}`), device: aKey('d'), receivedAt: 1 })
  }
}
await Promise.all([send('a'), send('b')])
