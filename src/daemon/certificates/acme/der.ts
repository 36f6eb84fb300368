/** ASN.1 in its distinguished encoding (X.690), as far as requests and certificates need it. */

export function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

function lengthOf(bytes: number): number[] {
  if (bytes < 0x80) return [bytes]
  const digits: number[] = []
  for (let left = bytes; left > 0; left >>= 8) digits.unshift(left & 0xff)
  return [0x80 | digits.length, ...digits]
}

export const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts)
export const set = (...parts: readonly Buffer[]): Buffer => tagged(0x31, ...parts)
export const octets = (bytes: Buffer): Buffer => tagged(0x04, bytes)
export const bits = (bytes: Buffer): Buffer => tagged(0x03, Buffer.from([0]), bytes)
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text))
export const TRUE = tagged(0x01, Buffer.from([0xff]))

/** @param bytes of a number from 0 on, the most significant first */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first)
  return tagged(0x02, ...((digits[0] as number) >= 0x80 ? [Buffer.from([0])] : []), digits)
}

/** @param text numbers with dots, such as `2.5.29.17` */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(septets)]))
}

function septets(number: number): number[] {
  const digits = [number & 0x7f]
  for (let left = number >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80)
  return digits
}

/** A moment of this half century, in whole seconds. */
export const utcTime = (moment: Date): Buffer =>
  tagged(0x17, Buffer.from(`${moment.toISOString().replace(/\D/g, '').slice(2, 14)}Z`))

export const toPem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`
