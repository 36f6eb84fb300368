import { HELLO } from '../../frames.js'
import { moodOf, MOODS } from '../service/moods.js'
import type { Dice } from '../dice.js'
import type { Act, Kind, Scene } from '../scene.js'
import { ask, visit, withBook } from '../wire.js'
import { ADD, COUNT, linesOf, many, numbers, open, prefix, request, say } from './requests.js'

const PLAIN = 0
const STAY_MS = 4_000

/** Paid calls of a service that answers as it likes. */
const moods = (dice: Dice, scene: Scene): Act => {
  const place = scene.place('open')
  const at = dice.between(0, MOODS.length - 1)
  const [path, timeout] = [dice.pick([ADD, COUNT]), dice.pick(['2S', '300m'])]
  return {
    words: `${MOODS[at]?.name} to ${path} within ${timeout}`,
    run: () =>
      withBook(scene, place, async (book) => {
        const amount = book.next
        const headers = { ...book.pay(amount), 'grpc-timeout': timeout }
        const { status } = await ask(scene, place, { path, headers, body: numbers(at), stayMs: STAY_MS })
        if (status === '0') book.confirm(amount)
      }),
  }
}

/** A paid call that its client leaves, at any moment. */
const cancelled = (dice: Dice, scene: Scene): Act => {
  const [place, path, cancelAfterMs] = [scene.gate(dice), dice.pick([ADD, COUNT]), dice.between(0, 60)]
  return {
    words: `${path} after ${cancelAfterMs} ms, at ${place.name}`,
    run: () =>
      withBook(scene, place, async (book) => {
        const amount = book.next
        const question = { path, headers: book.pay(amount), body: numbers(PLAIN, 50), stayMs: STAY_MS, cancelAfterMs }
        const { status, body } = await ask(scene, place, question)
        // The answer of a unary method is shown to nobody whose payment is not kept.
        if (status === '0' || (path === ADD && body.length > 0)) book.confirm(amount)
      }),
  }
}

/** One payment for many calls at once: one of them is served. */
const together = (dice: Dice, scene: Scene): Act => {
  const [place, count] = [scene.gate(dice), dice.between(2, 25)]
  return {
    words: `${count} calls, at ${place.name}`,
    run: () =>
      withBook(scene, place, async (book) => {
        const amount = book.next
        const question = { path: ADD, headers: book.pay(amount), body: numbers(PLAIN), stayMs: STAY_MS }
        const answers = await Promise.all(Array.from({ length: count }, () => ask(scene, place, question)))
        const served = answers.filter(({ status }) => status === '0').length
        if (served > 0) book.confirm(amount)
        if (served > 1) scene.find(`one payment bought ${served} calls at "${place.name}"`)
      }),
  }
}

/** Paths that a service may take for its own. */
const PATHS = [
  `${ADD}?x`,
  `${ADD}#f`,
  `${ADD};v=1`,
  `${ADD}/`,
  `${ADD}%00`,
  '/example_service.Calculator/%61dd',
  '/example_service.Calculator/Add',
  '/example_service.calculator/add',
  '//example_service.Calculator/add',
  '/./example_service.Calculator/add',
  '/example_service.Calculator%2Fadd/',
  '/example_service.Calculator/add\\',
  '/x\\..\\example_service.Calculator/add',
  '/escrow.PaymentChannelStateService/GetChannelState?x',
  '/escrow.PaymentChannelStateService/getChannelState',
  '/grpc.reflection.v1.serverReflection/ServerReflectionInfo',
  '/grpc.health.v1.Health/check',
  `${ADD}\u00e9`,
]

const paths = (dice: Dice, scene: Scene): Act => {
  const [place, path] = [scene.gate(dice), dice.pick(PATHS)]
  return {
    words: `${path}, at ${place.name}`,
    run: () =>
      withBook(scene, place, async (book) => {
        const amount = book.next
        const question = {
          path,
          headers: book.pay(amount),
          body: numbers(PLAIN),
          stayMs: STAY_MS,
          cancelAfterMs: 1_000,
        }
        const { status, body } = await ask(scene, place, question)
        if (status === '0' && body.length > 0) scene.find(`"${place.name}" serves ${path}`)
      }),
  }
}

