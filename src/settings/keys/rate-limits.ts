import { isObject } from '../../shared/is-object.js'
import { Expected, resolveConfig } from '../engine.js'
import { integer, quantity, text } from '../fields.js'

/** What a method such as `/pkg.Service/Method`, or a service, `/pkg.Service/*`, lets in. */
export interface NamedRateLimit {
  readonly method: string
  readonly perMinute: number
  /** Undefined for one minute's worth. */
  readonly burstSize: number | undefined
}

const METHOD = /^\/[\w.]{1,200}\/(?:\w{1,200}|\*)$/
const MOST = 1_000

const SCHEMA = {
  method: text({ doc: '' }),
  per_minute: quantity({ doc: '' }),
  burst_size: integer({ min: 0, max: 2 ** 31 - 1, default: 0, doc: '' }),
}

export function parseRateLimits(raw: unknown): readonly NamedRateLimit[] {
  if (!Array.isArray(raw) || raw.length > MOST) throw new Expected(`a list of at most ${MOST} limits`)
  const limits = raw.map(parseLimit)
  const names = limits.map(({ method }) => method)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Expected(`each method once, not ${twice} twice`)
  return limits
}

/** 0 is no limit elsewhere; here it would be a line without a meaning. */
function parseLimit(raw: unknown): NamedRateLimit {
  const values = isObject(raw) ? raw : {}
  const isKnown = Object.keys(values).every((key) => key in SCHEMA)
  const { config, problems } = resolveConfig(SCHEMA, [{ origin: (key) => key, values }])
  if (!isKnown || problems.length > 0 || !('method' in values) || !('per_minute' in values)) throw noLimit()
  const { method, per_minute: perMinute, burst_size: burst } = config
  if (!METHOD.test(method) || perMinute === 0) throw noLimit()
  return { method, perMinute, burstSize: burst || undefined }
}

const noLimit = (): Expected =>
  new Expected(
    'limits such as {"method": "/pkg.Service/Method", "per_minute": 60, "burst_size": 5}, of one method or "/pkg.Service/*"',
  )
