import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeaderList } from '../../../../src/daemon/gateway/header-list.js'
import { parseGoInteger } from '../../../../src/daemon/gateway/payment-headers/go-integer.js'
import {
  parseEscrow,
  parseFreeCall,
  parsePrepaid,
  paymentKind,
  paymentTable,
} from '../../../../src/daemon/gateway/payment-headers/index.js'
import type { Reservation } from '../../../../src/daemon/payments/index.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import type { SnetError } from '../../../../src/shared/errors.js'
import { channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { escrowHeaders, HEADER } from '../../../../src/shared/wire/index.js'

const good = {
  'snet-payment-type': 'escrow',
  'snet-payment-channel-id': '7',
  'snet-payment-channel-nonce': '3',
  'snet-payment-channel-amount': '1000',
  'snet-payment-channel-signature-bin': Buffer.alloc(65, 9).toString('base64'),
}
const parse = (changes: Record<string, string | undefined> = {}, ...more: string[]) => {
  const headers = Object.entries({ ...good, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return parseEscrow(new HeaderList([...headers.flat(), ...more]))
}
const refusal = (attempt: () => unknown): string => {
  try {
    attempt()
  } catch (error) {
    expect(error).toMatchObject({ kind: 'invalid-request' })
    return (error as SnetError).message
  }
  throw new Error('was accepted')
}

test('the headers of a payment become its numbers and bytes', () => {
  expect(parse()).toEqual({ channel: 7n, nonce: 3n, amount: 1000n, signature: Buffer.alloc(65, 9) })
})

describe('the kind of a payment', () => {
  const reserved: string[] = []
  const kind = (...types: [string, ...string[]]) =>
    paymentKind({
      types,
      parse: (metadata) => metadata.first('proof'),
      reserve: async (proof) => {
        reserved.push(`${types[0]} by ${proof}`)
        return {} as Reservation
      },
    })
  const table = paymentTable([kind('escrow', 'train-call'), kind('gold')])
  const reserve = async (...types: string[]): Promise<string | undefined> => {
    const headers = [...types.flatMap((type) => ['snet-payment-type', type]), 'proof', 'this']
    await table.reserve(new HeaderList(headers), { method: '/a.B/c', cancelled: new Cancellation() })
    return reserved.pop()
  }

  test.each([
    ['none', [], 'escrow'],
    ['escrow', ['escrow'], 'escrow'],
    ['train-call', ['train-call'], 'escrow'],
    ['gold', ['gold'], 'gold'],
    ['gold, of two', ['gold', 'escrow'], 'gold'],
  ])('that the type %s means', async (_named, types, meant) => {
    expect(await reserve(...types)).toBe(`${meant} by this`)
  })

  test.each(['free', 'Escrow', ''])('that is not taken is refused: "%s"', async (type) => {
    await expect(reserve(type)).rejects.toMatchObject({
      kind: 'invalid-request',
      message: `unexpected "snet-payment-type", value: "${type}"`,
      hint: 'This daemon takes escrow, gold payments.',
    })
    expect(reserved).toEqual([])
  })
})

describe('a fault is told for the first header at fault', () => {
  test.each([
    'snet-payment-channel-id',
    'snet-payment-channel-nonce',
    'snet-payment-channel-amount',
    'snet-payment-channel-signature-bin',
  ])('missing %s', (name) => {
    expect(refusal(() => parse({ [name]: undefined }))).toBe(`missing "${name}"`)
  })

  test('all missing', () => {
    expect(refusal(() => parseEscrow(new HeaderList()))).toBe('missing "snet-payment-channel-id"')
  })

  test('repeated', () => {
    expect(refusal(() => parse({}, 'snet-payment-channel-nonce', '4'))).toBe(
      'too many values for key "snet-payment-channel-nonce": [3 4]',
    )
  })

  test('several signatures in one line', () => {
    expect(refusal(() => parse({ 'snet-payment-channel-signature-bin': 'AAAA,BBBB' }))).toBe(
      'too many values for key "snet-payment-channel-signature-bin": [(hidden) (hidden)]',
    )
  })

  test.each([
    '',
    ' 7',
    '7 ',
    '1e3',
    '-1',
    '0x',
    '08',
    '1__0',
    '_1',
    '1_',
    'ten',
    '0x1_',
    `${2n ** 256n}`,
    '9'.repeat(10_000),
    '７',
  ])('an amount of "%s"', (text) => {
    expect(refusal(() => parse({ 'snet-payment-channel-amount': text }))).toBe(
      `incorrect format "snet-payment-channel-amount": "${text}"`,
    )
  })

  test('a signature that is no base64', () => {
    expect(refusal(() => parse({ 'snet-payment-channel-signature-bin': 'ä' }))).toBe(
      'incorrect format "snet-payment-channel-signature-bin": "(hidden)"',
    )
  })
})

describe('the headers of a call that was paid ahead', () => {
  const ID = 'snet-payment-channel-id'
  const NONCE = 'snet-payment-channel-nonce'
  const TOKEN = 'snet-prepaid-auth-token-bin'
  const token = Buffer.from('aaa.bbb.ccc').toString('base64')
  const prepaid = (...entries: string[]) => parsePrepaid(new HeaderList(entries))

  test('become a channel and a token', () => {
    expect(prepaid(ID, '7', TOKEN, token)).toEqual({ channel: 7n, token: 'aaa.bbb.ccc', nonce: undefined })
    expect(prepaid(ID, '7', TOKEN, token, NONCE, '3')).toEqual({ channel: 7n, token: 'aaa.bbb.ccc', nonce: 3n })
  })

  test.each([
    ['nothing', [], `missing "${ID}"`],
    ['no token', [ID, '7'], `missing "${TOKEN}"`],
    ['a channel before all else', [ID, 'x', NONCE, 'x'], `incorrect format "${ID}": "x"`],
    ['the token before the nonce', [ID, '7', TOKEN, 'ä', NONCE, 'x'], `incorrect format "${TOKEN}": "(hidden)"`],
    ['a nonce that is none', [ID, '7', TOKEN, token, NONCE, '-1'], `incorrect format "${NONCE}": "-1"`],
    ['two nonces', [ID, '7', TOKEN, token, NONCE, '1', NONCE, '2'], `too many values for key "${NONCE}": [1 2]`],
  ])('are refused for their first fault: %s', (_what, entries, text) => {
    expect(refusal(() => prepaid(...entries))).toBe(text)
  })
})

test.each([
  ['0', 0n],
  ['0x1f', 31n],
  ['0X1F', 31n],
  ['0b101', 5n],
  ['0o17', 15n],
  ['007', 7n],
  ['0_7', 7n],
  ['1_0', 10n],
  ['0x_f', 15n],
  ['+3', 3n],
  ['-5', -5n],
])('Go reads %s as %s', (text, value) => {
  expect(parseGoInteger(text)).toBe(value)
})

test('every payment that is sent is read back as it was, with and without padding', () => {
  const uint256 = fc.bigInt(0n, 2n ** 256n - 1n)
  fc.assert(
    fc.property(
      uint256,
      uint256,
      uint256,
      fc.uint8Array({ minLength: 65, maxLength: 65 }),
      (channel, nonce, amount, signature) => {
        const payment = { channel: channelId(channel), nonce: channelNonce(nonce), amount: cogs(amount), signature }
        const padded = Buffer.from(signature).toString('base64')
        for (const text of [padded, padded.replace(/=+$/, '')]) {
          const headers = { ...escrowHeaders(payment), [HEADER.channelSignature]: text }
          const read = parseEscrow(new HeaderList(Object.entries(headers).flat()))
          expect({ ...read, signature: [...read.signature] }).toEqual({ ...payment, signature: [...signature] })
        }
      },
    ),
  )
})

test('whatever the headers say, the result is in range or an ordinary refusal', () => {
  const names = fc.constantFrom(...Object.keys(good))
  const values = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.bigInt().map(String),
    fc.constantFrom('-1', '0x', '1'.repeat(600), '\ud800'),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(names, values)), (entries) => {
      try {
        const { channel, nonce, amount } = parseEscrow(new HeaderList(entries.flat()))
        for (const value of [channel, nonce, amount]) expect(value >= 0n && value < 2n ** 256n).toBe(true)
      } catch (error) {
        expect(error).toMatchObject({ name: 'SnetError', kind: 'invalid-request' })
      }
    }),
    { numRuns: 500 },
  )
})

