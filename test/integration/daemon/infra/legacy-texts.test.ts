import { status } from '@grpc/grpc-js'
import { beforeEach, expect, test } from 'vitest'
import { createReliability } from '../../../../src/daemon/infra/reliability.js'
import { startInfraServer } from '../../../../src/daemon/infra/server/index.js'
import { FakeLink, FakeNet } from '../../../support/fake-berty-port.js'
import { openInfraParts } from '../../../support/infra-daemon.js'
import { rawClient } from '../../../support/infra-server.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const CHAT = '0a0463686174'
const KEY_7 = '1007'
const TEXT_OF_9 = '1a0474657874 2009 2801 3003'

/** What controllers of the older generations look for, by `contains`, in the errors of a daemon. */
test.each(['daemon.Proxy', 'server.Proxy'])(
  '%s says over the real groups and tests what older controllers look for',
  async (service) => {
    const link = new FakeLink(undefined)
    await using parts = await openInfraParts(path, link)
    const log = quietLog([])
    const control = {
      peer: link,
      groups: parts.groups,
      tests: parts.tests,
      reliability: createReliability({ log }),
      uploadLogs: async () => ({ count: 0, links: [] }),
      reset: async () => ({ testsStopped: 0, groupsForgotten: 0, runsDeleted: 0 }),
    }
    await using server = await startInfraServer(
      { endpoint: { host: '127.0.0.1', port: 0 }, tls: undefined, token: undefined, inviteFormat: 'proto' },
      { control, log, nowUs: () => Date.now() * 1_000 },
    )
    using client = rawClient(server.address.port)
    const says = async (method: string, bytes: string): Promise<[number, string]> => {
      const { code, details } = await client.ask(`/${service}/${method}`, bytes)
      return [code, details]
    }
    expect(await says('CreateInvite', CHAT)).toEqual([
      status.FAILED_PRECONDITION,
      expect.stringContaining('not connected to a Berty yet'),
    ])
    link.put(new FakeNet().peer('one'))
    expect(await says('CreateInvite', CHAT)).toEqual([status.OK, ''])
    const rows: [string, string, number, string][] = [
      ['CreateInvite', CHAT, status.ALREADY_EXISTS, 'peer already in group'],
      ['StartReceiveMessage', '0a03666f6f', status.FAILED_PRECONDITION, 'peer not in group'],
      ['IsTestRunning', `${CHAT}${KEY_7}`, status.NOT_FOUND, 'test does not exist'],
      ['StartTest', `${CHAT}${KEY_7}`, status.NOT_FOUND, 'test does not exist'],
      ['NewTest', `${CHAT}${KEY_7}${TEXT_OF_9}`, status.OK, ''],
      ['StartTest', `${CHAT}${KEY_7}`, status.OK, ''],
      ['StartTest', `${CHAT}${KEY_7}`, status.ALREADY_EXISTS, 'test already in progress'],
      ['NewTest', `${CHAT}${KEY_7}${TEXT_OF_9}`, status.ALREADY_EXISTS, 'test already in progress'],
    ]
    for (const [method, bytes, code, text] of rows)
      expect([method, ...(await says(method, bytes))]).toEqual([method, code, expect.stringContaining(text)])
  },
)
