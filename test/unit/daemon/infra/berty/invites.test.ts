import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeInvite } from '../../../../../src/daemon/infra/berty/invites/encode.js'
import { linkOfContent } from '../../../../../src/daemon/infra/berty/invites/link-messages.js'
import { linksOf } from '../../../../../src/daemon/infra/berty/invites/link-text.js'
import { MAX_INVITE_BYTES, parseInvite } from '../../../../../src/daemon/infra/berty/invites/parse.js'
import { bertyCodecs } from '../../../../../src/shared/wire/grpc/index.js'
import { SnetError } from '../../../../../src/shared/errors.js'

interface Vector {
  readonly name: string
  readonly hex?: string
  readonly urls?: readonly { readonly group_name: string; readonly internal_url: string; readonly web_url: string }[]
}
const vectors = JSON.parse(readFileSync('test/vectors/berty.json', 'utf8')) as Vector[]
const bytesOf = (name: string): Buffer => Buffer.from(vectors.find((each) => each.name === name)?.hex ?? '', 'hex')
const urls = vectors.find(({ name }) => name === 'invite.urls')?.urls ?? []
const reply = bytesOf('invite.reply')
const { link = {} } = bertyCodecs.invite.decode(reply)
const KEY = 'a02c2e3c186460f1cd05cdf8f8bfe02f381601c1c81553c9a5be0a6b890c105b'

/** A Group in protobuf. */
function aGroup(overrides: Partial<Record<'secret' | 'sig', Buffer> & { type: number }> = {}): Buffer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const secret = overrides.secret ?? randomBytes(32)
  const sig = overrides.sig ?? sign(null, secret, privateKey)
  const group = { public_key: key, secret, secret_sig: sig, group_type: overrides.type ?? 3 }
  return bertyCodecs.group.encode(group)
}

describe('an invite', () => {
  test.each([
    ['a reply of ShareableBertyGroup', reply, 'g1'],
    ['a BertyLink', bertyCodecs.link.encode(link), 'g1'],
    ['a BertyGroup', bertyCodecs.namedGroup.encode(link.berty_group ?? {}), 'g1'],
    ['a Group', bytesOf('invite.group'), ''],
  ])('is read as %s', (_, bytes, displayName) => {
    expect(parseInvite(bytes)).toMatchObject({ publicKey: KEY, displayName })
  })

  test.each(['proto', 'gob'] as const)('survives %s', (format) => {
    const content = parseInvite(reply)
    expect(parseInvite(encodeInvite(content, format))).toEqual(content)
  })

  test('in protobuf is what Berty itself answered', () => {
    expect(encodeInvite(parseInvite(reply), 'proto').toString('hex')).toBe(reply.toString('hex'))
  })

  test.each(urls)('is read out of both links of "$group_name"', ({ group_name, internal_url, web_url }) => {
    for (const url of [internal_url, web_url, ` ${web_url}\n`, internal_url.replace('BERTY://PB/', 'berty://pb/')])
      expect(parseInvite(Buffer.from(url))).toMatchObject({ publicKey: KEY, displayName: group_name })
  })

  test.each(urls)('becomes the links that Berty makes of "$group_name"', ({ group_name, internal_url, web_url }) => {
    const content = { ...parseInvite(bytesOf('invite.group')), displayName: group_name }
    expect(linksOf(linkOfContent(content))).toEqual({ internalUrl: internal_url, webUrl: web_url })
    expect(encodeInvite(content, 'url').toString()).toBe(web_url)
  })

  test.each([
    ['https://berty.tech/id#enc/abc', 'passphrase'],
    ['https://berty.tech/id#contact/abc', 'leads to no group'],
    ['https://berty.tech/id#group/0OIl', 'cut off'],
    ['BERTY://PB/', 'to no group'],
    ['BERTY://PB/abc', 'cut off'],
    ['berty://services-auth/', 'no group'],
    [`BERTY://PB/${'A'.repeat(9_000)}`, 'cut off'],
  ])('is refused as the link %s', (url, reason) => {
    expect(() => parseInvite(Buffer.from(url))).toThrow(reason)
  })

  test('with the filler signature of a golden gob stream is refused', () => {
    const { names } = JSON.parse(readFileSync('test/vectors/gob-invites.json', 'utf8')) as {
      names: { messages: string[] }[]
    }
    for (const { messages } of names)
      expect(() => parseInvite(Buffer.from(messages.join(''), 'hex'))).toThrow('not signed by the group')
  })

  test.each([
    ['of an account', aGroup({ type: 1 }), 'of type 1'],
    ['with another signature', aGroup({ sig: randomBytes(64) }), 'not signed'],
    ['with a short secret', aGroup({ secret: randomBytes(31) }), '31 bytes instead of 32'],
    ['with a short signature', aGroup({ sig: randomBytes(12) }), '12 bytes instead of 64'],
    ['protected by a passphrase', Buffer.from([8, 3, 0x22, 2, 8, 1]), 'passphrase'],
    ['that is empty', Buffer.alloc(0), 'empty'],
    ['that is far too long', Buffer.alloc(MAX_INVITE_BYTES + 1), 'at most'],
    ['that is text', Buffer.from('hello'), 'none of the forms'],
  ])('%s is refused', (_, bytes, reason) => {
    expect(() => parseInvite(bytes)).toThrow(reason)
    expect(hintOf(bytes)).toContain('ShareableBertyGroup')
  })

  test('never appears in an error', () => {
    const group = aGroup({ type: 2 })
    const secret = Buffer.from(bertyCodecs.group.decode(group).secret ?? []).toString('hex')
    expect(() => parseInvite(group)).toThrow(expect.not.stringContaining(secret) as string)
  })

  test('of whatever bytes is a content or one kind of error', () => {
    const change = fc.tuple(fc.nat(reply.length - 1), fc.nat(255))
    const changed = fc.array(change, { maxLength: 4 }).map((changes) => {
      const bytes = Buffer.from(reply)
      for (const [at, value] of changes) bytes[at] = value
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 200 }), linkish), (bytes) => {
        try {
          expect(parseInvite(bytes).publicKey).toHaveLength(64)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(SnetError)
          expect((thrown as SnetError).kind).toBe('invalid-request')
        }
      }),
      { numRuns: 3000 },
    )
  })
})

const linkish = fc
  .tuple(
    fc.constantFrom('berty://pb/', 'BERTY://PB/', 'https://berty.tech/id#group/', 'https://berty.tech/id#'),
    fc.string(),
  )
  .map(([start, rest]) => Buffer.from(start + rest))

function hintOf(bytes: Uint8Array): string {
  try {
    parseInvite(bytes)
    return ''
  } catch (thrown) {
    return (thrown as SnetError).hint ?? ''
  }
}