/** Answers that are paid for and not taken. */
const unread = (dice: Dice, scene: Scene): Act => {
  const [place, calls, stayMs] = [scene.place('open'), dice.between(1, 4), dice.between(500, 4_000)]
  const [path, mood] = dice.pick([
    [ADD, moodOf('an answer of 3 MiB')],
    [COUNT, moodOf('a stream of 8 MiB')],
  ] as const)
  const isDeaf = dice.oneIn(2)
  return {
    words: `${calls} of ${MOODS[mood]?.name} for ${stayMs} ms, ${isDeaf ? 'no byte read' : 'no window'}`,
    run: () =>
      Promise.all(
        Array.from({ length: calls }, () =>
          withBook(scene, place, (book) => {
            const headers = book.pay()
            if (!isDeaf) return ask(scene, place, { path, headers, body: numbers(mood), stayMs, window: 0 })
            const parts = [HELLO, open(1, request(path, linesOf(headers))), say(1, numbers(mood))]
            return visit(scene, place, { parts, unread: true, stayMs })
          }),
        ),
      ),
  }
}

/** Signatures that are nearly right. */
const nearly = (dice: Dice, scene: Scene): Act => {
  const [place, at, value] = [scene.gate(dice), dice.pick([64, 64, 64, 0, 31, 33, 63]), dice.between(0, 255)]
  return {
    words: `byte ${at} is ${value}, at ${place.name}`,
    run: () =>
      withBook(scene, place, async (book) => {
        const amount = book.next
        const headers = book.pay(amount)
        const name = 'snet-payment-channel-signature-bin'
        const signature = Buffer.from(headers[name] as string, 'base64')
        signature[at] = value
        const changed = { ...headers, [name]: signature.toString('base64') }
        const { status } = await ask(scene, place, {
          path: ADD,
          headers: changed,
          body: numbers(PLAIN),
          stayMs: STAY_MS,
        })
        if (status === '0') book.confirm(amount)
      }),
  }
}

/** Messages that are not what their prefix says. */
const messages = (dice: Dice, scene: Scene): Act => {
  const [place, path] = [scene.gate(dice), dice.pick([ADD, COUNT])]
  const name = dice.pick(Object.keys(MESSAGES) as (keyof typeof MESSAGES)[])
  return {
    words: `${name} to ${path}, at ${place.name}`,
    run: () =>
      withBook(scene, place, (book) =>
        visit(scene, place, {
          parts: [HELLO, open(1, request(path, linesOf(book.pay()))), say(1, MESSAGES[name])],
          stayMs: 600,
        }),
      ),
  }
}

const MESSAGES = {
  'a length of 4 GiB': prefix(0, 0xffffffff),
  'a length beyond the limit': Buffer.concat([prefix(0, 5 << 20), Buffer.alloc(10_000)]),
  'the compressed flag': Buffer.concat([prefix(1, 18), Buffer.alloc(18)]),
  'an unknown flag': Buffer.concat([prefix(128, 18), Buffer.alloc(18)]),
  'half a message': prefix(0, 18),
  'half a prefix': Buffer.alloc(3),
  'two messages': Buffer.concat([numbers(0), numbers(0)]),
  'many empty messages': many(3_000, () => prefix(0, 0)),
  nothing: Buffer.alloc(0),
} as const

export const paymentKinds: readonly Kind[] = [
  { name: 'a service of many moods', often: 5, plan: moods },
  { name: 'a paid call that is left', plan: cancelled },
  { name: 'one payment for many calls', plan: together },
  { name: 'another path', plan: paths },
  { name: 'answers not taken', plan: unread },
  { name: 'a signature that is nearly right', plan: nearly },
  { name: 'messages that lie', plan: messages },
]
