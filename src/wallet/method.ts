import type { Descriptors, MethodDescriptor } from '../content/index.js'
import { SnetError } from '../shared/errors.js'
import { listOf } from '../shared/short-text.js'

/** A method by its full path, `Service/Method` or bare name. Errors: `not-found`, `invalid-request` when it is ambiguous. */
export function findMethod(descriptors: Descriptors, wanted: string): MethodDescriptor {
  const exact = descriptors.methods.get(wanted.startsWith('/') ? wanted : `/${wanted}`)
  if (exact) return exact
  const matching = [...descriptors.methods.values()].filter(
    ({ path }) => path.endsWith(`/${wanted}`) || path.endsWith(`.${wanted}`),
  )
  if (matching.length === 1) return matching[0] as MethodDescriptor
  const paths = (matching.length > 0 ? matching : [...descriptors.methods.values()]).map(({ path }) => path).sort()
  const kind = matching.length > 0 ? 'invalid-request' : 'not-found'
  const what = matching.length > 0 ? `"${wanted}" names several methods` : `the service has no method "${wanted}"`
  const unknown = descriptors.faults.length > 0 ? ` Not known: what is in ${listOf(descriptors.faults)}.` : ''
  throw new SnetError(kind, what, { hint: `Its methods: ${listOf(paths)}.${unknown}` })
}
