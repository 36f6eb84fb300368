import { expect, test } from 'vitest'
import {
  cidText,
  createGroup,
  isGenuine,
  keyPairOf,
  keyText,
  parseKeyText,
  peerIdOf,
} from '../../../../src/sandbox/berty/keys.js'
import { createRandom } from '../../../../src/sandbox/berty/random.js'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { bertyVector } from '../../../support/berty-vectors.js'

test('the secret of a group is signed by its key, here and in a running Berty', () => {
  const real = bertyCodecs.group.decode(bertyVector('invite.group').bytes)
  const ours = createGroup(createRandom('group'))
  for (const group of [real, ours]) {
    expect(isGenuine(group)).toBe(true)
    expect(isGenuine({ ...group, secret: Buffer.alloc(32, 1) })).toBe(false)
    expect(isGenuine({ ...group, secret_sig: undefined })).toBe(false)
  }
  const sizes = (group: object): [string, unknown][] =>
    Object.entries(group).map(([field, value]) => [field, value instanceof Uint8Array ? value.length : value])
  expect(sizes(ours)).toEqual(sizes(real))
})

test('ids are written as Berty writes them', () => {
  const event = bertyCodecs.messageEvent.decode(bertyVector('message.hi').bytes)
  expect(cidText(event.event_context?.id ?? Buffer.alloc(0))).toBe(
    'bafyreihaa4aw7yes46h2kzpitqhu53pdprgspoqvmkamhefjzginygvyru',
  )
})

test('keys in text form are unpadded base64url of 32 bytes, and nothing else', () => {
  const key = keyPairOf(Buffer.alloc(32, 3)).publicKey
  expect(parseKeyText(keyText(key))).toEqual(key)
  for (const text of ['', `${keyText(key)}=`, keyText(Buffer.alloc(31)), 'not a key'])
    expect(parseKeyText(text)).toBeUndefined()
  expect(peerIdOf(key)).toMatch(/^12D3Koo[1-9A-HJ-NP-Za-km-z]{45}$/)
})
