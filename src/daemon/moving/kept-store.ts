import type { KeptStore } from '../../shared/wire/index.js'
import { groupIdFromBase64 } from '../../shared/units.js'
import { checkRecords } from './check.js'
import { exportLines } from './export-lines.js'
import { importLines } from './import-lines.js'
import { createJudge, type JudgeDeps } from './judge.js'
import type { OpenStore } from './open-store.js'

export interface KeptStoreDeps extends Pick<
  OpenStore,
  'storage' | 'identity' | 'tables' | 'toAddress' | 'now' | 'holdWaitMs'
> {
  readonly signerOf: JudgeDeps['signerOf']
}

/** The store as a whole: what is written out of it, merged into it, and looked through. */
export function createKeptStore({ signerOf, ...deps }: KeptStoreDeps): KeptStore {
  const mpe = deps.toAddress(deps.identity.mpe)
  const groupId = groupIdFromBase64(deps.identity.group)
  const store: OpenStore = { ...deps, judge: createJudge({ mpe, groupId, signerOf }) }
  return {
    exportLines: (how) => exportLines(store, how),
    importLines: (lines, how) => importLines(store, lines, how),
    check: () => checkRecords(store),
  }
}
