import { type Model, numberOfStatus } from './model.js'

/** How models come from one store into another: what is deleted stays so, else the one that was changed last stands. */
export const modelMoves = {
  join: (kept: Model | undefined, came: Model): Model => (kept && compare(kept, came) >= 0 ? kept : came),
  isKey: (key: string, model: Model): boolean => key.endsWith(`/${model.id}`),
}

const compare = (a: Model, b: Model): number =>
  Number(a.status === 'DELETED') - Number(b.status === 'DELETED') ||
  compareText(a.updatedAt, b.updatedAt) ||
  numberOfStatus(a.status) - numberOfStatus(b.status) ||
  compareText(JSON.stringify(a), JSON.stringify(b))

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
