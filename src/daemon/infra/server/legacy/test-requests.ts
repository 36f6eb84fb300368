import { SnetError } from '../../../../shared/errors.js'
import { wireFields } from '../../../../shared/wire/index.js'

/**
 * The four requests about a test, in the shapes of all generations. Field 2 was a text first and a number later, under
 * one and the same path: it is read by its wire type, and the number 3 and the text "3" name one test (berty 1.4).
 */
export interface TestRequest {
  readonly groupName: string
  /** Absent where it was not sent, which an int64 0 is not. */
  readonly test: string | undefined
}

export interface NewTestRequest extends TestRequest {
  readonly type: string
  readonly size: bigint
  readonly interval: bigint
  readonly amount: bigint
}

export interface StartTestRequest extends TestRequest {
  /** A number of messages. */
  readonly duration: bigint
}

export const readTestRequest = (bytes: Uint8Array): TestRequest => {
  const { groupName, test } = read(bytes)
  return { groupName, test }
}

export const readStartTest = (bytes: Uint8Array): StartTestRequest => {
  const { groupName, test, numbers } = read(bytes)
  return { groupName, test, duration: numbers.get(3) ?? 0n }
}

export const readNewTest = (bytes: Uint8Array): NewTestRequest => {
  const { groupName, test, numbers, type } = read(bytes)
  const number = (field: number): bigint => numbers.get(field) ?? 0n
  return { groupName, test, type, size: number(4), interval: number(5), amount: number(6) }
}

/** As any decoder: the last of a field counts, unknown ones and those of another wire type are skipped. */
function read(bytes: Uint8Array) {
  let groupName = ''
  let type = ''
  let test: string | undefined
  const numbers = new Map<number, bigint>()
  for (const field of wireFields(bytes)) {
    const { number } = field
    if (field.wireType === 2) {
      if (number === 1) groupName = textOf(field.value, 'groupName')
      if (number === 2) test = textOf(field.value, 'testName')
      if (number === 3) type = textOf(field.value, 'type')
    } else if (field.wireType === 0) {
      const signed = BigInt.asIntN(64, field.value)
      if (number === 2) test = String(signed)
      else numbers.set(number, signed)
    }
  }
  return { groupName, type, test: test === '' ? undefined : test, numbers }
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
