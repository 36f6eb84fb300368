import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { grpcMessage, pathOf } from './methods.js'
import type { Load } from './load.js'

export interface Shape {
  readonly bytes: number
  readonly connections: number
  /** Calls in flight on each connection. */
  readonly streams: number
}

export interface H2Load extends Shape {
  readonly endpoint: string
  readonly calls: number
  /** Calls a second; as many as are answered otherwise. */
  readonly rate?: number | undefined
}

/** Unary calls made by h2load, which takes less of its core than any client of ours. Error: a call that is not answered whole. */
export function runH2load(directory: string, { endpoint, calls, rate, ...shape }: H2Load): Load {
  const { bytes, connections, streams } = shape
  const [body, log] = [join(directory, 'body'), join(directory, 'times')]
  writeFileSync(body, grpcMessage(bytes))
  rmSync(log, { force: true })
  const perConnection = rate === undefined ? [] : ['--rps', (rate / connections).toFixed(3)]
  const counts = ['-n', calls, '-c', connections, '-m', streams].map(String)
  const headers = ['content-type: application/grpc', 'te: trailers'].flatMap((header) => ['-H', header])
  const args = [...counts, ...perConnection, '-d', body, `--log-file=${log}`, ...headers]
  const { stdout, stderr } = spawnSync('h2load', [...args, `http://${endpoint}${pathOf('echo')}`], { encoding: 'utf8' })
  // A call that ended with another status than OK brought no body.
  if (!stdout.includes(`(${calls * bytes}) data`)) throw new Error(`h2load on ${endpoint}:\n${stdout}${stderr}`)
  return readLog(readFileSync(log, 'utf8'))
}

/** Each line has when a call began, since the epoch, its status and how long it took, in µs. */
export function readLog(text: string): Load {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.split('\t').map(Number))
  const begun = lines.map(([at = NaN]) => at)
  const ended = lines.map(([at = NaN, , took = NaN]) => at + took)
  return {
    calls: lines.length,
    seconds: (largest(ended) + largest(begun.map((at) => -at))) / 1e6,
    times: lines.map(([, , took = NaN]) => took).sort((a, b) => a - b),
  }
}

/** Math.max takes no list of any length. */
const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), -Infinity)
