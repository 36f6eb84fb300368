import type { Field } from './engine.js'
import { mask } from './engine.js'
import type { FoundSettings } from './load.js'
import { sections } from './daemon-schema.js'
import { isLiveKey } from './reload.js'
import { flagOf, variableOf } from './sources.js'

export interface ConfigRow {
  readonly section: string
  readonly key: string
  readonly type: string
  readonly default: string
  readonly variable: string
  /** Undefined where there is none. */
  readonly flag: { readonly name: string; readonly char: string | undefined } | undefined
  readonly doc: string
  /** Whether it is read and has no effect. */
  readonly isInert: boolean
  /** Whether a change counts when the settings are read again; all else counts from the next start on. */
  readonly isLive: boolean
}

/** The schema as rows, for the flags of `serve` and the reference page. */
export const configTable = (): ConfigRow[] =>
  sections.flatMap(({ title, keys }) =>
    Object.entries(keys).map(([key, field]: [string, Field<unknown>]) => {
      const flag = flagOf(key, field)
      return {
        section: title,
        key,
        type: field.type,
        default: defaultOf(field),
        variable: variableOf(key),
        flag: flag === undefined ? undefined : { name: flag, char: field.flag?.char },
        doc: effectOf(field) + (field.was ? ` Formerly \`${field.was.join('`, `')}\`.` : ''),
        isInert: field.inert !== undefined,
        isLive: isLiveKey(key),
      }
    }),
  )

const defaultOf = (field: Field<unknown>): string => {
  if (field.default !== undefined) return JSON.stringify(field.default)
  return field.required === undefined ? '' : 'required'
}

export const effectOf = ({ doc, inert }: Pick<Field<unknown>, 'doc' | 'inert'>): string =>
  inert === undefined ? doc : `${doc} No effect: ${inert}.`

/** One setting as it counts now. */
export interface ExplainedSetting {
  readonly section: string
  readonly key: string
  /** As written, secrets hidden; null where it is unset. */
  readonly value: unknown
  readonly origin: string
  readonly default: unknown
  readonly effect: string
  /** What is wrong with it. */
  readonly problem?: string
}

/** Every setting with its value and where it comes from. */
export const explain = ({ raws, origins, problems }: FoundSettings): ExplainedSetting[] =>
  sections.flatMap(({ title, keys }) =>
    Object.entries(keys).map(([key, field]: [string, Field<unknown>]) => {
      const problem = problems.find((one) => one.key === key)
      return {
        section: title,
        key,
        value: shownValue(raws[key], field) ?? null,
        origin: raws[key] === undefined ? 'unset' : (origins[key] as string),
        default: field.default ?? null,
        effect: effectOf(field),
        ...(problem && { problem: problem.message }),
      }
    }),
  )

/** A default that everybody knows is no secret, wherever it is written; the table says that everybody knows it. */
function shownValue(raw: unknown, field: Field<unknown>): unknown {
  if (raw !== undefined && raw === field.publicDefault) return '(the public default, which everybody knows)'
  return JSON.stringify(raw) === JSON.stringify(field.default) ? raw : mask(raw, field)
}
