import { createGunzip, gzipSync } from 'node:zlib'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { extract, type Header, pack } from 'tar-stream'
import { messageOf, SnetError } from '../shared/errors.js'

export interface ArchiveLimits {
  /** All files together, unpacked. */
  readonly maxBytes: number
  readonly maxFiles: number
}

export const ARCHIVE_LIMITS: ArchiveLimits = { maxBytes: 16 * 1024 * 1024, maxFiles: 1_000 }

/**
 * The `.proto` files of a tar archive, gzipped or not, by their names in it (snet-wire 7.3). Nothing is written to
 * disk. Error: `invalid-config` for an archive that is damaged, too large, or holds anything but files and folders.
 */
export async function readProtoArchive(
  bytes: Uint8Array,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const source = Readable.from([Buffer.from(bytes)])
  const unpacked = isGzip ? source.pipe(createGunzip()) : source
  const tar = extract()
  unpacked.once('error', (error) => tar.destroy(error))
  unpacked.pipe(tar)
  let total = 0
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header
      requireKnownType(entry.header)
      const isProto = type === 'file' && name.endsWith('.proto')
      if (isProto && files.size >= limits.maxFiles) throw new Error(`more than ${limits.maxFiles} files`)
      const parts: Buffer[] = []
      for await (const part of entry as AsyncIterable<Buffer>) {
        total += part.length
        if (total > limits.maxBytes) throw new Error(`more than ${limits.maxBytes} bytes unpacked`)
        if (isProto) parts.push(part)
      }
      if (isProto) files.set(safeName(name), Buffer.concat(parts).toString('utf8'))
    }
  } catch (cause) {
    throw new SnetError('invalid-config', `the archive of proto files cannot be used: ${messageOf(cause)}`, {
      hint: 'Publish the proto files of the service as a tar or tar.gz archive.',
      cause,
    })
  } finally {
    source.destroy()
    unpacked.destroy()
  }
  return files
}

/** Letters that tar uses for what is no file; programs match the text. */
const TYPE_LETTERS: Readonly<Record<string, string>> = {
  link: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  fifo: '6',
}

function requireKnownType({ name, type }: Header): void {
  if (type === 'file' || type === 'directory') return
  throw new Error(`unknown file type ${TYPE_LETTERS[type ?? ''] ?? type} in file ${name}`)
}

function safeName(name: string): string {
  const parts = name.split('/').filter((part) => part !== '.' && part !== '')
  if (name.startsWith('/') || parts.includes('..')) throw new Error(`the file ${name} points outside the archive`)
  return parts.join('/')
}

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
