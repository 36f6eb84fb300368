import { address, boolean, custom, integer, list, optional, privateKey, quantity, text } from '../fields.js'
import { isObject } from '../../shared/is-object.js'
import { isAddress } from '../../shared/units.js'
import { Expected } from '../engine.js'

/** What the reference daemon signs tokens with when nobody says otherwise: everybody knows it. */
export const PUBLIC_TOKEN_SECRET = 'test-secret-key-at-least-32-bytes-long'

/** Who asks for free calls of the users of the public marketplaces. */
const MARKETPLACES = ['0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf', '0x7DF35C98f41F3Af0df1dc4c7F7D4C19a71Dd059F']

/** Who may call, and how calls are paid. */
export const paymentKeys = {
  allowed_user_flag: boolean({ default: false, doc: 'Whether only allowed_user_addresses may call.' }),
  allowed_user_addresses: optional(
    list(address({ doc: '' }), { doc: 'Addresses that may sign payments when allowed_user_flag is set.' }),
  ),
  authentication_addresses: optional(
    list(address({ doc: '' }), {
      doc: 'Addresses that may read and change settings over the wire; nobody when unset.',
    }),
  ),
  token_secret_key: optional(
    text({
      doc: 'Signs prepaid tokens, at least 32 bytes; made and kept in data_dir when unset.',
      secret: true,
      publicDefault: PUBLIC_TOKEN_SECRET,
    }),
  ),
  allow_default_token_secret: boolean({
    default: false,
    doc: 'Whether the public default of token_secret_key may be used where others can connect.',
  }),
  token_expiry_in_minutes: integer({
    min: 1,
    max: 5_256_000,
    default: 1440,
    doc: 'How long a prepaid token is valid.',
  }),
  private_key_for_free_calls: optional(
    privateKey({ doc: 'Signs free-call tokens; hex.', was: ['pvt_key_for_free_calls'] }),
  ),
  free_calls_per_address: custom<FreeCallQuotas>(
    'object',
    {
      default: {},
      doc: 'Free calls by address in place of the published number: `{"0x…": 100}`, or `"unlimited"`; 0 leaves the published number.',
    },
    parseQuotas,
  ),
  min_balance_for_free_call: quantity({
    default: '10',
    doc: 'Tokens that a wallet must hold to get a free-call token, whole ones of the token of the escrow contract; 0 asks for none.',
  }),
  trusted_free_call_signers: list(address({ doc: '' }), {
    default: MARKETPLACES,
    doc: 'Addresses that may ask for free calls of others, by user id, and need not hold tokens.',
  }),
}

/** Free calls by address, in the spelling of whoever wrote them. */
type FreeCallQuotas = Readonly<Record<string, bigint | 'unlimited'>>

function parseQuotas(raw: unknown): FreeCallQuotas {
  if (!isObject(raw)) throw new Expected('an object of addresses')
  return Object.fromEntries(
    Object.entries(raw).map(([of, quota]) => {
      if (!isAddress(of)) throw new Expected(`an address as each name: 0x and 40 hexadecimal digits, not "${of}"`)
      return [of, parseQuota(quota)]
    }),
  )
}

/** A fraction is cut off, as it always was. */
function parseQuota(quota: unknown): bigint | 'unlimited' {
  if (typeof quota === 'string' && UNLIMITED.includes(quota.toLowerCase())) return 'unlimited'
  const calls = typeof quota === 'string' && /^\d{1,15}$/.test(quota) ? Number(quota) : quota
  if (typeof calls === 'number' && calls >= 0 && calls <= Number.MAX_SAFE_INTEGER) return BigInt(Math.trunc(calls))
  throw new Expected('a number of calls from 0 on, or "unlimited", for each address')
}

const UNLIMITED = ['unlimited', 'infinity']
