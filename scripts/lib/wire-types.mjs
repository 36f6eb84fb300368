// The types of messages, made of proto/ by the generator that belongs to the loader.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import protobuf from 'protobufjs'
import { tsImport } from 'tsx/esm/api'
import { dropOptions } from './google-protos.mjs'
import { root } from './ready.mjs'

/** Below the root. */
const WIRE_TYPES_FOLDER = 'src/shared/wire/generated'

const GENERATOR = join(root, 'node_modules/@grpc/proto-loader/build/bin/proto-loader-gen-types.js')

/** @returns text by path below the root */
export async function makeWireTypes() {
  const { WIRE_TYPES, WITHOUT_TYPES } = await tsImport('../../src/shared/wire/loader-options.ts', import.meta.url)
  const made = Object.entries(WIRE_TYPES).flatMap(([folder, { options, files }]) => generate(folder, options, files))
  return new Map([
    ...made,
    [join(WIRE_TYPES_FOLDER, 'own.json'), describe([...WIRE_TYPES.own.files, ...WITHOUT_TYPES])],
  ])
}

/** What the files declare, so that a start needs no parser of proto files. */
function describe(files) {
  const declared = new protobuf.Root()
  declared.resolvePath = (_from, to) => join(root, isGoogles(to) ? 'node_modules/protobufjs' : 'proto', to)
  declared.loadSync(files, { keepCase: true })
  // Of options alone, which are for those who publish such files.
  const googles = declared.lookup('google.protobuf')
  for (const object of googles.nestedArray) if (object.filename?.endsWith(DESCRIPTOR)) googles.remove(object)
  dropOptions(declared)
  sendZeros(declared)
  return `${JSON.stringify(declared.toJSON(), withoutExtensions)}\n`
}

/** Zeros and empty texts go out where they are set, and texts are read as they come: as the loader of proto files has it. */
function sendZeros(object) {
  if (object instanceof protobuf.Type) object.options = { features: AS_THE_LOADER_HAS_IT }
  else for (const inner of object.nestedArray ?? []) sendZeros(inner)
}

const AS_THE_LOADER_HAS_IT = { field_presence: 'EXPLICIT', utf8_validation: 'NONE' }
const DESCRIPTOR = 'google/protobuf/descriptor.proto'
const isGoogles = (file) => file.startsWith('google/protobuf/')
const withoutExtensions = (_key, value) => (value?.extend === undefined ? value : undefined)

/** What is there now: paths below the root. */
export const wireTypeFiles = () => filesIn(join(root, WIRE_TYPES_FOLDER)).map((file) => join(WIRE_TYPES_FOLDER, file))

/** One call for each set of options: the generator knows one at a time. */
function generate(folder, options, files) {
  const scratch = mkdtempSync(join(tmpdir(), 'snetd-wire-types-'))
  try {
    const args = [...flagsOf(options), '--includeDirs=proto', `--outDir=${scratch}`, ...OUTPUT, ...files]
    // From the root: the paths that it writes into its files are those it was given.
    const { status, stderr } = spawnSync(process.execPath, [GENERATOR, ...args], { cwd: root, encoding: 'utf8' })
    if (status !== 0) throw new Error(`types of ${files.join(', ')} could not be generated:\n${stderr}`)
    return filesIn(scratch).map((file) => [
      join(WIRE_TYPES_FOLDER, folder, file),
      readFileSync(join(scratch, file), 'utf8'),
    ])
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const OUTPUT = [
  '--grpcLib=@grpc/grpc-js',
  '--importFileExtension=.js',
  // What is decoded bears the name of the message; what may be encoded, which is laxer, another one.
  '--outputTemplate=%s',
  '--inputTemplate=%sInput',
]

/** Options of the loader in the words of the generator, which leaves out what is false. */
const flagsOf = (options) =>
  Object.entries(options)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value.name}`))

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}
