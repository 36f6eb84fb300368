import { createGunzip, gzipSync } from 'node:zlib'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { extract, type Extract, type Header, pack } from 'tar-stream'
import { messageOf, SnetError } from '../shared/errors.js'
import { cutShort } from '../shared/short-text.js'

declare module 'tar-stream' {
  /** The package's types leave it out. */
  function extract(options: { readonly allowUnknownFormat: boolean }): Extract
}

export interface ArchiveLimits {
  /** The whole archive, unpacked. */
  readonly maxBytes: number
  /** Files and folders. */
  readonly maxEntries: number
}

const ARCHIVE_LIMITS: ArchiveLimits = { maxBytes: 16 * 1024 * 1024, maxEntries: 2_000 }

/**
 * The `.proto` files of a tar archive, gzipped or not, by their names in it (snet-wire 7.3). Nothing is written to
 * disk. Errors: `invalid-config` for an archive that is damaged, too large, or holds anything but files and folders;
 * `not-found` for one without proto files.
 */
export async function readProtoArchive(
  bytes: Uint8Array,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  let entries = 0
  try {
    // Tar formats before POSIX have no mark to check.
    const tar = extract({ allowUnknownFormat: true })
    // The loop gets the error through the archive; without a listener here it would end the process.
    pipeline(unpack(bytes, limits.maxBytes), tar).catch(() => undefined)
    for await (const entry of tar) {
      if (++entries > limits.maxEntries) throw new Error(`it holds more than ${limits.maxEntries} files and folders`)
      requireKnownType(entry.header)
      const name = safeName(entry.header.name)
      // Some tars give a folder a size, for quotas. It has no bytes, and the library would wait for them.
      if (entry.header.type === 'directory') continue
      const text = await readText(entry as AsyncIterable<Buffer>)
      if (isProtoFile(entry.header.name)) files.set(name, text)
    }
  } catch (cause) {
    throw new SnetError(
      'invalid-config',
      `the archive of proto files cannot be used: ${cutShort(messageOf(cause), 300)}`,
      {
        hint: 'Publish the proto files of the service as a tar or tar.gz archive.',
        cause,
      },
    )
  }
  if (files.size === 0)
    throw new SnetError('not-found', 'the archive that the service publishes holds no proto files', {
      hint: 'Publish the proto files of the service as a tar or tar.gz archive.',
    })
  return files
}

/** The tar, counted while it comes out of gzip: a bomb never unfolds beyond the limit. */
async function* unpack(bytes: Uint8Array, maxBytes: number): AsyncGenerator<Buffer> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const whole = Readable.from([Buffer.from(bytes)])
  let total = 0
  for await (const part of (isGzip ? whole.pipe(createGunzip()) : whole) as AsyncIterable<Buffer>) {
    total += part.length
    if (total > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes unpacked`)
    yield part
  }
}

async function readText(entry: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of entry) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** The longest path that file systems take. */
const MAX_NAME_LENGTH = 4_096

/** Names for tar's types of entries that are not files; programs match these texts. */
const TYPE_LETTERS: Readonly<Record<string, string>> = {
  link: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  fifo: '6',
}

function requireKnownType({ name, type }: Header): void {
  if (type === 'file' || type === 'directory') return
  throw new Error(`unknown file type ${TYPE_LETTERS[type ?? ''] ?? type} in file ${cutShort(name, 100)}`)
}

function safeName(name: string): string {
  if (name.length > MAX_NAME_LENGTH) throw new Error(`the name ${cutShort(name, 100)} is too long`)
  const parts = name.split('/').filter((part) => part !== '.' && part !== '')
  if (/^[/\\]/.test(name) || name.split(/[/\\]/).includes('..'))
    throw new Error(`the file ${cutShort(name, 100)} points outside the archive`)
  return parts.join('/')
}

/** Leaves out the attribute files that macOS puts beside each file with the same ending. */
const isProtoFile = (name: string): boolean =>
  name.endsWith('.proto') && !name.split('/').some((part) => part.startsWith('._') || part === '__MACOSX')

/** A tar.gz of the files, as providers publish it. */
export async function createProtoArchive(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const tar = pack()
  const chunks: Buffer[] = []
  tar.on('data', (chunk) => chunks.push(chunk as Buffer))
  for (const [name, text] of Object.entries(files)) tar.entry({ name, mtime: new Date(0) }, text)
  tar.finalize()
  await finished(tar as unknown as NodeJS.ReadableStream)
  return gzipSync(Buffer.concat(chunks))
}
