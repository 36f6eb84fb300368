import { address, boolean, custom, integer, list, optional, privateKey, quantity, text } from '../fields.js'
import { isObject } from '../../shared/is-object.js'
import { Expected } from '../engine.js'
import { LATER } from './later.js'

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
    list(address({ doc: '' }), { doc: 'Addresses that may read and change settings over the wire.', inert: LATER }),
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
    doc: 'How long a prepaid token counts.',
    inert: LATER,
  }),
  private_key_for_free_calls: optional(
    privateKey({ doc: 'Signs free-call tokens; hex.', was: ['pvt_key_for_free_calls'], inert: LATER }),
  ),
  free_calls_per_address: custom<Readonly<Record<string, unknown>>>(
    'object',
    { default: {}, doc: 'Free calls by address: a number, or `unlimited`.', inert: LATER },
    (raw) => {
      if (isObject(raw)) return raw
      throw new Expected('an object of addresses')
    },
  ),
  min_balance_for_free_call: quantity({
    default: '10',
    doc: 'Tokens that a wallet must hold to get free calls.',
    inert: LATER,
  }),
  trusted_free_call_signers: list(address({ doc: '' }), {
    default: MARKETPLACES,
    doc: 'Addresses that may ask for free calls of others.',
    inert: LATER,
  }),
}
