import { daemonSchema } from './schema.js'

export interface ConfigRow {
  readonly key: string
  readonly type: string
  readonly default: string
  readonly variable: string
  readonly doc: string
}

/** The schema as rows for the reference page. */
export function configTable(): ConfigRow[] {
  return Object.entries(daemonSchema).map(([key, field]) => ({
    key,
    type: field.type,
    default:
      field.default === undefined ? (field.required === undefined ? '' : 'required') : JSON.stringify(field.default),
    variable: `SNET_${key.toUpperCase()}`,
    doc: field.doc + (field.was ? ` Formerly \`${field.was.join('`, `')}\`.` : ''),
  }))
}
