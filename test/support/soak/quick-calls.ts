import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Lines } from '../fuzz/hpack-writer.js'

const run = promisify(execFile)

export interface QuickShape {
  readonly connections: number
  /** At a time on each of them. */
  readonly streams: number
  readonly bytes: number
}

export interface QuickCalls extends QuickShape {
  readonly port: number
  readonly calls: number
  /** Beside those of any call. */
  readonly headers: Lines
}

/** Calls as fast as h2load makes them, on new connections. Returns how many were not answered as a whole, and their times in µs. */
export async function makeQuickCalls(
  directory: string,
  wanted: QuickCalls,
): Promise<{ failed: number; times: number[] }> {
  const { port, calls, connections, streams, bytes, headers: more } = wanted
  const [body, log] = [join(directory, 'body'), join(directory, 'times')]
  const message = Buffer.alloc(5 + bytes, 7)
  message.writeUInt8(0)
  message.writeUInt32BE(bytes, 1)
  writeFileSync(body, message)
  rmSync(log, { force: true })
  const counts = ['-n', calls, '-c', connections, '-m', streams].map(String)
  const all: Lines = [['content-type', 'application/grpc'], ['te', 'trailers'], ...more]
  const headers = all.flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const url = `http://127.0.0.1:${port}/plan.Plan/Unary`
  const { stdout } = await run('h2load', [...counts, '-d', body, `--log-file=${log}`, ...headers, url])
  const answered = Number(/\((\d+)\) data/.exec(stdout)?.[1] ?? 0) / message.length
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  return { failed: calls - answered, times: lines.map((line) => Number(line.split('\t')[2])) }
}
