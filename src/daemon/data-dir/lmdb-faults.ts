import { messageOf, SnetError } from '../../shared/errors.js'
import { Damaged } from './lmdb-file.js'
import { CHECK_THE_DISK } from './disk-room.js'

/** @param whenDamaged what to do about a store that is damaged */
export function cannotOpen(folder: string, cause: unknown, whenDamaged: string): SnetError {
  if (cause instanceof SnetError) return cause
  const [what, hint] = cause instanceof Damaged ? ['is damaged', whenDamaged] : ['cannot be opened', CHECK_THE_DISK]
  const text = `the embedded store in ${folder} ${what}: ${messageOf(cause)}`
  return new SnetError('storage-failed', text, { hint, cause })
}

/** What made a commit fail. LMDB tells it in a second promise, which must be handled whether anybody asks or not. */
export async function causeOf(fault: unknown): Promise<unknown> {
  const { commitError } = fault as { commitError?: Promise<never> }
  return commitError ? await commitError.catch((cause: unknown) => cause) : fault
}
