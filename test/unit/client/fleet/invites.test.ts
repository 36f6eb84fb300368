import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { inviteText, readInvite } from '../../../../src/client/fleet/invites.js'

const BYTES = Buffer.from([0x0a, 0xff, 0xfe, 0x00, 0x3e])
const none = Readable.from([])

describe('an invite on the command line', () => {
  test('is unpadded base64url of its bytes', async () => {
    expect(inviteText(BYTES)).toBe('Cv_-AD4')
    expect(await readInvite('Cv_-AD4', none)).toEqual(BYTES)
  })

  test('or a link, in any case of letters', async () => {
    for (const link of ['BERTY://PB/ABC', 'berty://pb/ABC', 'https://berty.tech/id#group/x/name=g'])
      expect((await readInvite(link, none)).toString()).toBe(link)
  })

  test('or either of them on stdin, to its end', async () => {
    expect(await readInvite('-', Readable.from(['Cv_-', 'AD4\n']))).toEqual(BYTES)
  })

  test('and nothing else', async () => {
    for (const written of ['', 'two words', '{"invite": 1}'])
      await expect(readInvite(written, none)).rejects.toMatchObject({ kind: 'invalid-request' })
    await expect(readInvite('@/nowhere', none)).rejects.toThrow('/nowhere cannot be read')
    await expect(readInvite('-', Readable.from([]))).rejects.toThrow('no invite')
  })
})
