/** What the service of this bench offers, whoever stands before it. */
export const METHODS = [
  { name: 'echo', path: '/example.Echo/echo', asksOnce: true, answersOnce: true },
  { name: 'collect', path: '/example.Echo/collect', asksOnce: false, answersOnce: true },
  { name: 'count', path: '/example.Echo/count', asksOnce: true, answersOnce: false },
  { name: 'talk', path: '/example.Echo/talk', asksOnce: false, answersOnce: false },
] as const
export type MethodName = (typeof METHODS)[number]['name']

export const pathOf = (name: MethodName): string => `/example.Echo/${name}`

const PREFIX_BYTES = 5

/** A message of so many bytes with its prefix of gRPC; the first four of its own tell how many answers a count has. */
export function grpcMessage(bytes: number, answers = 0): Buffer {
  const message = Buffer.alloc(bytes)
  message.writeUInt32BE(bytes - PREFIX_BYTES, 1)
  if (answers > 0) message.writeUInt32BE(answers, PREFIX_BYTES)
  return message
}

export const answersOf = (message: Buffer): number => message.readUInt32BE(PREFIX_BYTES)

/** Of the first message of these bytes, with its prefix; without end while that is not whole. */
export const lengthOf = (bytes: Buffer): number =>
  bytes.length < PREFIX_BYTES ? Infinity : PREFIX_BYTES + bytes.readUInt32BE(1)
