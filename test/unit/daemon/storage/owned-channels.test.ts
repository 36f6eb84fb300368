import { expect, test } from 'vitest'
import { OwnedChannels } from '../../../../src/daemon/storage/owned-channels.js'
import type { RecordStore } from '../../../../src/daemon/storage/record-store.js'
import { PROXIED_STATUS } from '../../../../src/shared/wire/index.js'
import type { SnetError } from '../../../../src/shared/errors.js'
import { channelId } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'

const ID = channelId(7n)

/** Records on a disk that fails at one kind of access. */
function failing(at: 'read' | 'write'): OwnedChannels {
  const fail = (): never => {
    throw new Error('EIO: secret path')
  }
  const records: RecordStore = {
    read: () => (at === 'read' ? fail() : { record: undefined, version: undefined }),
    readClaim: () => undefined,
    list: () => [],
    listClaims: () => [],
    write: async () => fail(),
    readRow: () => fail(),
    listRows: () => [],
    changeRow: async () => fail(),
    isOwned: () => true,
    count: () => 0,
    close: async () => undefined,
  }
  return new OwnedChannels(records)
}

const failure = async (attempt: Promise<unknown>): Promise<{ code: number; text: string }> => {
  const { kind, message } = (await attempt.then(
    () => expect.unreachable('it worked'),
    (error: unknown) => error,
  )) as SnetError
  return { code: PROXIED_STATUS[kind], text: message }
}

test('a store that cannot be read gives no hold, in the words that clients know, and keeps none', async () => {
  const channels = failing('read')
  for (let i = 0; i < 2; i++) {
    expect(await failure(channels.hold(ID))).toEqual({ code: 13, text: 'cannot get mutex for channel: {ID: 7}' })
  }
  expect(await failure(channels.read(ID))).toEqual({
    code: 13,
    text: 'the payment store cannot be read for channel {ID: 7}',
  })
})

test('a store that cannot be written fails the commit in the words that clients know, and the channel is free', async () => {
  const channels = failing('write')
  for (let i = 0; i < 2; i++) {
    await using hold = await channels.hold(ID)
    expect(await failure(hold.commit({ channel: aRecord({ id: ID }) }))).toEqual({
      code: 13,
      text: 'unable to store new payment channel state',
    })
  }
})
