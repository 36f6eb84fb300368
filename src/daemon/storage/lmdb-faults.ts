import { messageOf, SnetError } from '../../shared/errors.js'

export const cannotOpen = (folder: string, cause: unknown): SnetError =>
  new SnetError('storage-failed', `the embedded store in ${folder} cannot be opened: ${messageOf(cause)}`, {
    hint: 'Check that data_dir lies on a local disk with room, and that this user may write to it.',
    cause,
  })

/** What made a commit fail. LMDB tells it in a second promise, which must be handled whether anybody asks or not. */
export async function causeOf(fault: unknown): Promise<unknown> {
  const { commitError } = fault as { commitError?: Promise<never> }
  return commitError ? await commitError.catch((cause: unknown) => cause) : fault
}
