import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Dice } from '../attacker/dice.js'
import { framed } from '../by-hand.js'
import { FLAG, frame, FRAME, HELLO, SETTINGS, uint32 } from '../frames.js'
import { until } from '../until.js'
import { CLIENT_FAULTS, type ClientFault, isOfOpenStream } from './client-faults.js'
import { FrameCutter } from './frame-cutter.js'
import type { Lines } from './hpack-writer.js'
import { answerFrames, mutated, requestFrames } from './mutate.js'
import { Peer } from './peer.js'
import { type DataPlane, openPlane, type Plane } from './planes.js'

/** A gate between clients and a service that break the rules, each in its turn. */
export interface BrokenArena extends AsyncDisposable {
  /** One fault of a client in a connection that is otherwise in order: is the answer the one of RFC 9113? */
  fault(seed: string): Promise<string[]>
  /** Frames of a client with bytes changed: whatever the gate says to it, others are served. */
  brokenClient(seed: string): Promise<string[]>
  /** The same of a service: the client has an answer, and the next call is served. */
  brokenService(seed: string): Promise<string[]>
}

const INTERNAL_ERROR = 2

export async function openBrokenArena(dataPlane: DataPlane, onCall?: () => void): Promise<BrokenArena> {
  const service = await startMoodyService()
  const plane = await openPlane(dataPlane, service.url, onCall)
  const { port } = plane.free.address
  const ended = async (found: string[]): Promise<string[]> => {
    await until('no call is open', () => plane.free.callsInFlight === 0, { everyMs: 1, limitMs: 20_000 }).catch(() =>
      found.push(`${plane.free.callsInFlight} calls stay open`),
    )
    if (!(await isServed(port))) found.push('the next call was not served')
    return [...found, ...plane.errors.splice(0)]
  }
  return {
    async fault(seed) {
      service.mood = undefined
      const dice = new Dice(`${seed}/fault`)
      const fault = dice.pick(CLIENT_FAULTS)
      const found = await playFault(port, fault, dice, plane)
      return (await ended(found)).map((one) => `${fault.name}: ${one}`)
    },
    async brokenClient(seed) {
      service.mood = undefined
      return await ended(await playBrokenClient(port, new Dice(`${seed}/client`)))
    },
    async brokenService(seed) {
      const dice = new Dice(`${seed}/service`)
      service.mood = dice
      const answers = await Promise.all(Array.from({ length: dice.between(1, 4) }, () => callOnce(port)))
      service.mood = undefined
      service.hangUp()
      await until('the gate knows', async () => await isServed(port), { everyMs: 1, limitMs: 20_000 }).catch(
        () => undefined,
      )
      return await ended(answers.filter((one) => !/^end \d+$/.test(one)).map((one) => `a client was told ${one}`))
    },
    async [Symbol.asyncDispose]() {
      await plane[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
    },
  }
}

/** What the gate said to a client, frame by frame. */
async function playFault(port: number, fault: ClientFault, dice: Dice, plane: Plane): Promise<string[]> {
  const resets = new Map<number, number>()
  const ended = new Set<number>()
  const peer = new Peer(connect(port, '127.0.0.1'), 'client', dice, {
    onHeaders: (stream, _fields, ends) => {
      if (ends) ended.add(stream)
    },
    onData: (stream, _bytes, ends) => {
      if (ends) ended.add(stream)
    },
    onReset: (stream, code) => void resets.set(stream, code),
    onClose: () => undefined,
    onFault: () => undefined,
  })
  const [done, open, idle] = [1, 3, 5]
  peer.queue(done, ...call(true))
  await until('a call is over', () => ended.has(done) || peer.isOver)
  peer.queue(open, ...call(false))
  await peer.whenOpened()
  await peer.whenRead()
  peer.raw(fault.bytes(dice, { open, idle, done }))
  const target = isOfOpenStream(fault) ? open : idle
  await until('the gate has answered', () => peer.goaway !== undefined || peer.isOver || resets.has(target), {
    ...{ everyMs: 1, limitMs: 10_000 },
  }).catch(() => undefined)
  const found: string[] = []
  const { goaway } = peer
  if (goaway !== undefined) {
    if (!fault.codes.includes(goaway)) found.push(`GOAWAY ${goaway}`)
    await until('the connection has ended', () => peer.isOver, { limitMs: 5_000 }).catch(() =>
      found.push('it goes on after GOAWAY'),
    )
  } else if (fault.ends === 'connection')
    found.push(peer.isOver ? 'the connection ended without a word' : `no GOAWAY; resets ${JSON.stringify([...resets])}`)
  else if (!fault.codes.includes(resets.get(target) ?? -1)) found.push(`reset ${resets.get(target)}`)
  else await peer.whenRead().then(() => peer.isOver && found.push('the connection ended, too'))
  if (plane.errors.length > 0) found.push(...plane.errors.splice(0))
  peer.destroy()
  return found
}

const call = (ends: boolean) =>
  [
    { kind: 'headers', fields: HEAD, ends: false },
    { kind: 'data', bytes: framed(Buffer.from('hello')), ends },
  ] as const

const HEAD: Lines = [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/plan.Plan/Chat'],
  [':authority', 'a'],
  ['te', 'trailers'],
  ['content-type', 'application/grpc'],
]

async function playBrokenClient(port: number, dice: Dice): Promise<string[]> {
  const streams = [1, 3, 5].slice(0, dice.between(1, 3))
  const chatter = [
    frame(FRAME.windowUpdate, { stream: dice.pick([0, 1]), payload: uint32(dice.between(1, 9_000)) }),
    frame(FRAME.settings, { payload: Buffer.concat([Buffer.from([0, 4]), uint32(dice.between(0, 99_999))]) }),
    frame(FRAME.rstStream, { stream: 1, payload: uint32(8) }),
  ].filter(() => dice.oneIn(2))
  const bytes = mutated([HELLO, ...streams.flatMap((stream) => requestFrames(stream, dice)), ...chatter], dice)
  const cutter = new FrameCutter()
  const found: string[] = []
  let isOver = false
  const socket = connect(port, '127.0.0.1')
    .on('error', () => undefined)
    .on('close', () => (isOver = true))
    .on('data', (chunk: Buffer) => {
      for (const { type, payload } of cutter.push(chunk)) {
        if (type === FRAME.goaway && payload.readUInt32BE(4) === INTERNAL_ERROR)
          found.push('GOAWAY of an internal error')
        if (type === FRAME.ping) isOver = true
      }
    })
  const step = dice.pick([3, 50, 100_000])
  for (let at = 0; at < bytes.length; at += step) {
    socket.write(bytes.subarray(at, at + step))
    await new Promise((next) => setImmediate(next))
  }
  // Where frames are still whole it answers; where it waits for the rest of one, nothing comes.
  socket.write(frame(FRAME.ping, { payload: Buffer.alloc(8) }))
  await until('it has answered', () => isOver, { everyMs: 1, limitMs: 30 }).catch(() => undefined)
  if (dice.oneIn(2)) socket.resetAndDestroy()
  else socket.destroy()
  return found
}

async function isServed(port: number): Promise<boolean> {
  return (await callOnce(port)) === 'end 0'
}

/** One call by the book: how it ended, with its status. */
function callOnce(port: number): Promise<string> {
  return new Promise((done) => {
    let status = ''
    const over = (end: string): void => {
      peer.destroy()
      done(`${end} ${status}`)
    }
    const peer: Peer = new Peer(connect(port, '127.0.0.1'), 'client', new Dice('plain'), {
      onHeaders(_stream, fields, ends) {
        status = fields.find(([name]) => name === 'grpc-status')?.[1] ?? status
        if (ends) over('end')
      },
      onData(_stream, _bytes, ends) {
        if (ends) over('end without a status')
      },
      onReset: (_stream, code) => over(`reset ${code}`),
      onClose: () => over('cut'),
      onFault: () => undefined,
    })
    peer.queue(1, ...call(true))
  })
}

interface MoodyService extends AsyncDisposable {
  readonly url: URL
  /** How its answers go wrong; they are in order without. */
  mood: Dice | undefined
  hangUp(): void
}

async function startMoodyService(): Promise<MoodyService> {
  const sockets = new Set<Socket>()
  const answer = (stream: number, mood: Dice | undefined): Buffer => {
    if (!mood) return Buffer.concat(answerFrames(stream, new Dice('plain')))
    return mutated(answerFrames(stream, mood), mood)
  }
  const server = createServer({ noDelay: true }, (socket) => {
    const cutter = new FrameCutter(24)
    sockets.add(socket.on('error', () => undefined).once('close', () => sockets.delete(socket)))
    socket.write(SETTINGS)
    socket.on('data', (chunk: Buffer) => {
      for (const { type, flags, stream, payload } of cutter.push(chunk)) {
        const isEnd = type <= FRAME.headers && (flags & FLAG.endStream) !== 0
        if (type === FRAME.settings && (flags & FLAG.ack) === 0)
          socket.write(frame(FRAME.settings, { flags: FLAG.ack }))
        else if (type === FRAME.ping && (flags & FLAG.ack) === 0)
          socket.write(frame(FRAME.ping, { flags: FLAG.ack, payload }))
        else if (isEnd) {
          socket.write(answer(stream, service.mood))
          // An answer of which a piece is missing is not to be waited for.
          if (service.mood) setTimeout(() => socket.destroy(), 20)
        }
      }
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const service: MoodyService = {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    mood: undefined,
    hangUp: () => {
      for (const socket of sockets) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      service.hangUp()
      await new Promise((done) => server.close(done))
    },
  }
  return service
}
