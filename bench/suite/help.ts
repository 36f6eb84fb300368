import type { Part } from './bench.js'
import { flagsText } from './options.js'

/** Benches of other things, started by scripts/bench.mjs, with what they take in place of flags. */
const OTHERS = [
  ['infra [SECONDS GROUPS RATE]', 'what five control daemons need under load, and whether their ledgers are exact'],
  ['silence [RUN …]', 'how long nothing of a run comes on a host while more is on its way (BERTY_LOAD_SCALE=1)'],
  ['etcd [SECONDS ROUNDS [IN_FLIGHT …]]', 'payments a second in etcd, beside the separate requests of the reference'],
  ['etcd-memory [CHANNELS PAYMENTS]', 'what a daemon holds of a store in etcd with many channels'],
  ['upload [MIB UPLOADS]', 'what the daemon holds of uploads of data to train with, which pass through it'],
] as const

const line = (name: string, purpose: string): string => `  ${name.padEnd(36)} ${purpose}`

export const helpText = (parts: readonly Part[]): string =>
  [
    'npm run bench [-- PART … FLAGS]',
    '',
    'What the gate costs beside others, in one run. Without a PART, all that are not marked with *, some 15 minutes; tables go',
    'to stdout, progress to stderr. Machines differ and drift: compare the ratios.',
    '',
    ...parts.map(({ name, purpose, isApart }) => line(isApart === true ? `${name} *` : name, purpose)),
    '',
    flagsText(),
    '',
    'With what runs have written to files by --json:',
    line('page FILE …', 'writes docs/evidence/bench/ with its charts'),
    line('record FILE …', 'keeps the ratios of these runs in bench/baseline.json'),
    line(
      'check [FILE …]',
      'holds ratios against those; without a FILE of a run that it makes: exit 1 where one is worse',
    ),
    '',
    'Other benches:',
    ...OTHERS.map(([name, purpose]) => line(name, purpose)),
    '',
  ].join('\n')
