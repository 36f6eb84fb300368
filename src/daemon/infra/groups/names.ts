import { SnetError } from '../../../shared/errors.js'
import { MAX_NAME_CHARACTERS } from '../limits.js'

/** Error: `invalid-request`, naming the bound. */
export function checkGroupName(name: string): void {
  const problem =
    name.length === 0
      ? 'is empty'
      : name.length > MAX_NAME_CHARACTERS
        ? `has ${name.length} characters`
        : /[\p{Cc}\p{Cs}]/u.test(name)
          ? 'holds control characters or broken ones'
          : undefined
  if (problem === undefined) return
  throw new SnetError(
    'invalid-request',
    `the group name ${problem}: 1 to ${MAX_NAME_CHARACTERS} printable characters are allowed`,
  )
}

/** The text that older controllers look for. */
export const notInGroup = (name: string): SnetError =>
  new SnetError('wrong-state', `peer not in group: ${name}`, { hint: 'Create the group, or join it, first.' })

export const alreadyInGroup = (name: string, as = name): SnetError =>
  new SnetError('already-exists', `peer already in group: ${name}${as === name ? '' : ` (its name here is ${as})`}`, {
    details: { group: as },
  })
