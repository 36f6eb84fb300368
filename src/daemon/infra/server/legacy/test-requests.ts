import { SnetError } from '../../../../shared/errors.js'
import { type LegacyMethods, wireFields } from '../../../../shared/wire/index.js'

type Request<Method extends keyof LegacyMethods> = LegacyMethods[Method][0]

/**
 * The four requests about a test, in the shapes of all generations. Field 2 was a text first and a number later, under
 * one and the same path: it is read by its wire type, and the number 3 and the text "3" name one test (berty 1.4). A
 * testN that was not sent is absent, as an int64 0 is.
 */
export const readTestRequest = (bytes: Uint8Array): Request<'StopTest'> => {
  const { groupName, testN } = read(bytes)
  return { groupName, testN }
}

export const readStartTest = (bytes: Uint8Array): Request<'StartTest'> => {
  const { groupName, testN, numbers } = read(bytes)
  return { groupName, testN, duration: numbers.get(3) }
}

export const readNewTest = (bytes: Uint8Array): Request<'NewTest'> => {
  const { groupName, testN, numbers, type } = read(bytes)
  return { groupName, testN, type, size: numbers.get(4), interval: numbers.get(5), amount: numbers.get(6) }
}

/** As any decoder: the last of a field counts, unknown ones and those of another wire type are skipped. */
function read(bytes: Uint8Array) {
  let groupName = ''
  let type = ''
  let testN: string | undefined
  const numbers = new Map<number, string>()
  for (const field of wireFields(bytes)) {
    const { number } = field
    if (field.wireType === 2) {
      if (number === 1) groupName = textOf(field.value, 'groupName')
      if (number === 2) testN = textOf(field.value, 'testName')
      if (number === 3) type = textOf(field.value, 'type')
    } else if (field.wireType === 0) {
      const signed = String(BigInt.asIntN(64, field.value))
      if (number === 2) testN = signed
      else numbers.set(number, signed)
    }
  }
  return { groupName, type, testN: testN === '' ? undefined : testN, numbers }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Error: `invalid-request` for bytes that are no UTF-8. */
function textOf(bytes: Uint8Array, field: string): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw new SnetError('invalid-request', `${field} is not UTF-8`)
  }
}
