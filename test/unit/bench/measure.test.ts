import { describe, expect, it } from 'vitest'
import { readThreads, usedBetween } from '../../../bench/measure/cpu.js'
import { readLog } from '../../../bench/measure/h2load.js'
import { answersOf, grpcMessage, lengthOf } from '../../../bench/measure/methods.js'
import { Pace, takeTurns } from '../../../bench/measure/turns.js'
import { Findings, valuesAt } from '../../../bench/suite/figures.js'

describe('time on a core', () => {
  it('is the sum of all threads, and that of the busiest', () => {
    const before = new Map([
      ['1', 1_000],
      ['2', 5_000],
    ])
    const after = new Map([
      ['1', 4_000],
      ['2', 6_000],
      ['3', 500],
    ])
    expect(usedBetween(before, after)).toEqual({ all: 4.5, busiest: 3 })
  })

  it('is read from the kernel, and grows while this process computes', () => {
    const before = readThreads(process.pid)
    let sum = 0
    for (let i = 0; i < 2e7; i++) sum += Math.sqrt(i)
    expect(sum).toBeGreaterThan(0)
    expect(usedBetween(before, readThreads(process.pid)).all).toBeGreaterThan(1_000)
  })
})

it('the log of h2load tells how long each call and all together took', () => {
  expect(readLog('1000000\t200\t300\n1000100\t200\t100\n1000900\t200\t600\n')).toEqual({
    calls: 3,
    seconds: 0.0015,
    times: [100, 300, 600],
  })
})

it('a message of gRPC is as long as asked for, and tells how often it is to be answered', () => {
  const message = grpcMessage(100, 7)
  expect(message).toHaveLength(100)
  expect(lengthOf(message)).toBe(100)
  expect(answersOf(message)).toBe(7)
  expect(lengthOf(message.subarray(0, 4))).toBe(Infinity)
})

describe('turns', () => {
  const [a, b] = [
    { name: 'a', pid: 1 },
    { name: 'b', pid: 2 },
  ]

  it('are taken by all targets in each round, and rounds that warm up are not counted', async () => {
    const findings = new Findings()
    const taken: string[] = []
    await takeTurns(findings, {
      ...{ part: 'p', shape: 's', targets: [a, b], rounds: 2 },
      measure: ({ name }, round) => {
        taken.push(`${name}${round}`)
        return { cpu: round }
      },
    })
    expect(taken).toEqual(['a-2', 'b-2', 'a-1', 'b-1', 'a0', 'b0', 'a1', 'b1'])
    expect(valuesAt(findings.all, { part: 'p', shape: 's', target: 'b', figure: 'cpu' })).toEqual([0, 1])
  })

  it('are as many calls as fit into the time by what was seen while warming up, and no fewer than may be in flight', () => {
    const pace = new Pace(10, 0.5)
    expect(pace.callsOf(a)).toBe(20)
    pace.note(a, { rate: 1_000 }, -1)
    pace.note(b, { rate: 4 }, -1)
    expect([pace.callsOf(a), pace.callsOf(b)]).toEqual([500, 10])
    pace.note(a, { rate: 1 }, 0)
    expect(pace.callsOf(a)).toBe(500)
  })
})
