import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { status } from '../../../shared/grpc-status.js'
import type { SnetError } from '../../../shared/errors.js'
import { StatusError } from '../failure.js'
import type { HeaderList } from '../header-list.js'
import { PREFIX_BYTES } from '../messages.js'

const UNPACK: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
}

export interface ContentLimit {
  readonly max: number
  /** What is told of a message that is larger once it is unpacked. */
  readonly tooLarge: (text: string) => SnetError
}

/** What is in a message as it came: without its prefix, and unpacked. Errors: of `limit`; for what cannot be unpacked. */
export async function contentOf(frame: Buffer, metadata: HeaderList, { max, tooLarge }: ContentLimit): Promise<Buffer> {
  const encoding = metadata.first('grpc-encoding') ?? 'identity'
  const [flag] = frame
  const content = frame.subarray(PREFIX_BYTES)
  if (flag === 0) return content
  if (flag !== 1) throw new StatusError(status.INTERNAL, `grpc: received unexpected payload format ${flag}`)
  if (encoding === 'identity')
    throw new StatusError(status.INTERNAL, 'grpc: compressed flag set with identity or empty encoding')
  if (!Object.hasOwn(UNPACK, encoding))
    throw new StatusError(status.UNIMPLEMENTED, `Received message compressed with unsupported encoding "${encoding}"`)
  try {
    return (await UNPACK[encoding]?.(content, { maxOutputLength: max })) as Buffer
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(`Received message that decompresses to a size larger than ${max}`)
    throw new StatusError(status.INTERNAL, 'Failed to decompress message')
  }
}
