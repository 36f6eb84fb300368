import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { packageRoot } from '../../src/shared/package.js'

const schema = JSON.parse(readFileSync(join(packageRoot, 'docs/reference/run-report.schema.json'), 'utf8')) as object
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)

/** What is wrong with a report, as its schema sees it; nothing when it is right. */
export function reportFaults(report: unknown): string[] {
  validate(JSON.parse(JSON.stringify(report)))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
