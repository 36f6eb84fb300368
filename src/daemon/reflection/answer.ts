import { status } from '../../shared/grpc-status.js'
import type { FileDescriptor } from '../../content/index.js'
import type { ReflectionRequest, ReflectionResponse } from '../../shared/wire/index.js'
import type { FileSet } from './file-set.js'

export interface Told {
  /** The first that knows what is asked for answers. */
  readonly sets: readonly FileSet[]
  readonly services: readonly string[]
  /** On this call. */
  readonly told: Set<FileDescriptor>
}

type Answer = Omit<ReflectionResponse, 'valid_host' | 'original_request'>

export const answerQuestion = (request: ReflectionRequest, known: Told): ReflectionResponse => ({
  valid_host: request.host ?? '',
  original_request: request,
  ...answerTo(request, known),
})

function answerTo(request: ReflectionRequest, { sets, services, told }: Told): Answer {
  const tell = (what: string, find: (set: FileSet) => FileDescriptor | undefined): Answer =>
    tellFile(sets, told, find) ?? notFound(what)
  const { file_by_filename: name, file_containing_symbol: symbol, file_containing_extension: extension } = request
  if (name !== undefined) return tell(name, (set) => set.named(name))
  if (symbol !== undefined) return tell(symbol, (set) => set.declaring(symbol))
  if (extension) {
    const { containing_type: message = '', extension_number: number = 0 } = extension
    return tell(`extension ${number} of ${message}`, (set) => set.extending(message, number))
  }
  if (request.all_extension_numbers_of_type !== undefined) return numbersOf(sets, request.all_extension_numbers_of_type)
  if (request.list_services !== undefined)
    return { list_services_response: { service: services.map((each) => ({ name: each })) } }
  return failed(status.INVALID_ARGUMENT, 'nothing is asked')
}

/** The file, and what it needs as far as it was not told before. */
function tellFile(
  sets: readonly FileSet[],
  told: Set<FileDescriptor>,
  find: (set: FileSet) => FileDescriptor | undefined,
): Answer | undefined {
  for (const set of sets) {
    const file = find(set)
    if (!file) continue
    const files = set.withNeeds(file).filter((each) => each === file || !told.has(each))
    for (const each of files) told.add(each)
    return { file_descriptor_response: { file_descriptor_proto: files.map((each) => set.bytesOf(each)) } }
  }
  return undefined
}

function numbersOf(sets: readonly FileSet[], message: string): Answer {
  const found = sets.flatMap((set) => set.extensionNumbers(message) ?? [])
  if (sets.every((set) => set.extensionNumbers(message) === undefined)) return notFound(message)
  return { all_extension_numbers_response: { base_type_name: message, extension_number: [...new Set(found)] } }
}

const MAX_NAME = 200

const notFound = (what: string): Answer => failed(status.NOT_FOUND, `not found: ${what.slice(0, MAX_NAME)}`)

const failed = (code: number, message: string): Answer => ({
  error_response: { error_code: code, error_message: message },
})
