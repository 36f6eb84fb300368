import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { isObject } from '../../src/shared/is-object.js'
import { packageRoot } from '../../src/shared/package.js'

const read = (name: string): object =>
  JSON.parse(readFileSync(join(packageRoot, 'docs/reference', name), 'utf8')) as object

/** Readers have to take more than they know; a schema that lacks what we print is still a fault of the schema. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isObject(schema)) return schema
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]))
  return isObject(schema['properties']) && schema['type'] === 'object'
    ? { additionalProperties: false, ...parts }
    : parts
}

const document = closed(read('output.schema.json')) as { $id: string; commands: Record<string, object> }
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false })
// Its own references count from its own name.
ajv.addSchema({ ...read('run-report.schema.json'), $id: new URL('run-report.schema.json', document.$id).href })
ajv.addSchema(document)

export const describedCommands = Object.keys(document.commands)

/** What is wrong with what a command prints with `--json`, as the schema sees it; nothing when it is right. */
export const outputFaults = (command: string, value: unknown): string[] =>
  faultsAt(`#/commands/${command.replaceAll(':', '%3A')}`, value)

/** The same for a line on stderr. */
export const stderrFaults = (value: unknown): string[] => faultsAt('#/$defs/stderr', value)

function faultsAt(pointer: string, value: unknown): string[] {
  const validate = ajv.getSchema(`${document.$id}${pointer}`)
  if (!validate) return [`there is no schema at ${pointer}`]
  void validate(JSON.parse(JSON.stringify(value)))
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  )
}
