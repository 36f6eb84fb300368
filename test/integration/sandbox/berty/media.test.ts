import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { bertyMessengerService } from '../../../../src/shared/wire/grpc/index.js'
import { appOf, type Berty, foundGroup, openBerties } from '../../../support/berty-client.js'
import { until } from '../../../support/until.js'

function prepare(berty: Berty, messages: object[]): Promise<{ cid: string }> {
  const method = bertyMessengerService()['MediaPrepare']
  if (!method) throw new Error('no MediaPrepare')
  return new Promise((done, fail) => {
    const call = berty.client.makeClientStreamRequest(
      ...([method.path, method.requestSerialize, method.responseDeserialize] as const),
      (error: Error | null, reply?: object) => (error ? fail(error) : done(reply as { cid: string })),
    )
    for (const message of messages) call.write(message)
    call.end()
  })
}

const info = { mime_type: 'image/png', filename: 'x.png', display_name: 'random noise' }

test('bytes that one peer prepares are retrieved at another', async () => {
  await using world = await openBerties(['a', 'b'], { era: 'A' })
  const [a, b] = world.berties
  const group = await foundGroup(a, b)
  const bytes = randomBytes(150_000)
  const blocks = [bytes.subarray(0, 100_000), bytes.subarray(100_000)].map((block) => ({ block }))
  const { cid } = await prepare(a, [{ info }, ...blocks])
  expect(Buffer.from(cid, 'base64url').subarray(0, 2).toString('hex')).toBe('1220')
  expect((await prepare(a, [{ info }, ...blocks])).cid).not.toBe(cid)
  const conversation_public_key = group.toString('base64url')
  await a.messenger('Interact', { type: 1, media_cids: [cid], conversation_public_key })
  await until('b lists an event', async () => (await b.history(group)).length > 0)
  const medias = (await b.history(group)).flatMap((event) => appOf(event).medias ?? [])
  expect(medias).toEqual([{ ...info, cid }])
  const found = b.stream<{ block?: Buffer }>('MediaRetrieve', { cid }, 'messenger')
  await until('the medium has ended', () => found.status !== undefined)
  expect(Buffer.concat(found.events.map(({ block }) => block ?? Buffer.alloc(0))).equals(bytes)).toBe(true)
})

test('what it is comes first and alone; an unknown id is refused', async () => {
  await using world = await openBerties(['a'], { era: 'A' })
  const [a] = world.berties
  const group = await foundGroup(a)
  await expect(prepare(a, [{ block: Buffer.of(1) }])).rejects.toThrow('#100')
  await expect(prepare(a, [{ info, block: Buffer.of(1) }])).rejects.toThrow('#100')
  await expect(prepare(a, [{ info }])).resolves.toMatchObject({ cid: expect.any(String) })
  const conversation_public_key = group.toString('base64url')
  const request = { type: 1, media_cids: ['nobody-knows-it'], conversation_public_key }
  await expect(a.messenger('Interact', request)).rejects.toThrow('ErrDBRead(#109)')
})
