import { SnetError } from '../../../shared/errors.js'

/** User ids are e-mail addresses and the like; every one that is used is kept. */
const MAX_USER_ID_BYTES = 256

/** Error: `invalid-request`. */
export function requireUserId(userId: string): void {
  const bytes = Buffer.byteLength(userId)
  if (bytes <= MAX_USER_ID_BYTES) return
  throw new SnetError('invalid-request', `the user id has ${bytes} bytes, at most ${MAX_USER_ID_BYTES} are taken`)
}