describe('the headers of a free call', () => {
  const free = {
    'snet-payment-type': 'free-call',
    'snet-free-call-user-address': '0xAbC',
    'snet-current-block-number': '1234567',
    'snet-payment-channel-signature-bin': Buffer.alloc(65, 9).toString('base64'),
    'snet-free-call-auth-token-bin': Buffer.from('x_7').toString('base64'),
  }
  const parseFree = (changes: Record<string, string> = {}, without?: string) =>
    parseFreeCall(
      new HeaderList(Object.entries({ ...free, ...changes }).flatMap((pair) => (pair[0] === without ? [] : pair))),
    )

  test('become its texts, number and bytes; without a user id it is the caller’s own', () => {
    const proof = { address: '0xAbC', block: 1_234_567n, signature: Buffer.alloc(65, 9), token: Buffer.from('x_7') }
    expect(parseFree()).toEqual({ ...proof, userId: '' })
    expect(parseFree({ 'snet-free-call-user-id': 'u' })).toEqual({ ...proof, userId: 'u' })
  })

  test.each(Object.keys(free).slice(1))('are refused without %s', (name) => {
    expect(refusal(() => parseFree({}, name))).toBe(`missing "${name}"`)
  })

  test('are refused in the form of older SDKs, which name no address', () => {
    const older = {
      'snet-payment-type': 'free-call',
      'snet-free-call-user-id': 'user@example.com',
      'snet-current-block-number': '1234567',
      'snet-free-call-token-expiry-block': '1300000',
      'snet-free-call-auth-token-bin': Buffer.alloc(65, 1).toString('base64'),
      'snet-payment-channel-signature-bin': Buffer.alloc(65, 9).toString('base64'),
    }
    expect(refusal(() => parseFreeCall(new HeaderList(Object.entries(older).flat())))).toBe(
      'missing "snet-free-call-user-address"',
    )
  })
})
